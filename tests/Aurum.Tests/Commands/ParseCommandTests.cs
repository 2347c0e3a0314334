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
    public async Task Exit_code_feed_outcome_and_rows_of_every_recorded_file()
    {
        var found = new List<string>();
        foreach (var path in new[] { "caiso", "eia", "ercot", "nyiso" }.SelectMany(Samples.Files))
        {
            var run = await CommandRun.Of("parse", path, "--summary");
            var facts = run.Code == 2 ? "" : $" {Text(run.Json, "feed")} {Text(run.Json, "outcome")} {Text(run.Json, "rows")}";
            found.Add($"{run.Code}{facts} {Path.GetFileName(path)}");
        }

        Assert.Equal(Expected.Split('\n').Order(StringComparer.Ordinal), found.Order(StringComparer.Ordinal));
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

    private const string Expected =
        """
        0 caiso/day-ahead-lmp Data 2163 20191101_20191201_PRC_LMP_DAM_20200603_00_24_23_v1.csv
        0 caiso/day-ahead-lmp Data 2229 20190301_20190401_PRC_LMP_DAM_20200603_09_21_36_v1.csv
        0 caiso/day-ahead-lmp Data 24 20200510_20200511_PRC_LMP_DAM_20200510_10_49_47_v1.csv
        0 caiso/load-actual Data 12 SLD_FCST_ACTUAL_20251102_reduced.csv
        0 caiso/load-forecast-7-day Data 6432 20250219_20250227_SLD_FCST_7DA_20250221_01_09_58_v1.zip
        0 caiso/load-forecast-real-time Data 3 sld_forecast.xml
        0 caiso/renewable-forecast-day-ahead Data 120 SLD_REN_FCST.zip
        0 caiso/renewable-forecast-day-ahead Data 4 sld_ren_forecast.xml
        0 caiso/renewable-forecast-day-ahead ProvenEmpty 0 SLD_REN_FCST_no_data_ERR1000.xml
        0 caiso/system-schedules Data 408 ENE_SLRS.zip
        0 caiso/system-schedules Data 480 20191010_20191011_ENE_SLRS_DAM_20200511_12_10_51_v1.csv
        0 eia/facility-fuel Data 10000 v2_electricity_facility-fuel_2022_5000rows.json
        0 eia/fuel-type-data ProvenEmpty 0 US_CAR_SC-nuclear.json
        0 eia/interchange-data Data 25 US-FLA-FPC_US-FLA-FPL_exchange.json
        0 eia/petroleum Data 27 petroleum_pri_dfp2_2026-05_07.json
        0 eia/region-data Data 15 rto_region-data_demand_rows_2026-10-01.json
        0 ercot/day-ahead-spp Data 25 np4-190-cd_dam_stlmnt_pnt_prices_HB_HUBAVG_2025-11-02.json
        0 ercot/fuel-mix Data 2952 ERCOT_generation.json
        0 ercot/fuel-mix Data 3088 ERCOT.json
        0 ercot/load-forecast Data 960 load_forecast_specific_reportid.zip
        0 ercot/real-time-spp Data 908 cdr.00012301.0000000000000000.20240329.010211.SPPHLZNP6905_20240329_0100.csv
        0 ercot/solar Data 744 solar_specific_reportid.zip
        0 ercot/storage Data 1107 ERCOT_storage.json
        0 ercot/system-load Data 26 ERCOT_demand.json
        0 nyiso/day-ahead-lmp-zone Data 360 20260923damlbmp_zone.csv
        0 nyiso/day-ahead-lmp-zone Data 69 20250309damlbmp_zone_reduced.csv
        0 nyiso/fuel-mix Data 2023 20171122rtfuelmix.csv
        0 nyiso/fuel-mix Data 2030 20160119rtfuelmix.csv
        0 nyiso/hourly-lmp-zone Data 75 20251102rtlbmp_zone_reduced.csv
        0 nyiso/interface-flows Data 15606 20171122ExternalLimitsFlows.csv
        0 nyiso/load Data 60 20251102pal_reduced.csv
        0 nyiso/load-forecast Data 1728 20171122isolf.csv
        0 nyiso/load-forecast Data 1728 20250219isolf.csv
        0 nyiso/load-integrated Data 12 20251102palIntegrated_reduced.csv
        0 nyiso/real-time-lmp-zone Data 45 lmp_20160218_realtime_zone_reduced.csv
        0 nyiso/real-time-lmp-zone Data 59 20251102realtime_zone_reduced.csv
        1 caiso/system-schedules Malformed 0 ene_slrs.xml
        1 ercot/load-forecast NotYetPublished 0 load_forecast_by_forecast_zone.json
        1 ercot/solar NotYetPublished 0 solar_power_production_hourly_averaged_actual_and_forecasted_values_rtid.json
        1 ercot/wind NotYetPublished 0 wind_power_production_hourly_averaged_actual_and_forecasted_values_rtid.json
        2 20170312_DailyRenewablesWatch.txt
        2 20171104_DailyRenewablesWatch.txt
        2 20180311_20180311_PUB_DAM_GRP_N_N_v2_csv.zip
        2 np3-911-er_archive_doc_1045038225.zip
        2 np3-911-er_archive_list_2024-10-18.json
        2 np3-911-er_archive_list_2024-11-05.json
        2 real_time_system_conditions.html
        2 systemconditions.html
        """;
}
