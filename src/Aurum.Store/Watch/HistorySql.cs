using System.Globalization;
using Aurum.Market.Feeds;
using Aurum.Quality.History;
using Aurum.Store.Engines;
using Aurum.Store.Sql;

namespace Aurum.Store.Watch;

/// <summary>Tables and statements of what values were like: the highest and lowest of each local hour, and a profile of each
/// day.</summary>
internal sealed class HistorySql(Feed feed)
{
    public static readonly IReadOnlyList<string> Tables =
    [
        """
        CREATE TABLE IF NOT EXISTS hour_levels (
          feed VARCHAR NOT NULL, expectation VARCHAR NOT NULL, day DATE NOT NULL, place VARCHAR NOT NULL, hour INTEGER NOT NULL,
          at_utc TIMESTAMPTZ NOT NULL, least DOUBLE NOT NULL, most DOUBLE NOT NULL, unit VARCHAR NOT NULL)
        """,
        """
        CREATE TABLE IF NOT EXISTS day_profiles (
          feed VARCHAR NOT NULL, column_name VARCHAR NOT NULL, day DATE NOT NULL, unit VARCHAR NOT NULL, rows_seen BIGINT NOT NULL,
          rows_known BIGINT NOT NULL, mean DOUBLE, spread DOUBLE, least DOUBLE, most DOUBLE, deciles VARCHAR NOT NULL,
          places BIGINT NOT NULL, members VARCHAR NOT NULL, known_at TIMESTAMPTZ NOT NULL)
        """,
    ];

    public const string DeleteLevels = "DELETE FROM hour_levels WHERE feed = $1 AND expectation = $2 AND (day = $3 OR day < $4)";

    /// <summary>Levels of expectation $2 of feed $1 on day $3 and on the same days of the week since $4.</summary>
    public const string FindLevels = """
        SELECT place, hour, at_utc, day = $3, least, most, unit FROM hour_levels
        WHERE feed = $1 AND expectation = $2 AND day BETWEEN $4 AND $3 AND extract(isodow FROM day) = extract(isodow FROM CAST($3 AS DATE))
        ORDER BY place, hour, day
        """;

    public const string DeleteProfiles = "DELETE FROM day_profiles WHERE feed = $1 AND column_name = $2 AND (day = $3 OR day < $4)";

    /// <summary>Profiles of a column from $3 through $4, and how many days they lie apart from $4.</summary>
    public const string FindProfiles = """
        SELECT $4 - day, unit, rows_seen, rows_known, mean, spread, least, most, deciles, places, members FROM day_profiles
        WHERE feed = $1 AND column_name = $2 AND day BETWEEN $3 AND $4 ORDER BY day, unit
        """;

    public static readonly string DeleteDrift = $"""
        DELETE FROM drift WHERE feed = $1 AND day = $2 AND subject = $3
          AND kind IN ({string.Join(", ", ProfileChange.Kinds.Select(ConditionSql.Quoted))})
        """;

    public const string InsertDrift = """
        INSERT INTO drift (drift_id, delivery_id, feed, day, file_id, kind, subject, expected, found, known_at)
        SELECT $1, $2, $3, $4, coalesce((SELECT max(file_id) FROM files WHERE delivery_id = $2), 0), $5, $6, $7, $8, $9
        """;

    /// <summary>Names of places that a profile keeps.</summary>
    private const int MostMembers = 2_000;

    private readonly TableShape _shape = TableShape.Find(feed.TableName);

    /// <summary>Parts that no name of a place holds.</summary>
    public const char MemberSeparator = '\u001F';

    /// <summary>$1 and $2: from and until when; $3 the day.</summary>
    public string InsertLevels(ZScoreExpectation expected) => $"""
        INSERT INTO hour_levels (feed, expectation, day, place, hour, at_utc, least, most, unit)
        SELECT {ConditionSql.Quoted(feed.Id.Text)}, {ConditionSql.Quoted(expected.Name)}, $3, {Member} AS place,
          CAST(extract(hour FROM {TableShape.Start} AT TIME ZONE {ConditionSql.Quoted(feed.Zone.Id)}) AS INTEGER) AS local_hour,
          min({TableShape.Start}), min({expected.Column}), max({expected.Column}), min(unit)
        FROM ({Rows}) AS r
        WHERE {expected.Column} IS NOT NULL AND {ConditionSql.Of(expected.When)}
        GROUP BY place, local_hour
        """;

    /// <summary>$1 and $2: from and until when; $3 the day; $4 known_at.</summary>
    public string InsertProfiles(StabilityExpectation expected, SqlDialect dialect)
    {
        var column = expected.Column;
        return $"""
            INSERT INTO day_profiles (feed, column_name, day, unit, rows_seen, rows_known, mean, spread, least, most, deciles, places,
              members, known_at)
            SELECT {ConditionSql.Quoted(feed.Id.Text)}, {ConditionSql.Quoted(column)}, $3, unit, count(*), count({column}), avg({column}),
              stddev_pop({column}), min({column}), max({column}),
              coalesce({dialect.Deciles(column)}, ''),
              count(DISTINCT {Member}),
              CASE WHEN {KeepsMembers} AND count(DISTINCT {Member}) <= {MostMembers.ToString(CultureInfo.InvariantCulture)}
                THEN string_agg(DISTINCT {Member}, chr({(int)MemberSeparator})) ELSE '' END,
              $4
            FROM ({Rows}) AS r GROUP BY unit
            """;
    }

    /// <summary>Places of prices and loads are counted by the gate already.</summary>
    private string KeepsMembers => _shape.Name is "iso_lmp" or "iso_load" ? "false" : "true";

    private string Member => string.Join(
        " || ' ' || ", _shape.Keys.Where(c => c.Kind == CellKind.Text && c.Name != "location_type").Select(c => c.Name));

    private string Rows => new RowTableSql(_shape).Latest(
        $"f.feed = {ConditionSql.Quoted(feed.Id.Text)} AND t.{TableShape.Start} >= $1 AND t.{TableShape.Start} < $2");
}
