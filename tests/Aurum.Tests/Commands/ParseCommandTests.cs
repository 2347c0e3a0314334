using System.Text.Json;

namespace Aurum.Tests.Commands;

/// <summary><c>aurum parse</c> as checks and people rely on it.</summary>
public sealed class ParseCommandTests
{
    private const string PriceColumns =
        "iso_code,iso_market,location_id,location_type,interval_start_utc,interval_end_utc,lmp,energy,congestion,loss,ghg,unit";

    [Fact]
    public async Task Prices_have_the_columns_of_the_contract_and_unknown_cells_are_empty()
    {
        var run = (await CommandRun.Of("parse", Samples.PathOf("nyiso", "20260923damlbmp_zone.csv"))).Ended(0);
        Assert.Equal(361, run.Lines.Count);
        Assert.Equal(PriceColumns, run.Lines[0]);
        Assert.Equal(
            "NYISO,DAY_AHEAD,CAPITL,ZONE,2026-09-23T04:00:00Z,2026-09-23T05:00:00Z,34.97,33.82,0,1.15,,USD/MWh", run.Lines[1]);
        Assert.Empty(run.Error);
    }

    [Fact]
    public async Task Rows_as_JSON_have_the_same_columns_and_null_for_unknown()
    {
        var run = (await CommandRun.Of("parse", Samples.PathOf("nyiso", "20260923damlbmp_zone.csv"), "--format", "json")).Ended(0);
        Assert.Equal(360, run.Json.GetArrayLength());
        var row = run.Json[0];
        Assert.Equal(PriceColumns.Split(','), row.EnumerateObject().Select(c => c.Name));
        Assert.Equal(JsonValueKind.Null, row.GetProperty("ghg").ValueKind);
        Assert.Equal(34.97, row.GetProperty("lmp").GetDouble());
        Assert.Equal("2026-09-23T04:00:00Z", Text(row, "interval_start_utc"));
    }

    [Theory]
    [InlineData("table")]
    [InlineData("Table")]
    public async Task A_table_shows_the_first_rows_and_how_many_follow(string format)
    {
        var run = (await CommandRun.Of("parse", Samples.PathOf("nyiso", "20260923damlbmp_zone.csv"), "--format", format)).Ended(0);
        Assert.Equal(42, run.Lines.Count);
        Assert.Equal("... 320 more rows (--format csv prints all of them)", run.Lines[^1]);
    }

    [Theory]
    [InlineData("caiso", "20200510_20200511_PRC_LMP_DAM_20200510_10_49_47_v1.csv", 0)]
    [InlineData("caiso", "SLD_REN_FCST_no_data_ERR1000.xml", 0)]
    [InlineData("caiso", "ene_slrs.xml", 1)]
    [InlineData("ercot", "load_forecast_by_forecast_zone.json", 1)]
    public async Task A_summary_has_exactly_seven_keys(string publisher, string file, int code)
    {
        var json = (await CommandRun.Of("parse", Samples.PathOf(publisher, file), "--summary")).Ended(code).Json;
        Assert.Equal(
            ["feed", "outcome", "rows", "first_start_utc", "last_end_utc", "locations", "messages"],
            json.EnumerateObject().Select(p => p.Name));
        Assert.Equal(code == 0 && json.GetProperty("rows").GetInt64() > 0, json.GetProperty("messages").GetArrayLength() == 0);
    }

    [Fact]
    public async Task A_workbook_gives_the_canonical_columns_and_the_cell()
    {
        var run = (await CommandRun.Of("parse", Samples.PathOf("workbooks", "EOD_EUGP_20250917_1430.xlsx"))).Ended(0);
        Assert.Equal(11_484, run.Lines.Count);
        Assert.Equal(
            "asof_date,source_file,sheet_name,asset_class,region,iso,location,market,product,block,spark_location,price_type,units_raw,"
            + "currency,per_unit,tenor_type,contract_month,tenor_label,value,bid,ask,mid,curve_key,version_hash,_ingest_ts,sheet_cell",
            run.Lines[0]);
        Assert.StartsWith(
            "2025-09-17,EOD_EUGP_20250917_1430.xlsx,Fixed Prices - Mid,gas,EU,,Belgium,EU,gas,,,MID,EUR/MWh,EUR,MWh,MONTHLY,2025-09-01,"
            + "2025-09,31.596116322952852,31.493,31.7,31.596116322952852,",
            run.Lines[1], StringComparison.Ordinal);
        Assert.EndsWith(",,C12", run.Lines[1], StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_summary_of_a_workbook_counts_what_is_held_back_and_says_why()
    {
        var json = (await CommandRun.Of("parse", Samples.PathOf("workbooks", "EOD_RP_20250917_1430.xlsx"), "--summary")).Ended(0).Json;
        Assert.Equal(
            ["vendor", "asof_date", "rows", "quarantined", "by_sheet", "by_tenor_type", "curves", "messages", "layout"],
            json.EnumerateObject().Select(p => p.Name));
        Assert.Equal(("rp", "2025-09-17"), (Text(json, "vendor"), Text(json, "asof_date")));
        Assert.Equal(27_892 - 76, json.GetProperty("rows").GetInt32() + json.GetProperty("quarantined").GetInt32());
        Assert.Contains("missing_units_raw", json.GetProperty("messages")[2].GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_file_that_no_feed_reads_ends_with_2_and_what_it_looks_like()
    {
        using var data = new DataFolder();
        var run = (await CommandRun.Of("parse", data.Write("some.csv", "a,b,c\n1,2,3\n"))).Ended(2);
        Assert.Contains("no feed reads this file; it looks like CSV with columns a,b,c", run.Error, StringComparison.Ordinal);
        Assert.Contains("--feed ID names one, 'aurum feeds' lists them", run.Error, StringComparison.Ordinal);
        Assert.Empty(run.Out);
    }

    [Fact]
    public async Task Messages_stand_as_they_are_and_not_in_escapes()
    {
        var run = (await CommandRun.Of("parse", Samples.PathOf("caiso", "ene_slrs.xml"), "--summary")).Ended(1);
        Assert.Contains("expected </REPORT_ITEM>, found </RTO>", run.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Why_there_are_no_rows_is_said_on_standard_error()
    {
        var run = (await CommandRun.Of("parse", Samples.PathOf("caiso", "ene_slrs.xml"))).Ended(1);
        Assert.Equal("aurum: Malformed: ene_slrs.xml:78: expected </REPORT_ITEM>, found </RTO>", run.Error.Trim());
    }

    private static string Text(JsonElement json, string name) => json.GetProperty(name).ToString();
}
