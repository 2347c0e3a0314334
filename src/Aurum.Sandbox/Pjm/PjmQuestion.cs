using System.Globalization;
using Aurum.Market.Time;
using Aurum.Sandbox.Publishing;
using NodaTime;
using NodaTime.Text;

namespace Aurum.Sandbox.Pjm;

/// <summary>What a request asks for.</summary>
internal sealed class PjmQuestion
{
    private const int LargestPage = 50_000;

    private static readonly LocalDateTimePattern Moment =
        LocalDateTimePattern.CreateWithInvariantCulture("M'/'d'/'uuuu H':'mm");

    private static readonly string[] Usual = ["startRow", "rowCount", "fields", "sort", "order", "isActiveMetadata"];

    private PjmQuestion(PjmDataset dataset, Query query)
    {
        Query = query;
        StartRow = Math.Max(1, Number(query["startRow"], 1));
        Take = Math.Clamp(Number(query["rowCount"], LargestPage), 1, LargestPage);
        Fields = [.. (query["fields"] ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)];
        Nodes = [.. (query["pnode_id"] ?? "").Split(';', StringSplitOptions.RemoveEmptyEntries)];
        IsCurrentOnly = string.Equals(query["row_is_current"], "TRUE", StringComparison.OrdinalIgnoreCase);
        Filters = [.. query.Pairs.Where(p => !Usual.Contains(p.Key, StringComparer.OrdinalIgnoreCase))];
        Dataset = dataset;
    }

    public PjmDataset Dataset { get; }

    public Query Query { get; }

    public int StartRow { get; }

    public long Skip => StartRow - 1L;

    public int Take { get; }

    /// <summary>Columns wanted; empty: all.</summary>
    public IReadOnlyList<string> Fields { get; }

    /// <summary>Pricing nodes wanted; empty: all.</summary>
    public HashSet<string> Nodes { get; }

    public bool IsCurrentOnly { get; }

    /// <summary>Parameters that rows are chosen by.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Filters { get; }

    /// <summary>First and last moment on the Eastern clock, both included.</summary>
    public (LocalDateTime From, LocalDateTime To)? Range { get; private set; }

    /// <summary>The question; what is wrong with it as a sentence, else null.</summary>
    public static (PjmQuestion Question, string? Wrong) Of(PjmDataset dataset, Query query, Instant now)
    {
        var question = new PjmQuestion(dataset, query);
        return (question, question.Check(now));
    }

    /// <summary>Whether a row that begins at an instant lies in the range.</summary>
    public bool Holds(long start)
    {
        if (Range is not { } range)
        {
            return true;
        }

        var local = Instant.FromUnixTimeSeconds(start).InZone(MarketZones.Eastern).LocalDateTime;
        return local >= range.From && local <= range.To;
    }

    /// <summary>The operating days that have rows in the range; the present one where there is no range.</summary>
    public IEnumerable<OperatingDay> Days(Instant now)
    {
        var today = OperatingDay.Of(now, MarketZones.Eastern);
        var (from, to) = Range is { } range ? (range.From.Date, range.To.Date) : (today.Date, today.Date);
        for (var date = from; date <= to; date = date.PlusDays(1))
        {
            yield return new OperatingDay(date, MarketZones.Eastern);
        }
    }

    private string? Check(Instant now)
    {
        if (Fields.FirstOrDefault(f => !Dataset.Columns.Contains(f)) is { } unknown)
        {
            return $"The field {unknown} is not valid for this feed.";
        }

        if (Filters.FirstOrDefault(f => f.Key != Dataset.RangeColumn && !Dataset.Filters.Contains(f.Key)).Key is { } filter)
        {
            return $"The filter {filter} is not valid for this feed.";
        }

        if (Dataset.RangeColumn.Length == 0)
        {
            return null;
        }

        var ends = (Query[Dataset.RangeColumn] ?? "").Split("to", StringSplitOptions.TrimEntries);
        if (ends.Length != 2 || !Moment.Parse(ends[0]).TryGetValue(default, out var from)
            || !Moment.Parse(ends[1]).TryGetValue(default, out var to) || to < from)
        {
            return $"{Dataset.RangeColumn} needs a range of times.";
        }

        Range = (from, to);
        var isArchived = Dataset.ArchivedAfterDays is { } days
            && from.Date < OperatingDay.Of(now, MarketZones.Eastern).Date.PlusDays(-days);
        return from.Year != to.Year ? "A range may not span calendar years."
            : isArchived && (Filters.Count > 1 || Fields.Count > 0) ? "Archived data can be filtered by time alone."
            : null;
    }

    private static int Number(string? text, int otherwise) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : otherwise;
}
