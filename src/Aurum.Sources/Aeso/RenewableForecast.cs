using Aurum.Market.Feeds;
using Aurum.Market.Power;
using Aurum.Market.Time;
using Aurum.Sources.Reading;
using NodaTime;

namespace Aurum.Sources.Aeso;

/// <summary>AESO forecast of wind and sun for the next week, by the hour, with what was made in the last hours.</summary>
/// <remarks>
/// <para>Source: web reports wind_rpt_longterm.csv and solar_rpt_longterm.csv.</para>
/// <para>Shape: 216 hours × <c>WIND most likely</c>, <c>WIND min</c>, <c>WIND max</c>, <c>WIND capability</c>, and <c>WIND</c> as made
/// where the hour is over. Percent columns are left out.</para>
/// <para>Units: MW, two decimals.</para>
/// <para>Time: beginning of the hour on Alberta's clock without a mark of the repeated hour, which the order of the file tells. The
/// form on days of a clock change was not seen: where such an hour stands once, the file is refused.</para>
/// <para>Revisions: every hour, in place; the time of issue is not in the file.</para>
/// </remarks>
public static class RenewableForecast
{
    private const string Folder = "/Market/Reports/Manual/Operations/prodweb_reports/wind_solar_forecast/";

    public static readonly Feed<GenerationRow> Wind = Feed("aeso/wind-forecast", "AESO wind forecast, nine days", "wind", "WIND");

    public static readonly Feed<GenerationRow> Solar = Feed("aeso/solar-forecast", "AESO solar forecast, nine days", "solar", "SOLAR");

    private static Feed<GenerationRow> Feed(string id, string title, string kind, string fuel) => new()
    {
        Id = new FeedId(id),
        Title = title,
        Facts = new FeedFacts(
            $"AESO web report {kind}_rpt_longterm.csv",
            "216 hours × most likely, min, max, capability, and what was made where the hour is over",
            "MW, two decimals",
            "beginning of the hour, Alberta's clock without flag; file order tells the repeated hour",
            "every hour, in place"),
        Zone = MarketZones.Mountain,
        Schedule = new Schedule(
            FirstAt: Duration.Zero,
            CompleteAt: Duration.FromHours(22) + Duration.FromMinutes(55),
            RefreshEvery: Duration.FromHours(1),
            CorrectionsFor: Duration.Zero,
            CorrectionChecks: null,
            KeptDays: 2),
        Contract = AesoFeeds.Contract(IsoMarket.DayAhead, IsoProduct.GenerationForecast, 60),
        Suite = "iso_genmix",
        RowsLieInDay = false,
        Table = PowerTables.Generation,
        Locate = (_, _) => AesoRequests.Web($"{Folder}{kind}_rpt_longterm.csv"),
        Recognizes = head => head.HeaderHas("Forecast Transaction Date", "Most Likely", "MCR")
            && head.Name.Contains(kind, StringComparison.OrdinalIgnoreCase)
            && !head.Name.Contains("windsolar", StringComparison.OrdinalIgnoreCase),
        Parse = (file, output) => Parse(file, output, fuel),
    };

    private static ParseResult Parse(FeedFile file, IRowOutput<GenerationRow> output, string fuel)
    {
        using var archive = new ArchiveReader(file);
        if (archive.Next() is not { } entry)
        {
            throw new FeedFormatException(file.Name, "", "a report", "an archive without a file");
        }

        if (ContentGuard.Refusal(entry) is { } refusal)
        {
            return refusal;
        }

        using var csv = new CsvReader(entry.Content, entry.Name);
        var rows = new RowBuffer<GenerationRow>(output);
        var (first, last) = Read(csv, rows, fuel);
        if (csv.EndsInLine && file.IsAnswer)
        {
            throw new FeedFormatException(entry.Name, $"{csv.Line - 1}", "a line end", "the end of the file: it may be cut");
        }

        if (rows.Total == 0)
        {
            return ParseResult.ProvenEmpty($"{file.Name} has a header and no row");
        }

        if (file.Day is { } day && (last < day.Start.ToUnixTimeSeconds() || first >= day.End.ToUnixTimeSeconds()))
        {
            return first >= day.End.ToUnixTimeSeconds()
                ? ParseResult.Unavailable($"{file.Name} no longer shows {day}")
                : ParseResult.NotYetPublished($"{file.Name} does not show {day} yet");
        }

        rows.Flush();
        return ParseResult.DataWith(csv.Header.UnknownColumnNotes());
    }

    private static (long First, long Last) Read(CsvReader csv, RowBuffer<GenerationRow> rows, string fuel)
    {
        var times = new StampColumn(
            csv, csv.Header.Required("Forecast Transaction Date"), Stamps.TryParseLocal, "a time like 2025-03-18 04:00");
        (int Column, Symbol Fuel)[] columns =
        [
            (csv.Header.Required("Min"), new Symbol(fuel + " min")),
            (csv.Header.Required("Most Likely"), new Symbol(fuel + " most likely")),
            (csv.Header.Required("Max"), new Symbol(fuel + " max")),
            (csv.Header.Required("Actual"), new Symbol(fuel)),
            (csv.Header.Required("MCR"), new Symbol(fuel + " capability")),
        ];
        csv.Header.Ignore("Pct Min", "Pct Most Likely", "Pct Max");
        var clock = new FileOrderClock<Location>(MarketZones.Mountain);
        long first = long.MaxValue, last = long.MinValue;
        try
        {
            while (csv.Read())
            {
                var hour = clock.StartingAt(AesoFeeds.System, times.Read(), 60);
                first = Math.Min(first, hour.StartUnixSeconds);
                last = Math.Max(last, hour.StartUnixSeconds);
                foreach (var (column, symbol) in columns)
                {
                    if (!csv.IsEmpty(column))
                    {
                        rows.Add(new GenerationRow(AesoFeeds.System, symbol, hour, csv.Number(column)));
                    }
                }
            }
        }
        catch (TimeLabelException e)
        {
            throw new FeedFormatException(csv.File, $"{csv.Line}", "a time that the clock in Alberta shows", e.Message, e);
        }

        return (first, last);
    }
}
