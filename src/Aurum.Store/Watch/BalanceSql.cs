using System.Globalization;
using Aurum.Market.Feeds;
using Aurum.Quality.Balances;
using Aurum.Store.Sql;

namespace Aurum.Store.Watch;

/// <summary>Writes the query of a balance: both sides of each hour for which all terms have all readings.</summary>
/// <remarks>An hour of a fuel, place or series counts when it has all its intervals, or all readings but one; an hour of a term when it
/// has as many of them as its fullest hour.</remarks>
internal sealed class BalanceSql(Balance balance, Func<FeedId, Feed> feedOf)
{
    private const int MinutesOfHour = 60;

    /// <summary>$1 and $2: from and until when. Columns: place, start of the hour in seconds since 1970, left, right.</summary>
    public string Text
    {
        get
        {
            var terms = balance.Left.Select(t => (Side: 0, Term: t)).Concat(balance.Right.Select(t => (Side: 1, Term: t))).ToList();
            var readings = terms.Select((t, i) => Readings(t.Term, t.Side, i));
            return $"""
                WITH readings AS (
                {string.Join("\nUNION ALL\n", readings)}),
                terms AS (
                  SELECT side, term, place, hour, sum(v) AS v, count(*) AS members FROM readings GROUP BY side, term, place, hour),
                whole AS (SELECT *, max(members) OVER (PARTITION BY term, place) AS most FROM terms)
                SELECT place, CAST(floor(extract(epoch FROM hour)) AS BIGINT), round(sum(v) FILTER (WHERE side = 0), 3),
                  round(sum(v) FILTER (WHERE side = 1), 3)
                FROM whole WHERE members = most
                GROUP BY place, hour HAVING count(DISTINCT term) = {terms.Count.ToString(CultureInfo.InvariantCulture)}
                ORDER BY place, hour
                """;
        }
    }

    private string Readings(BalanceTerm term, int side, int number)
    {
        var feed = feedOf(term.Feed);
        var shape = TableShape.Find(feed.TableName);
        var value = shape.Values.First(c => c.Kind == CellKind.Number).Name;
        var member = string.Join(" || '|' || ", shape.Keys.Where(c => c.Kind == CellKind.Text).Select(c => c.Name));
        var sql = new RowTableSql(shape);
        var condition = $"f.feed = {ConditionSql.Quoted(feed.Id.Text)} AND t.{TableShape.Start} >= $1 AND t.{TableShape.Start} < $2";
        return string.Create(CultureInfo.InvariantCulture, $"""
              SELECT {side} AS side, {number} AS term, {PlaceOf(term)} AS place, {member} AS member,
                date_trunc('hour', {TableShape.Start}) AS hour, {term.Sign} * avg({value}) AS v
              FROM ({sql.Latest(condition)}) AS r
              WHERE {SeriesOf(term)} AND {ConditionSql.Of(term.When)}
              GROUP BY place, member, hour HAVING count({value}) >= {LeastReadings(feed)}
            """);
    }

    private string PlaceOf(BalanceTerm term) => term switch
    {
        { Each: { } column } => column,
        { HasPlaces: true } => $"regexp_extract(series_id, {ConditionSql.Quoted(Pattern(term.Series!))}, 1)",
        _ => ConditionSql.Quoted(balance.Id.Split('/')[0].ToUpperInvariant()),
    };

    private static string SeriesOf(BalanceTerm term) =>
        term.Series is null ? "true" : $"regexp_full_match(series_id, {ConditionSql.Quoted(Pattern(term.Series))})";

    /// <summary>A pattern of series ids as a regular expression whose first group is the place.</summary>
    private static string Pattern(string series) => string.Concat(
        series.Replace(BalanceTerm.PlaceMark, "\0", StringComparison.Ordinal).Select(static c => c switch
        {
            '\0' => "([^/]+)",
            '*' => "[^/]*",
            _ when char.IsAsciiLetterOrDigit(c) || c is ' ' or '/' or '-' or '_' => c.ToString(),
            _ => "\\" + c,
        }));

    private static int LeastReadings(Feed feed) =>
        feed.IntervalMinutes is { } minutes ? Math.Max(1, MinutesOfHour / minutes)
        : feed.Readings is { } pace ? Math.Max(1, (MinutesOfHour / pace.EveryMinutes) - 1)
        : 1;
}
