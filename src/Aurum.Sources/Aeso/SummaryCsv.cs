using System.Globalization;
using Aurum.Market.Feeds;
using Aurum.Market.Time;
using Aurum.Sources.Reading;
using NodaTime;
using NodaTime.Text;

namespace Aurum.Sources.Aeso;

/// <summary>The summary of the web report: quoted tables one below the other, without headers. Names and numbers of totals; fuels with
/// MC, TNG and DCR up to TOTAL; interchanges up to TOTAL; assets with MC, TNG and DCR, between headings.</summary>
/// <remarks>The time is Alberta's clock without a mark of the repeated hour: in that hour a report stands for two instants and is
/// refused.</remarks>
internal static class SummaryCsv
{
    private const string Update = "Last Update : ";

    private static readonly CsvOptions Options = new() { HasHeader = false, AllowRagged = true };

    private static readonly LocalDateTimePattern Stamp =
        LocalDateTimePattern.Create("MMM d, uuuu H:mm", CultureInfo.InvariantCulture);

    public static bool Recognizes(FileHead head) =>
        head.FirstLine.StartsWith("Current Supply Demand Report", StringComparison.Ordinal);

    public static Summary Read(ArchiveEntry entry)
    {
        using var csv = new CsvReader(entry.Content, entry.Name, Options);
        var values = new List<SummaryValue>();
        Instant? at = null;
        var part = SummaryPart.Total;
        while (csv.Read())
        {
            var name = csv.Text(0);
            if (csv.Count == 1 && name.StartsWith(Update, StringComparison.Ordinal))
            {
                at = TimeOf(csv, name[Update.Length..]);
            }
            else if (csv.Count is 2 or 4 && name is not ("ASSET" or ""))
            {
                part = PartOf(part, csv.Count);
                if (name == "TOTAL")
                {
                    part = part == SummaryPart.Fuel ? SummaryPart.Interchange : SummaryPart.Asset;
                }
                else
                {
                    Add(csv, values, part, name);
                }
            }
        }

        if (at is null || part != SummaryPart.Asset)
        {
            throw new FeedFormatException(
                entry.Name, "", at is null ? "a line Last Update" : "fuels and interchanges, each with a TOTAL", "none");
        }

        return new Summary(at.Value, values, []);
    }

    /// <summary>The first line of four is the first fuel.</summary>
    private static SummaryPart PartOf(SummaryPart part, int fields) =>
        part == SummaryPart.Total && fields == 4 ? SummaryPart.Fuel : part;

    private static void Add(CsvReader csv, List<SummaryValue> values, SummaryPart part, string name)
    {
        var isPair = part is SummaryPart.Total or SummaryPart.Interchange;
        if (csv.Count != (isPair ? 2 : 4))
        {
            throw new FeedFormatException(csv.File, $"{csv.Line}", $"{(isPair ? 2 : 4)} fields", $"{csv.Count} for {name}");
        }

        if (isPair)
        {
            values.Add(new SummaryValue(part, name, "", Number(csv, 1)));
            return;
        }

        values.Add(new SummaryValue(part, name, Summary.Capability, Number(csv, 1)));
        values.Add(new SummaryValue(part, name, Summary.Generation, Number(csv, 2)));
        values.Add(new SummaryValue(part, name, Summary.Reserve, Number(csv, 3)));
    }

    private static double Number(CsvReader csv, int column) =>
        AesoText.IsNothing(csv[column]) ? double.NaN : csv.Number(column);

    private static Instant TimeOf(CsvReader csv, string text)
    {
        if (!Stamp.Parse(text).TryGetValue(default, out var local))
        {
            throw new FeedFormatException(csv.File, $"{csv.Line}", "a time like Jul 13, 2017 19:26", $"'{text}'");
        }

        var matches = MarketZones.Mountain.MapLocal(local);
        return matches.Count == 1
            ? matches.Single().ToInstant()
            : throw new FeedFormatException(
                csv.File, $"{csv.Line}", "a time that the clock in Alberta shows once", $"'{text}', which it shows {matches.Count} times");
    }
}
