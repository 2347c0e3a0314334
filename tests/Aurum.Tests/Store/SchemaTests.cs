using Aurum.Store.Sql;

namespace Aurum.Tests.Store;

public sealed class SchemaTests
{
    /// <summary>Stored data outlives programs: who changes a table writes a migration, raises the version and changes this text.</summary>
    [Fact]
    public void Row_tables_have_the_columns_of_version_1()
    {
        Assert.Equal(1, SchemaSql.Version);
        Assert.Equal(
            """
            iso_lmp: iso_code, iso_market, location_id*, location_type*, interval_start_utc*, interval_end_utc*, lmp, energy, congestion, loss, ghg, unit
            iso_load: iso_code, iso_market, iso_product, location_id*, location_type*, interval_start_utc*, interval_end_utc*, issued_at_utc*, mw, unit
            iso_genmix: iso_code, iso_market, iso_product, location_id*, location_type*, fuel_type*, interval_start_utc*, interval_end_utc*, issued_at_utc*, mw, unit
            iso_asm: iso_code, iso_market, location_id*, location_type*, product*, interval_start_utc*, interval_end_utc*, price_mcp, unit
            timeseries_observation: provider, series_id*, interval_start_utc*, interval_end_utc*, value, unit
            """,
            string.Join('\n', TableShape.All.Select(t => $"{t.Name}: {string.Join(", ", t.Columns.Select(c => t.Keys.Contains(c) ? c.Name + "*" : c.Name))}")));
    }
}
