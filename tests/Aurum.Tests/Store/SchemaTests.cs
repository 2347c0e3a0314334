using Aurum.Market.Feeds;
using Aurum.Store.Sql;

namespace Aurum.Tests.Store;

public sealed class SchemaTests
{
    /// <summary>Stored data outlives programs: who changes a table writes a migration, raises the version and changes this
    /// text.</summary>
    [Fact]
    public void Row_tables_have_the_columns_of_version_8()
    {
        Assert.Equal(10, SchemaSql.Version);
        Assert.Equal(
            """
            iso_lmp: location_id* location_type* interval_start_utc* interval_end_utc* lmp energy congestion loss ghg
            iso_load: location_id* location_type* interval_start_utc* interval_end_utc* issued_at_utc* mw
            iso_genmix: location_id* location_type* fuel_type* interval_start_utc* interval_end_utc* issued_at_utc* mw
            iso_asm: location_id* location_type* product* interval_start_utc* interval_end_utc* price_mcp
            timeseries_observation: series_id* interval_start_utc* interval_end_utc* issued_at_utc* value unit flags
            """,
            string.Join('\n', TableShape.All.Where(t => t.HasTime).Select(Text)));
        Assert.Equal(
            "series_catalog: series_id* category title dataset_code description unit unit_code unit_factor frequency_code geo_id "
                + "iso_code status source_url notes start_date end_date last_observation_date updated_at tags metadata",
            Text(Assert.Single(TableShape.All, t => !t.HasTime && t.Day is null)));
        const string Quote =
            "asof_date* source_file sheet_name asset_class region iso location market product block spark_location price_type* "
            + "units_raw* currency per_unit tenor_type* contract_month tenor_label* value bid ask mid curve_key* version_hash _ingest_ts "
            + "sheet_cell";
        Assert.Equal(
            [$"curve_observation: {Quote}", $"curve_landing: {Quote} branch* quarantine_reason"],
            TableShape.All.Where(t => t.Day == "asof_date").Select(Text));
    }

    /// <summary>What rows say of their feed does not lie in their table: it must stand in the table of feeds.</summary>
    [Fact]
    public void The_texts_of_a_feed_stand_in_the_table_of_feeds()
    {
        var feeds = SchemaSql.Tables[0];
        Assert.All(
            TableShape.All.SelectMany(t => t.Columns).Where(c => c.Role == ColumnRole.Feed),
            c => Assert.Contains($" {c.ColumnOfFeeds} VARCHAR", feeds, StringComparison.Ordinal));
    }

    private static string Text(TableShape table) =>
        $"{table.Name}: {string.Join(' ', table.Delivered.Select(c => c.Role == ColumnRole.Key ? c.Name + "*" : c.Name))}";
}
