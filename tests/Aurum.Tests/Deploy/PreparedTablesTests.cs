using System.Text.Json;
using Aurum.Tests.Commands;
using Aurum.Tests.Engines.Servers;

namespace Aurum.Tests.Deploy;

/// <summary>What the compose file does with PostgreSQL before anything else starts, done to a server of its own.</summary>
public sealed class PreparedTablesTests : IDisposable
{
    private const string Password = "it's a \"word\" of $HOME";

    private readonly PostgresServer _server = new();
    private readonly DataFolder _owner = new();
    private readonly DataFolder _data = new();

    public void Dispose()
    {
        _data.Dispose();
        _owner.Dispose();
        _server.Dispose();
    }

    [Fact]
    public async Task The_role_and_the_rights_that_it_makes_are_enough_to_work_with()
    {
        var owner = $"postgresql://power:aurum@127.0.0.1:{_server.Port}/aurum";
        PostgresServer.Psql(owner, "DROP ROLE aurum_app");
        for (var again = 0; again < 2; again++)
        {
            var (code, output) = await Deployed.Run(
                "sh",
                [Deployed.PathOf("compose", "prepare-postgres.sh")],
                new Dictionary<string, string>
                {
                    ["PGHOST"] = "127.0.0.1",
                    ["PGPORT"] = $"{_server.Port}",
                    ["PGUSER"] = "power",
                    ["PGPASSWORD"] = "aurum",
                    ["PGDATABASE"] = "aurum",
                    ["AURUM_APP_PASSWORD"] = Password,
                });
            Assert.True(code == 0, output);
        }

        var compose = await Deployed.Json("compose.mjs", Deployed.PathOf("compose", "compose.yaml"));
        var role = $"{compose.GetProperty("services").GetProperty("prepare-tables").GetProperty("environment")
            .GetProperty("AURUM__Postgres__AppRole")}";
        _owner.Write("aurum.json", JsonSerializer.Serialize(new { Postgres = new { Dsn = owner, AppRole = role } }));
        var quoted = $"\"{Password.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
        var asRole = $"Host=127.0.0.1;Port={_server.Port};Database=aurum;Username=aurum_app;Password={quoted}";
        _data.Write("aurum.json", JsonSerializer.Serialize(new { Postgres = new { Dsn = asRole } }));

        (await Aurum(_data, "db", "status")).Ended(1);
        (await Aurum(_owner, "db", "migrate")).Ended(0);
        (await Aurum(_data, "db", "status")).Ended(0);
        Assert.Equal(
            "nyiso/day-ahead-lmp-zone 2025-11-02: 375 new\n",
            (await Aurum(_data, "fetch", "nyiso/day-ahead-lmp-zone", "--day", "2025-11-02", "--sandbox")).Ended(0).Out);
        Assert.Equal(
            "marquez\nnessie",
            PostgresServer.Psql(owner, "SELECT datname FROM pg_database WHERE datname IN ('nessie', 'marquez') ORDER BY 1"));
    }

    private static Task<CommandRun> Aurum(DataFolder data, params string[] arguments) => CommandRun.Of([.. arguments, "--data", data.Path]);
}
