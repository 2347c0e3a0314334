namespace Aurum.Tests.Sources.Noaa;

public sealed class NoaaSamplesTests
{
    private static readonly Dictionary<string, string> Expected = new()
    {
        ["cdo_v2_data_datasetid_GHCND_startdate_2013_09_03_enddate_2013_09_30_limit_30_stationid_GHCND_3AUSC00200230_datatypeid.json"] =
            "noaa/ghcn-daily Data 28 2013-09-03T00:00:00Z 2013-10-01T00:00:00Z 1",
        ["cdo_v2_data_datasetid_NORMAL_DLY_startdate_2010_05_01_enddate_2010_05_10_limit_25_datatypeid_dly_tmax_normal.json"] =
            "noaa/ghcn-daily Data 25 2010-05-01T00:00:00Z 2010-05-02T00:00:00Z 25",
        ["cdo_v2_datacategories_limit_25.json"] = "noaa/reference-catalog Data 25   25",
        ["cdo_v2_datasets_limit_25.json"] = "noaa/reference-catalog Data 11   11",
        ["cdo_v2_datatypes_limit_25_datasetid_ANNUAL.json"] = "noaa/reference-catalog Data 25   25",
        ["cdo_v2_locations_limit_52_locationcategoryid_ST.json"] = "noaa/reference-catalog Data 51   51",
        ["cdo_v2_locations_startdate_20100101_limit_25_datasetid_NORMAL_DLY.json"] = "noaa/reference-catalog Data 25   25",
        ["cdo_v2_stations_COOP_010008.json"] = "noaa/reference-catalog Data 1   1",
        ["cdo_v2_stations_GHCND_USW00014895_datasetid_NORMAL_DLY.json"] = "noaa/reference-catalog Data 1   1",
        ["cdo_v2_stations_limit_25_datasetid_GHCND_locationid_FIPS_3A12017.json"] = "noaa/reference-catalog Data 14   14",
    };

    [Fact]
    public void Every_recorded_file_is_read_by_exactly_one_feed() =>
        RecordedFiles.HoldTo("noaa", Expected, new Dictionary<string, string>());
}
