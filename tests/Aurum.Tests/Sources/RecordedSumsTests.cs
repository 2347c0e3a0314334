using System.Globalization;
using Aurum.Market.Feeds;

namespace Aurum.Tests.Sources;

/// <summary>The sum of the main value (price, load, generation, observation) over all rows of the recorded files, added up by other
/// means than the parsers: a column that is taken for another, a sign or a row that is lost shows here.</summary>
public sealed class RecordedSumsTests
{
    private static readonly Dictionary<string, string> Sums = Table.Split('\n').Select(static line => line.Split(' '))
        .ToDictionary(static cells => cells[1], static cells => cells[0]);

    public static TheoryData<string> Publishers => [.. Sums.Keys.Select(static file => file.Split('/')[0]).Distinct()];

    [Theory]
    [MemberData(nameof(Publishers))]
    public void Values_add_up_to_what_the_files_hold(string publisher)
    {
        var listed = Sums.Where(s => s.Key.StartsWith(publisher + "/", StringComparison.Ordinal)).ToList();
        Assert.Equal(listed, listed.Select(s => KeyValuePair.Create(s.Key, SumOf(publisher, s.Key[(publisher.Length + 1)..]))));
    }

    private static string SumOf(string publisher, string name)
    {
        var path = Samples.PathOf(publisher, name);
        return Assert.Single(ParsedFile.FeedsThatRecognize(path)).Accept(new Sum(FeedFile.FromPath(path)));
    }

    /// <summary>Unknown values are no part of a sum.</summary>
    private sealed class Sum(FeedFile file) : IFeedVisitor<string>
    {
        public string Visit<TRow>(Feed<TRow> feed)
            where TRow : struct
        {
            var value = feed.Table.Columns.OfType<NumberColumn<TRow>>().First(c => c.Role == ColumnRole.Value).Of;
            var sum = ParsedFile.RowsOf(feed, file).Rows.Select(row => value(row)).Where(v => !double.IsNaN(v)).Sum();
            return sum.ToString("F2", CultureInfo.InvariantCulture);
        }
    }

    /// <summary>IESO: adequacy counts a ramp as 1. NOAA: tenths become whole units. NYISO: limits of 9999 are none.</summary>
    private const string Table = """
        98011.77 aeso/solar_rpt_longterm.csv
        453683.30 aeso/wind_rpt_longterm.csv
        82991.24 caiso/20190301_20190401_PRC_LMP_DAM_20200603_09_21_36_v1.csv
        2383665.08 caiso/20191010_20191011_ENE_SLRS_DAM_20200511_12_10_51_v1.csv
        91131.38 caiso/20191101_20191201_PRC_LMP_DAM_20200603_00_24_23_v1.csv
        379.00 caiso/20200510_20200511_PRC_LMP_DAM_20200510_10_49_47_v1.csv
        16701193.40 caiso/20250219_20250227_SLD_FCST_7DA_20250221_01_09_58_v1.zip
        2484630.04 caiso/ENE_SLRS.zip
        117729.00 caiso/SLD_FCST_ACTUAL_20251102_reduced.csv
        122256.96 caiso/SLD_REN_FCST.zip
        65008.00 caiso/sld_forecast.xml
        1059.70 caiso/sld_ren_forecast.xml
        15305.13 ecb/eurofxref-daily_20130128.xml
        16228.52 ecb/eurofxref-daily_20170308.xml
        -10247.00 eia/US-FLA-FPC_US-FLA-FPL_exchange.json
        1925.98 eia/petroleum_pri_dfp2_2026-05_07.json
        752215.00 eia/rto_region-data_demand_rows_2026-10-01.json
        171762657.68 eia/v2_electricity_facility-fuel_2022_5000rows.json
        16946728.60 ercot/ERCOT.json
        1178440.48 ercot/ERCOT_demand.json
        21904368.92 ercot/ERCOT_generation.json
        -158618.67 ercot/ERCOT_storage.json
        1204.06 ercot/cdr.00012301.0000000000000000.20240329.010211.SPPHLZNP6905_20240329_0100.csv
        17854804.93 ercot/load_forecast_specific_reportid.zip
        814.62 ercot/np4-190-cd_dam_stlmnt_pnt_prices_HB_HUBAVG_2025-11-02.json
        359170.32 ercot/solar_specific_reportid.zip
        82.47 fred/fredgraph_DGS10_reduced.csv
        29251.62 fred/series_observations-31d1d6.json
        10978.14 fred/series_observations_GDPC1_2023-11-11_reduced.json
        2083792.27 ieso/PUB_DAHourlyEnergyLMP.csv
        2230.03 ieso/PUB_DAHourlyOntarioZonalPrice.xml
        155164902.00 ieso/PUB_Demand.csv
        143930990.00 ieso/PUB_DemandZonal.csv
        307.61 ieso/PUB_RealtimeOntarioZonalPrice.xml
        8584860.00 ieso/adequacy_report_20250228.xml
        8181185.00 ieso/full_Adequacy2_20170618.xml
        836649.60 ieso/full_PredispConstTotals_20170708.xml
        556064.70 ieso/full_RealtimeConstTotals_2017070101.xml
        2535.00 ieso/gen_output_capability_20250228.xml
        3890.00 ieso/reduced_GenOutputCapability_20160501.xml
        282573.30 ieso/var_gen_forecast_summary_report_20250228.xml
        1333210.77 isone/WW_DALMP_ISO_20260604.csv
        1494854.04 isone/day_ahead_load_forecast_20250317.xml
        23910.90 isone/dayaheadhourlydemand_day_20241102_location_4001.json
        21964.00 isone/dayaheadhourlydemand_day_20241102_location_4002.json
        25699.40 isone/dayaheadhourlydemand_day_20241103_location_4001.json
        25143.90 isone/dayaheadhourlydemand_day_20241103_location_4002.json
        -213767.72 isone/exchange_CA-NB_US-NE-ISNE.json
        2970422.00 isone/genfuelmix_day_20240309.json
        3018357.00 isone/genfuelmix_day_20240310.json
        1889728.00 isone/genfuelmix_day_20241102.json
        793.96 isone/hourlylmp_da_final_day_20260308_location_4000.json
        1739230.00 isone/hourlyloadforecast_all_day_20240309.json
        1612600.00 isone/hourlyloadforecast_all_day_20240310.json
        2263390.00 isone/hourlyloadforecast_all_day_20241102.json
        1876910.00 isone/hourlyloadforecast_all_day_20241103.json
        13657.27 isone/hourlysysload_current.json
        303872.21 isone/hourlysysload_day_20240309.json
        269193.38 isone/hourlysysload_day_20240310.json
        260037.45 isone/hourlysysload_day_20241102.json
        30242.29 isone/realtimehourlydemand_day_20240309_location_4001.json
        29314.94 isone/realtimehourlydemand_day_20240309_location_4002.json
        28447.66 isone/realtimehourlydemand_day_20240310_location_4001.json
        27116.85 isone/realtimehourlydemand_day_20240310_location_4002.json
        1708210.05 isone/reliabilityregionloadforecast_day_20241103_all.json
        33796.00 isone/seven_day_solar_power_forecast_20250225.csv
        7642.56 miso/20251102_da_expost_lmp_reduced.csv
        2728.25 miso/20260926_rt_lmp_final_reduced.csv
        5588.96 miso/20261001_da_expost_lmp_reduced.csv
        207942.00 miso/DataBrokerServicesgetSolarForecast.asmx.json
        830477.00 miso/DataBrokerServicesgetWindForecast.asmx.json
        82084.00 miso/FuelMix_20261002_1645.json
        556.45 miso/GetRealTimeFiveMinExPost_Current_20261002_1650_reduced.json
        15762502.00 miso/RealTimeTotalLoad_20261002_1645.json
        33.20 noaa/cdo_v2_data_datasetid_GHCND_startdate_2013_09_03_enddate_2013_09_30_limit_30_stationid_GHCND_3AUSC00200230_datatypeid.json
        21544.00 noaa/cdo_v2_data_datasetid_NORMAL_DLY_startdate_2010_05_01_enddate_2010_05_10_limit_25_datatypeid_dly_tmax_normal.json
        4665014.00 nyiso/20160119rtfuelmix.csv
        12476608.23 nyiso/20171122ExternalLimitsFlows.csv
        4653946.00 nyiso/20171122isolf.csv
        4195836.00 nyiso/20171122rtfuelmix.csv
        5312628.00 nyiso/20250219isolf.csv
        3350.84 nyiso/20250309damlbmp_zone_reduced.csv
        30801.67 nyiso/20251102palIntegrated_reduced.csv
        64401.39 nyiso/20251102pal_reduced.csv
        2953.18 nyiso/20251102realtime_zone_reduced.csv
        3801.00 nyiso/20251102rtlbmp_zone_reduced.csv
        12745.47 nyiso/20260923damlbmp_zone.csv
        939.36 nyiso/lmp_20160218_realtime_zone_reduced.csv
        14155353.00 pjm/compressed_pjm_load_forecast_2025-03-19.gz
        418278.23 pjm/da_hrl_lmps_2025_PJM-RTO.csv
        -26089.87 pjm/da_marginal_value_20231105.json
        -4939.35 pjm/da_marginal_value_20240902.json
        433.00 pjm/da_transconstraints_20231105.json
        2160216.00 pjm/gen_by_fuel.json
        9192239.01 pjm/hrl_load_metered_2025-05-31_2026-05-31.csv
        828161768.60 pjm/hrl_load_metered_2025_RTO.csv
        5652409.56 pjm/inst_load_20260707_AEP.csv
        3586678.30 pjm/pjm_solar_forecast_2025-02-24.json
        37842805.92 pjm/pjm_wind_forecast_2025-02-24.json
        441949.50 pjm/rt_hrl_lmps_2025-06_2026-06_ALDENE.csv
        23978835.79 pjm/solar_gen_2025_RTO.csv
        233075.52 spp/DA-LMP-SL-202503190100_trimmed.csv
        630.49 spp/DA-LMP-SL-202603080100_reduced.csv
        -197.29 spp/DA-LMP-SL-202604120100_reduced.csv
        295.75 spp/DA-LMP-SL-202610010100_reduced.csv
        243954.84 spp/RTBM-LMP-SL-202503310840.csv
        36093.87 spp/RTBM-LMP-SL-202503310850.csv
        0.00 spp/TieFlows_SWPW_Mar2026.csv
        -565718.50 spp/interchange-trend-swpw_asFile_20260402.csv
        3663130675869.41 worldbank/country_MX_indicator_NY.GDP.MKTP.CD_partly_edited.json
        """;
}
