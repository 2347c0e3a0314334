using System.Globalization;
using System.Text;
using Aurum.Market.Feeds;
using Aurum.Sources;
using NodaTime;

namespace Aurum.Tests.Sources;

/// <summary>What came of reading a file: the facts that a test holds it to.</summary>
internal sealed record ParsedFile(
    string Feed,
    Outcome Outcome,
    long Rows,
    string FirstStart,
    string LastEnd,
    int Places,
    string Why,
    IReadOnlyList<string> Notes)
{
    /// <summary>Reads a file with the one feed that recognizes it. Where none does, the feed is empty; where several do, this
    /// fails.</summary>
    public static ParsedFile Read(string path) =>
        FeedsThatRecognize(path) switch
        {
            [] => new ParsedFile("", default, 0, "", "", 0, "no feed recognizes it", []),
            [var feed] => Read(feed, FeedFile.FromPath(path)),
            var feeds => throw new InvalidOperationException($"{path} is recognized by {string.Join(", ", feeds)}"),
        };

    public static ParsedFile Read(Feed feed, FeedFile file) => feed.Accept(new Reader(file));

    public static IReadOnlyList<Feed> FeedsThatRecognize(string path)
    {
        var head = FeedDetection.HeadOf(FeedFile.FromPath(path));
        return [.. FeedCatalog.All.Where(feed => feed.Recognizes(head))];
    }

    /// <summary>The rows of a feed of a known kind.</summary>
    public static (ParseResult Result, List<TRow> Rows) RowsOf<TRow>(Feed<TRow> feed, FeedFile file)
        where TRow : struct
    {
        var rows = new RowList<TRow>();
        return (feed.Parse(file, rows), rows.Rows);
    }

    public static (ParseResult Result, List<TRow> Rows) RowsOf<TRow>(Feed<TRow> feed, string name, string text)
        where TRow : struct =>
        RowsOf(feed, FeedFile.FromBytes(name, Encoding.UTF8.GetBytes(text)));

    /// <summary>One line that holds all facts.</summary>
    public override string ToString() =>
        string.Create(CultureInfo.InvariantCulture, $"{Feed} {Outcome} {Rows} {FirstStart} {LastEnd} {Places}");

    private sealed class Reader(FeedFile file) : IFeedVisitor<ParsedFile>
    {
        public ParsedFile Visit<TRow>(Feed<TRow> feed)
            where TRow : struct
        {
            var (result, rows) = RowsOf(feed, file);
            var start = feed.Table.IntervalStart?.Of;
            var end = feed.Table.IntervalEnd?.Of;
            var placeColumn = feed.TableName is "timeseries_observation" or "series_catalog" ? "series_id" : "location_id";
            var place = ((TextColumn<TRow>)feed.Table[placeColumn]).Of;
            var isEmpty = rows.Count == 0;
            return new ParsedFile(
                feed.Id.Text,
                result.Outcome,
                rows.Count,
                isEmpty || start is null ? "" : Text(rows.Min(row => start(row))),
                isEmpty || end is null ? "" : Text(rows.Max(row => end(row))),
                rows.Select(row => Encoding.UTF8.GetString(place(row))).Distinct().Count(),
                result.Why,
                result.Notes);
        }

        private static string Text(long unixSeconds) => $"{Instant.FromUnixTimeSeconds(unixSeconds):uuuu-MM-dd'T'HH:mm:ss'Z'}";
    }
}
