using System.Globalization;
using Aurum.Market.Feeds;
using Aurum.Market.Power;
using Aurum.Market.Time;
using NodaTime;

namespace Aurum.Tests.Ingest;

/// <summary>A made-up publisher of hourly prices in lines <c>hour,node,price</c>; hours count from the start of the operating day.
/// <c>none</c> says that there is nothing, <c>more to come</c> that the day is not all there, anything else is malformed.</summary>
internal static class LineFeed
{
    public static readonly Schedule Schedule = new(
        FirstAt: Duration.FromHours(-12),
        CompleteAt: Duration.FromHours(30),
        RefreshEvery: Duration.FromHours(1),
        CorrectionsFor: Duration.FromDays(4),
        CorrectionChecks: Duration.FromDays(1));

    public static readonly Feed<LmpRow> RealTime = Make("test/real-time", IsoMarket.RealTime, Schedule);

    public static readonly Feed<LmpRow> DayAhead = Make("test/day-ahead", IsoMarket.DayAhead, Schedule);

    public static readonly Feed<LmpRow> MayBeEmpty = Make("test/may-be-empty", IsoMarket.RealTime, Schedule, mayBeEmpty: true);

    /// <summary>Of a market whose files are ordered by place.</summary>
    public static readonly Feed<LmpRow> Ordered = Make("test/ordered", IsoMarket.DayAhead, Schedule, code: "IESO");

    public static readonly IReadOnlyList<Feed> All = [RealTime, DayAhead, MayBeEmpty, Ordered];

    public static Feed<LmpRow> Make(
        string id, IsoMarket market, Schedule schedule, Func<OperatingDay, Instant, IReadOnlyList<FeedRequest>>? locate = null,
        bool mayBeEmpty = false, string code = "CAISO") => new()
    {
        Id = new FeedId(id),
        Title = id,
        Facts = new FeedFacts("source", "shape", "units", "time", "revisions"),
        Zone = MarketZones.Pacific,
        Schedule = schedule,
        Suite = "iso_lmp",
        IntervalMinutes = 60,
        MayBeEmpty = mayBeEmpty,
        Contract = IsoContract.Of(code, market, IsoProduct.Lmp, MarketZones.Pacific, 60),
        Table = PowerTables.Lmp,
        Locate = locate ?? (static (day, _) => [new FeedRequest("site", $"/{day}", "lines.csv")]),
        NextPage = static (request, file) => NextPage(request, file),
        Recognizes = static _ => false,
        Refusal = static text => text.StartsWith("limit ", StringComparison.Ordinal) ? ParseResult.Throttled($"it says: {text}") : null,
        Parse = Parse,
    };

    /// <summary>Lines of a whole day, or of its first hours: a price for each node and hour.</summary>
    public static string Lines(OperatingDay day, double price, int? hours = null, params IEnumerable<string> nodes)
    {
        var all = nodes.ToArray() is { Length: > 0 } named ? named : ["NODE_A", "NODE_B"];
        return string.Concat(Enumerable.Range(0, hours ?? day.Hours).SelectMany(
            hour => all.Select(node => string.Create(CultureInfo.InvariantCulture, $"{hour},{node},{price}\n"))));
    }

    private static FeedRequest? NextPage(FeedRequest request, FeedFile file)
    {
        using var reader = new StreamReader(file.Open());
        var text = reader.ReadToEnd();
        var at = text.IndexOf("next ", StringComparison.Ordinal);
        return text.Contains("broken page", StringComparison.Ordinal) ? throw new InvalidDataException("a page that can't be read")
            : at < 0 ? null
            : request with { PathAndQuery = text[(at + 5)..].Split('\n')[0] };
    }

    private static ParseResult Parse(FeedFile file, IRowOutput<LmpRow> output)
    {
        var buffer = new RowBuffer<LmpRow>(output);
        using var reader = new StreamReader(file.Open());
        var result = ParseResult.Data;
        for (var (line, number) = (reader.ReadLine(), 1); line is not null; (line, number) = (reader.ReadLine(), number + 1))
        {
            switch (line)
            {
                case "none":
                    return ParseResult.ProvenEmpty("the publisher says none");
                case "more to come":
                    result = ParseResult.NotYetPublished("more to come");
                    break;
                case "throttle":
                    return ParseResult.Throttled("a throttle text in the file");
                case var _ when line.StartsWith("next ", StringComparison.Ordinal):
                    break;
                default:
                    buffer.Add(Row(file, line.Split(','), number));
                    break;
            }
        }

        buffer.Flush();
        return result;
    }

    private static LmpRow Row(FeedFile file, string[] cells, int line)
    {
        if (cells.Length != 3 || !double.TryParse(cells[2], CultureInfo.InvariantCulture, out var price))
        {
            throw new FeedFormatException(file.Name, $"{line}", "hour,node,price", string.Join(',', cells));
        }

        var start = file.Day!.Value.Start + Duration.FromHours(int.Parse(cells[0], CultureInfo.InvariantCulture));
        return new LmpRow(
            new Location(cells[1], LocationType.Node), DeliveryInterval.StartingAt(start, 60), price, double.NaN, double.NaN,
            double.NaN, double.NaN);
    }
}
