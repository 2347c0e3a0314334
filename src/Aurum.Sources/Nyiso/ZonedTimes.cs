using Aurum.Market.Time;
using Aurum.Sources.Reading;
using NodaTime;

namespace Aurum.Sources.Nyiso;

/// <summary>The time columns of NYISO's load and fuel files: a stamp and beside it EDT or EST, which tells the repeated
/// hour.</summary>
internal sealed class ZonedTimes(CsvReader csv)
{
    private readonly StampColumn _times = NyisoFiles.Times(csv, csv.Header.Required("Time Stamp"));
    private readonly int _word = csv.Header.Required("Time Zone");

    /// <summary>The instant of the current row.</summary>
    /// <exception cref="TimeLabelException">New York's clock does not show this reading with this word.</exception>
    public Instant Read() => TimeZoneWord.TryParse(csv[_word], out var word)
        ? new ZonedStamp(LocalSeconds.ToLocalDateTime(_times.Read()), word).ToInstant(MarketZones.Eastern)
        : throw csv.Unexpected(_word, "EDT or EST");
}
