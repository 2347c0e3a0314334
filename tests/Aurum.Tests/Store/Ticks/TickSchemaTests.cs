using Aurum.Market.Ticks;
using Aurum.Store.DuckDb;
using Aurum.Store.Sql;

namespace Aurum.Tests.Store.Ticks;

public sealed class TickSchemaTests
{
    private static readonly string[] Tables =
    [
        "tick_rows", "bar_rows", "latest_price_rows", "curve_point_rows", "tick_letter_rows", "tick_instrument_rows", "tick_source_rows",
        "tick_classification_rows", "tick_curve_rows", "tick_streams", "tick_submissions", "tick_progress",
    ];

    private static readonly string[] Views =
        ["ticks", "bars_current", "bars", "latest_prices", "curve_points", "tick_dead_letters", "tick_instruments"];

    /// <summary>Stored data outlives programs: who changes a table writes a migration, raises the version and changes this
    /// text.</summary>
    [Fact]
    public void Tables_of_ticks_have_the_columns_of_version_8()
    {
        Assert.Equal(10, SchemaSql.Version);
        using var stores = new DuckDbStores();
        using var store = stores.Open();
        Assert.Equal(
            $"""
            bar_rows: frame index instrument interval start_utc end_utc open high low close volume vwap twap count revision marks known_at
            curve_point_rows: frame index curve instrument contract_month quoted_at price volume known_at
            latest_price_rows: instrument source event_time sequence price volume bid ask flags key frame known_at
            tick_classification_rows: number commodity region product_tier confidence method
            tick_curve_rows: number tenant_id curve_id
            tick_instrument_rows: number tenant_id instrument_id name market symbol contract_month currency unit
            tick_letter_rows: {string.Join(' ', TickSql.LetterColumns[..^4])} redriven_at redriven_frame format market source prelude
            tick_progress: frame received accepted duplicate late_amended dead_lettered known_at
            tick_rows: frame index instrument source event_time ingested_at sequence price volume bid ask flags classification key known_at
            tick_source_rows: number name
            tick_streams: stream position is_complete frame known_at
            tick_submissions: tenant_id key frame received accepted duplicate late_amended dead_lettered known_at
            """,
            Columns(store, Tables));
    }

    [Fact]
    public void A_store_of_version_6_gets_the_tables_of_ticks()
    {
        using var folder = new TestFolder();
        DuckDbStores.Open(folder.Path).Dispose();
        using (var database = DuckDbDatabase.Open(folder["aurum.duckdb"]))
        using (var connection = database.Connect())
        {
            connection.Execute(string.Join(';', Views.Select(v => $"DROP VIEW {v}").Concat(Tables.Select(t => $"DROP TABLE {t}"))));
            connection.Execute("UPDATE schema_version SET version = 6");
        }

        using var store = DuckDbStores.Open(folder.Path);
        Assert.Equal(0, store.Ticks.SettledFrame);
        store.Ticks.Settle(new TickFrames().First().Settlement);
        Assert.Equal(1, store.Ticks.SettledFrame);
    }

    [Fact]
    public void Dead_letters_of_version_7_stay_and_have_no_form()
    {
        using var folder = new TestFolder();
        using (var store = DuckDbStores.Open(folder.Path))
        {
            var frames = new TickFrames().First().Begin(dead: 1);
            frames.Settlement.Add(new DeadLetter(DeadLetterReason.InvalidRow, "", "12 fields", "a", 9, 1), "acme", "a.csv", "a"u8);
            store.Ticks.Settle(frames.Settlement);
        }

        using (var database = DuckDbDatabase.Open(folder["aurum.duckdb"]))
        using (var connection = database.Connect())
        {
            connection.Execute("DROP VIEW tick_dead_letters");
            foreach (var column in TickSql.LetterColumns[^4..])
            {
                connection.Execute($"ALTER TABLE tick_letter_rows DROP COLUMN {column}");
            }

            connection.Execute("UPDATE schema_version SET version = 7");
        }

        using var newer = DuckDbStores.Open(folder.Path);
        var letter = newer.Ticks.FindDeadLetter(new TickToken(2, 0))!;
        Assert.Equal(("a.csv", null, true), (letter.Stream, letter.Form, letter.IsPending));
    }

    private static string Columns(Aurum.Store.AurumStore store, IReadOnlyList<string> tables)
    {
        using var rows = store.Read.Sql(
            $"""
            SELECT table_name || ': ' || string_agg(column_name, ' ' ORDER BY column_index) FROM duckdb_columns()
            WHERE table_name IN ({string.Join(", ", tables.Select(SqlText.Text))}) GROUP BY table_name ORDER BY table_name
            """);
        List<string> texts = [];
        while (rows.NextChunk())
        {
            for (var row = 0; row < rows.Count; row++)
            {
                texts.Add((string)rows.Value(0, row)!);
            }
        }

        return string.Join('\n', texts);
    }
}
