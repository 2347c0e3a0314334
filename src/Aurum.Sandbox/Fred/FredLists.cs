using System.Globalization;
using Aurum.Sandbox.Publishing;
using NodaTime;

namespace Aurum.Sandbox.Fred;

/// <summary>Answers with lists: series, results of a search, releases, the release of a series.</summary>
internal sealed class FredLists(FredCatalog catalog)
{
    private const int MostEntries = 1_000;

    private static readonly RowForm Form = new("{", "}", ",", ",\"revision\":0");

    /// <summary>The answer of a route with a list; null where it is none, or names no series that exists.</summary>
    public SandboxResponse? Answer(string path, Query query, Moment moment)
    {
        var today = moment.Now.InZone(DateTimeZoneProviders.Tzdb["America/Chicago"]).Date;
        switch (path)
        {
            case "/fred/series" when catalog.Card(query["series_id"] ?? "", moment.Now) is { } card:
                return One(FredCatalog.Fields(card, today), "seriess", "title", today, moment);
            case "/fred/series/release" when catalog.Card(query["series_id"] ?? "", moment.Now) is not null:
                return One(FredCatalog.Fields(FredCatalog.Releases[0], today), "releases", "name", today, moment);
            case "/fred/series/search":
                var found = catalog.Search(query["search_text"] ?? "", moment.Now).Select(c => FredCatalog.Fields(c, today));
                return Page([.. found], "seriess", "title", "search_rank", query, today, moment);
            case "/fred/releases":
                var releases = FredCatalog.Releases.Select(r => FredCatalog.Fields(r, today));
                return Page([.. releases], "releases", "name", "release_id", query, today, moment);
            default:
                return null;
        }
    }

    private static SandboxResponse One(string row, string array, string named, LocalDate today, Moment moment) => SandboxResponse.Text(
        200, "application/json; charset=UTF-8", $$"""{{Head(today)}},"{{array}}":[{{{Renamed(row, named, moment)}}}]}""");

    private static SandboxResponse Page(
        List<string> rows, string array, string named, string order, Query query, LocalDate today, Moment moment)
    {
        var offset = Number(query["offset"], 0);
        var limit = Math.Min(Number(query["limit"], MostEntries), MostEntries);
        var body = new MemoryStream();
        var writer = new RowWriter(body, Form, moment.Tampering);
        writer.Text(string.Create(CultureInfo.InvariantCulture,
            $"{Head(today)},\"order_by\":\"{order}\",\"sort_order\":\"asc\",\"count\":{rows.Count},\"offset\":{offset},"));
        writer.Text(string.Create(CultureInfo.InvariantCulture, $"\"limit\":{limit},\"{array}\":["));
        foreach (var row in rows.Skip(offset).Take(limit))
        {
            writer.Begin(offset);
            writer.Text(Renamed(row, named, moment));
            writer.End();
        }

        writer.Text("]}"u8);
        writer.Flush();
        return SandboxResponse.Of(200, "application/json; charset=UTF-8", body.ToArray());
    }

    private static string Head(LocalDate today) => $"{{\"realtime_start\":\"{today:uuuu-MM-dd}\",\"realtime_end\":\"{today:uuuu-MM-dd}\"";

    private static string Renamed(string row, string named, Moment moment)
    {
        if (!moment.Tampering.RenamesColumn)
        {
            return row;
        }

        moment.Tampering.Note($"{named} is called {named}s");
        return row.Replace($"\"{named}\":", $"\"{named}s\":", StringComparison.Ordinal);
    }

    private static int Number(string? text, int otherwise) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : otherwise;
}
