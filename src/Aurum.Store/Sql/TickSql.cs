using System.Globalization;
using Aurum.Market.Ticks;
using Aurum.Store.Engines;

namespace Aurum.Store.Sql;

/// <summary>The tables of real-time prices, and views that give their numbers names. No index: DuckDB checks every one of them on each
/// insert, and what is written once is known by the frame of <c>tick_progress</c>.</summary>
internal static class TickSql
{
    public const string Ticks = "tick_rows";
    public const string Bars = "bar_rows";
    public const string CurvePoints = "curve_point_rows";
    public const string Instruments = "tick_instrument_rows";
    public const string Sources = "tick_source_rows";
    public const string Classifications = "tick_classification_rows";
    public const string Curves = "tick_curve_rows";
    public const string Letters = "tick_letter_rows";
    public const string Submissions = "tick_submissions";
    public const string LatestStage = "stage_latest_prices";
    public const string RedrivenStage = "stage_redriven";

    public static readonly string[] InstrumentColumns =
        ["number", "tenant_id", "instrument_id", "name", "market", "symbol", "contract_month", "currency", "unit"];

    public static readonly string[] NameColumns = ["number", "name"];

    public static readonly string[] ClassificationColumns = ["number", "commodity", "region", "product_tier", "confidence", "method"];

    public static readonly string[] CurveColumns = ["number", "tenant_id", "curve_id"];

    public static readonly string[] LetterColumns =
    [
        "frame", "index", "tenant_id", "stream", "reason", "error_code", "stage", "field", "expected", "found", "position", "length",
        "message", "received_at", "format", "market", "source", "prelude",
    ];

    public static readonly string[] LatestColumnNames =
    [
        "instrument", "source", "event_time", "sequence", "price", "volume", "bid", "ask", "flags", "key", "frame", "known_at",
    ];

    public static readonly string[] SubmissionColumns =
        ["tenant_id", "key", "frame", "received", "accepted", "duplicate", "late_amended", "dead_lettered", "known_at"];

    public static readonly string[] RedrivenColumns = ["frame", "index", "redriven_frame", "redriven_at"];

    private const string LatestColumns =
        "instrument INTEGER NOT NULL, source INTEGER NOT NULL, event_time TIMESTAMPTZ NOT NULL, sequence BIGINT, price DOUBLE NOT NULL, "
        + "volume DOUBLE, bid DOUBLE, ask DOUBLE, flags INTEGER NOT NULL, key UBIGINT NOT NULL, frame BIGINT NOT NULL, "
        + "known_at TIMESTAMPTZ NOT NULL";

    public static readonly IReadOnlyList<string> Tables =
    [
        """
        CREATE TABLE IF NOT EXISTS tick_instrument_rows (
          number INTEGER NOT NULL, tenant_id VARCHAR NOT NULL, instrument_id VARCHAR NOT NULL, name VARCHAR NOT NULL,
          market VARCHAR NOT NULL, symbol VARCHAR NOT NULL, contract_month INTEGER NOT NULL, currency VARCHAR NOT NULL,
          unit VARCHAR NOT NULL)
        """,
        "CREATE TABLE IF NOT EXISTS tick_source_rows (number INTEGER NOT NULL, name VARCHAR NOT NULL)",
        """
        CREATE TABLE IF NOT EXISTS tick_classification_rows (
          number INTEGER NOT NULL, commodity VARCHAR NOT NULL, region VARCHAR NOT NULL, product_tier VARCHAR NOT NULL,
          confidence DOUBLE, method VARCHAR NOT NULL)
        """,
        "CREATE TABLE IF NOT EXISTS tick_curve_rows (number INTEGER NOT NULL, tenant_id VARCHAR NOT NULL, curve_id VARCHAR NOT NULL)",
        """
        CREATE TABLE IF NOT EXISTS tick_rows (
          frame BIGINT NOT NULL, index INTEGER NOT NULL, instrument INTEGER NOT NULL, source INTEGER NOT NULL,
          event_time TIMESTAMPTZ NOT NULL, ingested_at TIMESTAMPTZ NOT NULL, sequence BIGINT, price DOUBLE NOT NULL, volume DOUBLE,
          bid DOUBLE, ask DOUBLE, flags INTEGER NOT NULL, classification INTEGER NOT NULL, key UBIGINT NOT NULL,
          known_at TIMESTAMPTZ NOT NULL)
        """,
        """
        CREATE TABLE IF NOT EXISTS bar_rows (
          frame BIGINT NOT NULL, index INTEGER NOT NULL, instrument INTEGER NOT NULL, interval INTEGER NOT NULL,
          start_utc TIMESTAMPTZ NOT NULL, end_utc TIMESTAMPTZ NOT NULL, open DOUBLE NOT NULL, high DOUBLE NOT NULL,
          low DOUBLE NOT NULL, close DOUBLE NOT NULL, volume DOUBLE NOT NULL, vwap DOUBLE, twap DOUBLE, count BIGINT NOT NULL,
          revision INTEGER NOT NULL, marks INTEGER NOT NULL, known_at TIMESTAMPTZ NOT NULL)
        """,
        $"CREATE TABLE IF NOT EXISTS latest_price_rows ({LatestColumns})",
        """
        CREATE TABLE IF NOT EXISTS curve_point_rows (
          frame BIGINT NOT NULL, index INTEGER NOT NULL, curve INTEGER NOT NULL, instrument INTEGER NOT NULL,
          contract_month INTEGER NOT NULL, quoted_at TIMESTAMPTZ NOT NULL, price DOUBLE NOT NULL, volume DOUBLE,
          known_at TIMESTAMPTZ NOT NULL)
        """,
        """
        CREATE TABLE IF NOT EXISTS tick_letter_rows (
          frame BIGINT NOT NULL, index INTEGER NOT NULL, tenant_id VARCHAR NOT NULL, stream VARCHAR NOT NULL, reason INTEGER NOT NULL,
          error_code VARCHAR NOT NULL, stage VARCHAR NOT NULL, field VARCHAR NOT NULL, expected VARCHAR NOT NULL,
          found VARCHAR NOT NULL, position BIGINT NOT NULL, length INTEGER NOT NULL, message BLOB NOT NULL,
          received_at TIMESTAMPTZ NOT NULL, redriven_at TIMESTAMPTZ, redriven_frame BIGINT, format VARCHAR, market VARCHAR, source VARCHAR,
          prelude BLOB)
        """,
        "ALTER TABLE tick_letter_rows ADD COLUMN IF NOT EXISTS format VARCHAR",
        "ALTER TABLE tick_letter_rows ADD COLUMN IF NOT EXISTS market VARCHAR",
        "ALTER TABLE tick_letter_rows ADD COLUMN IF NOT EXISTS source VARCHAR",
        "ALTER TABLE tick_letter_rows ADD COLUMN IF NOT EXISTS prelude BLOB",
        """
        CREATE TABLE IF NOT EXISTS tick_streams (
          stream VARCHAR NOT NULL, position BIGINT NOT NULL, is_complete BOOLEAN NOT NULL, frame BIGINT NOT NULL,
          known_at TIMESTAMPTZ NOT NULL)
        """,
        """
        CREATE TABLE IF NOT EXISTS tick_submissions (
          tenant_id VARCHAR NOT NULL, key VARCHAR NOT NULL, frame BIGINT NOT NULL, received BIGINT NOT NULL, accepted BIGINT NOT NULL,
          duplicate BIGINT NOT NULL, late_amended BIGINT NOT NULL, dead_lettered BIGINT NOT NULL, known_at TIMESTAMPTZ NOT NULL)
        """,
        """
        CREATE TABLE IF NOT EXISTS tick_progress (
          frame BIGINT NOT NULL, received BIGINT NOT NULL, accepted BIGINT NOT NULL, duplicate BIGINT NOT NULL,
          late_amended BIGINT NOT NULL, dead_lettered BIGINT NOT NULL, known_at TIMESTAMPTZ)
        """,
        "INSERT INTO tick_progress SELECT 0, 0, 0, 0, 0, 0, NULL WHERE NOT EXISTS (SELECT 1 FROM tick_progress)",
        .. LaneSql.Tables,
    ];

    public static IReadOnlyList<string> Views(SqlDialect dialect) =>
    [
        """
        CREATE OR REPLACE VIEW tick_instruments AS
        SELECT tenant_id, name AS instrument_id, market, symbol, nullif(contract_month, 0) AS contract_month, currency, unit, number
        FROM tick_instrument_rows
        """,
        $"""
        CREATE OR REPLACE VIEW ticks AS
        SELECT i.tenant_id, i.name AS instrument_id, i.market, s.name AS source, t.event_time, t.price, t.volume, t.bid, t.ask, i.currency,
          i.unit, t.sequence, {FlagList(dialect, "t.flags")} AS flags, c.commodity, c.region, c.product_tier, t.ingested_at, t.known_at, t.frame,
          t.index
        FROM tick_rows t JOIN tick_instrument_rows i ON i.number = t.instrument JOIN tick_source_rows s ON s.number = t.source
        LEFT JOIN tick_classification_rows c ON c.number = t.classification
        """,
        $"""
        CREATE OR REPLACE VIEW bars AS
        SELECT i.tenant_id, i.name AS instrument_id, {IntervalText("b.interval")} AS interval, b.start_utc, b.end_utc, b.open, b.high,
          b.low, b.close, b.volume, b.vwap, b.twap, b.count, b.revision, b.marks & {(int)BarMarks.PartialStart} <> 0 AS partial_start,
          b.marks & {(int)BarMarks.PartialEnd} <> 0 AS partial_end, b.known_at, b.frame, b.index
        FROM bar_rows b JOIN tick_instrument_rows i ON i.number = b.instrument
        """,
        """
        CREATE OR REPLACE VIEW bars_current AS
        SELECT tenant_id, instrument_id, interval, start_utc, end_utc, open, high, low, close, volume, vwap, twap, count, revision,
          partial_start, partial_end, known_at, frame, index
        FROM (
          SELECT *, row_number() OVER (PARTITION BY tenant_id, instrument_id, interval, start_utc ORDER BY revision DESC) AS place
          FROM bars) b
        WHERE place = 1
        """,
        $"""
        CREATE OR REPLACE VIEW latest_prices AS
        SELECT i.tenant_id, i.name AS instrument_id, i.market, p.event_time, p.price, p.volume, p.bid, p.ask, i.currency, i.unit,
          s.name AS source, p.sequence, {FlagList(dialect, "p.flags")} AS flags, p.known_at, p.frame
        FROM latest_price_rows p JOIN tick_instrument_rows i ON i.number = p.instrument JOIN tick_source_rows s ON s.number = p.source
        """,
        """
        CREATE OR REPLACE VIEW curve_points AS
        SELECT c.tenant_id, c.curve_id, i.name AS instrument_id, p.contract_month, p.quoted_at, p.price, p.volume, i.currency, i.unit,
          p.known_at, p.frame, p.index
        FROM curve_point_rows p JOIN tick_curve_rows c ON c.number = p.curve JOIN tick_instrument_rows i ON i.number = p.instrument
        """,
        $"""
        CREATE OR REPLACE VIEW tick_dead_letters AS
        SELECT CAST(frame AS VARCHAR) || '.' || CAST(index AS VARCHAR) AS letter_id, tenant_id, stream, {ReasonText} AS reason, error_code,
          stage, field, expected, found, position, length, message, received_at, redriven_at, redriven_frame, frame, index,
          format, prelude
        FROM tick_letter_rows
        """,
    ];

    public static string CreateLatestStage(SqlDialect dialect) => dialect.Table(
        $"DROP TABLE IF EXISTS {LatestStage}; CREATE TEMPORARY TABLE {LatestStage} ({LatestColumns})");

    public const string DropLatestStage = $"DROP TABLE {LatestStage}";

    public const string UpdateLatest = """
        UPDATE latest_price_rows SET source = s.source, event_time = s.event_time, sequence = s.sequence, price = s.price,
          volume = s.volume, bid = s.bid, ask = s.ask, flags = s.flags, key = s.key, frame = s.frame, known_at = s.known_at
        FROM stage_latest_prices s WHERE latest_price_rows.instrument = s.instrument
        """;

    public const string InsertLatest = """
        INSERT INTO latest_price_rows SELECT * FROM stage_latest_prices s
        WHERE NOT EXISTS (SELECT 1 FROM latest_price_rows p WHERE p.instrument = s.instrument)
        """;

    public const string CreateRedrivenStage = """
        DROP TABLE IF EXISTS stage_redriven; CREATE TEMPORARY TABLE stage_redriven (
          frame BIGINT NOT NULL, index INTEGER NOT NULL, redriven_frame BIGINT NOT NULL, redriven_at TIMESTAMPTZ NOT NULL)
        """;

    public const string DropRedrivenStage = $"DROP TABLE {RedrivenStage}";

    public const string UpdateRedriven = """
        UPDATE tick_letter_rows SET redriven_at = s.redriven_at, redriven_frame = nullif(s.redriven_frame, 0)
        FROM stage_redriven s
        WHERE tick_letter_rows.frame = s.frame AND tick_letter_rows.index = s.index AND tick_letter_rows.redriven_at IS NULL
        """;

    /// <summary>$1 position, $2 is complete, $3 frame, $4 instant, $5 stream.</summary>
    public const string UpdateStream =
        "UPDATE tick_streams SET position = $1, is_complete = $2, frame = $3, known_at = $4 WHERE stream = $5";

    /// <summary>As <see cref="UpdateStream"/>.</summary>
    public const string InsertStream =
        "INSERT INTO tick_streams (position, is_complete, frame, known_at, stream) VALUES ($1, $2, $3, $4, $5)";

    /// <summary>$1 tenant, or null for all.</summary>
    public const string FindInstruments = """
        SELECT number, tenant_id, instrument_id, market, symbol, contract_month, currency, unit FROM tick_instrument_rows
        WHERE CAST($1 AS VARCHAR) IS NULL OR tenant_id = $1 ORDER BY number
        """;

    /// <summary>$1 tenant, or null for all.</summary>
    public const string FindCurves = """
        SELECT tenant_id, curve_id FROM tick_curve_rows WHERE CAST($1 AS VARCHAR) IS NULL OR tenant_id = $1 ORDER BY number
        """;

    public const string AllStreams = "SELECT stream, position, is_complete, frame, known_at FROM tick_streams ORDER BY stream";

    public const string AllSubmissions = """
        SELECT tenant_id, key, frame, received, accepted, duplicate, late_amended, dead_lettered, known_at FROM tick_submissions
        ORDER BY frame
        """;

    /// <summary>$1 tenant, $2 key.</summary>
    public const string FindSubmission = "SELECT received FROM tick_submissions WHERE tenant_id = $1 AND key = $2 LIMIT 1";

    /// <summary>$1 tenant, $2 key, $3 to $7 counters, $8 instant. Its frame is the one that comes next.</summary>
    public const string AddSubmission = """
        INSERT INTO tick_submissions (tenant_id, key, frame, received, accepted, duplicate, late_amended, dead_lettered, known_at)
        SELECT CAST($1 AS VARCHAR), CAST($2 AS VARCHAR), (SELECT frame + 1 FROM tick_progress), $3, $4, $5, $6, $7, $8
        WHERE NOT EXISTS (SELECT 1 FROM tick_submissions WHERE tenant_id = $1 AND key = $2)
        """;

    public const string CountLetters = "SELECT reason, count(*) FROM tick_letter_rows GROUP BY reason";

    public const string NewestEvent = "SELECT max(event_time) FROM latest_price_rows";

    /// <summary>$1 instant before which they are forgotten, $2 how many are kept at most.</summary>
    public const string ForgetSubmissions = """
        DELETE FROM tick_submissions
        WHERE known_at < $1 OR frame <= (SELECT coalesce(max(frame), 0) FROM (SELECT frame FROM tick_submissions ORDER BY frame DESC
          LIMIT 1 OFFSET CAST($2 AS BIGINT)) s)
        """;

    public const string UpdateProgress = """
        UPDATE tick_progress SET frame = $1, received = $2, accepted = $3, duplicate = $4, late_amended = $5, dead_lettered = $6,
          known_at = $7
        """;

    public const string Progress = """
        SELECT frame, received, accepted, duplicate, late_amended, dead_lettered, known_at,
          (SELECT count(*) FROM tick_instrument_rows), (SELECT count(*) FROM tick_source_rows),
          (SELECT count(*) FROM tick_classification_rows), (SELECT count(*) FROM tick_curve_rows)
        FROM tick_progress
        """;

    /// <summary>$1 instant before which ticks were stored, $2 rows from the eldest on that are looked at.</summary>
    public static string Prune(SqlDialect dialect) => dialect.DeletePiece(Ticks, "known_at < $1");

    /// <summary>As <see cref="Prune"/>, of dead letters.</summary>
    public static string PruneLetters(SqlDialect dialect) => dialect.DeletePiece(Letters, "received_at < $1");

    /// <summary>$1 instant before which quotes were stored, $2 how many are deleted at most. The last one of each month stays.</summary>
    public static string PruneCurvePoints(SqlDialect dialect) => $"""
        DELETE FROM curve_point_rows WHERE {dialect.RowPlace} IN (
          SELECT spot FROM (
            SELECT {dialect.RowPlace} AS spot, known_at, row_number() OVER (
              PARTITION BY curve, contract_month ORDER BY quoted_at DESC, frame DESC, index DESC) AS place
            FROM curve_point_rows) p
          WHERE known_at < $1 AND place > 1 ORDER BY spot LIMIT CAST($2 AS BIGINT))
        """;

    private static string ReasonText => Case(
        "reason", Enum.GetValues<DeadLetterReason>().Select(r => ((int)r, r.ToString())));

    public static string IntervalText(string column) => Case(column, BarIntervals.All.Select(i => ((int)i, i.Name())));

    private static string Case(string column, IEnumerable<(int Number, string Name)> names) =>
        $"CASE {column} {string.Join(' ', names.Select(n => $"WHEN {Text(n.Number)} THEN '{n.Name}'"))} END";

    private static string FlagList(SqlDialect dialect, string column)
    {
        var names = Enum.GetValues<QualityFlags>().Where(f => f != QualityFlags.None)
            .Select(f => $"CASE WHEN {column} & {Text((int)f)} <> 0 THEN '{QualityFlagNames.Of(f)[0]}' END");
        return $"CASE WHEN {column} = 0 THEN {dialect.ListOf($"'{QualityFlagNames.Valid}'")} "
            + $"ELSE {dialect.ListOfKnown(names)} END";
    }

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
