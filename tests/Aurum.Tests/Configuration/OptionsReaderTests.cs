using Aurum.App.Configuration;
using Aurum.Tests.Commands;

namespace Aurum.Tests.Configuration;

public sealed class OptionsReaderTests
{
    [Fact]
    public void Nothing_has_to_be_set()
    {
        using var data = new DataFolder();
        var options = OptionsReader.Read(data.Path);
        Assert.Equal((data.Path, "127.0.0.1", 8095, 3), (options.DataDirectory, options.Bind, options.Port, options.LookbackDays));
    }

    [Fact]
    public void The_command_line_wins_over_the_file()
    {
        using var data = new DataFolder();
        data.Write("aurum.json", """
            { "Port": 8100, "LookbackDays": 9, "Feeds": ["nyiso/load"], "Sites": { "caiso-oasis": { "RequestsPerMinute": 6.5 } } }
            """);
        var options = OptionsReader.Read(data.Path, static o => o with { Port = 0 });
        Assert.Equal((0, 9, 6.5), (options.Port, options.LookbackDays, options.Sites["caiso-oasis"].RequestsPerMinute));
        Assert.Equal(["nyiso/load"], options.Feeds);
    }

    [Theory]
    [InlineData("{ \"Prot\": 1 }", "there is no setting 'Prot'")]
    [InlineData("{ \"Port\": \"x\" }", "'x' at 'Port'")]
    [InlineData("{ \"Port\": 70000 }", "Port: expected 0 to 65535, found 70000")]
    [InlineData("{ \"LookbackDays\": -1 }", "LookbackDays: expected 0 to 3660 days, found -1")]
    [InlineData("{ \"MaxLedgerAgeHours\": 0 }", "MaxLedgerAgeHours: expected 0.01 to 8784 hours, found 0")]
    [InlineData("{ \"LeastRefreshMinutes\": 0 }", "LeastRefreshMinutes: expected 1 to 1440 minutes, found 0")]
    [InlineData("{ \"CurveMoveDays\": 31 }", "CurveMoveDays: expected 1 to 30 as-of dates, found 31")]
    [InlineData("{ \"StoreMemoryMiB\": 1 }", "StoreMemoryMiB: expected 256 to 1048576 MiB, found 1")]
    [InlineData("{ \"LongestRetryAfterSeconds\": 0 }", "LongestRetryAfterSeconds: expected 1 to 86400 seconds, found 0")]
    [InlineData("{ \"Bind\": \"localhost\" }", "Bind: expected an IP address like 127.0.0.1, found 'localhost'")]
    [InlineData("{ \"Sites\": { \"eia-api\": { \"Concurrency\": 65 } } }", "eia-api:Concurrency: expected 1 to 64 requests, found 65")]
    [InlineData("{ \"Sites\": { \"eia-api\": { \"BaseAddress\": \"eia\" } } }", "expected an absolute address, found 'eia'")]
    [InlineData("{ \"Series\": { \"ferd\": [\"DGS10\"] } }", "Series:ferd: expected one of fred, noaa, worldbank; did you mean fred?")]
    [InlineData("{ \"Series\": { \"fred\": [\"DGS10\", \"UNRATE\"] } }", "Series:fred:1: expected an id of at most 25 capitals")]
    [InlineData("{ \"Series\": { \"noaa\": [\"New York\"] } }", "Series:noaa:0: expected a station of GHCN daily, like USW00094728")]
    [InlineData("{ \"Series\": { \"worldbank\": [\"GDP\"] } }", "Series:worldbank:0: expected an indicator like EG.USE.ELEC.KH.PC")]
    [InlineData("{ \"Series\": { \"fred\": [\"DFF\", \"DFF\"] } }", "Series:fred:1: expected each entry once, found 'DFF' again")]
    [InlineData("{ \"AllNodes\": [\"caiso\", \"pmj\"] }", "AllNodes:1: expected one of caiso, pjm, found 'pmj'; did you mean pjm?")]
    [InlineData("{ \"AllNodes\": [\"spp\"] }", "AllNodes:0: expected one of caiso, pjm, found 'spp'")]
    [InlineData("{ \"AllNodes\": [\"pjm\", \"pjm\"] }", "AllNodes:1: expected each publisher once, found 'pjm' again")]
    [InlineData("{ \"Port\": 1 ", "aurum.json: ")]
    public void A_wrong_setting_is_named_with_what_is_expected(string json, string message)
    {
        using var data = new DataFolder();
        data.Write("aurum.json", json);
        var error = Assert.Throws<OptionsException>(() => OptionsReader.Read(data.Path));
        Assert.Contains(message, error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{ \"Feeds\": [\"nyiso/laod\"] }", "there is no feed 'nyiso/laod'; did you mean nyiso/load?")]
    [InlineData("{ \"Sites\": { \"eia\": { \"Concurrency\": 1 } } }", "Sites:eia: there is no such site; the sites are aeso-api, ")]
    [InlineData("{ \"SecretsFile\": \"/nowhere/secrets\" }", "SecretsFile: there is no file '/nowhere/secrets'")]
    public async Task A_command_that_opens_the_data_refuses_names_that_are_not_there(string json, string message)
    {
        using var data = new DataFolder();
        data.Write("aurum.json", json);
        var ingest = await CommandRun.Of("ingest", Samples.PathOf("nyiso", "20251102palIntegrated_reduced.csv"), "--data", data.Path);
        Assert.Contains(message, ingest.Ended(2).Error, StringComparison.Ordinal);
    }
}
