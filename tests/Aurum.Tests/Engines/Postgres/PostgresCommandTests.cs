using System.Text.Json;
using Aurum.Tests.Commands;
using Aurum.Tests.Curves;
using Aurum.Tests.Engines.Servers;
using NodaTime;

namespace Aurum.Tests.Engines.Postgres;

/// <summary>The program's own commands over PostgreSQL.</summary>
[Collection("PostgreSQL")]
public sealed class PostgresCommandTests : IDisposable
{
    private readonly DataFolder _data = new();
    private readonly PostgresStores _stores;

    public PostgresCommandTests(PostgresServer server)
    {
        _stores = new PostgresStores(server, isNew: true);
        _data.Write("aurum.json", JsonSerializer.Serialize(new
        {
            Postgres = new { _stores.Options.Dsn, _stores.Options.OwnerDsn, _stores.Options.Schema, _stores.Options.AppRole },
        }));
    }

    public void Dispose()
    {
        _data.Dispose();
        _stores.Dispose();
    }

    [Fact]
    public async Task A_day_is_fetched_asked_for_and_replayed_as_with_the_file()
    {
        Assert.Contains("to be done", (await Aurum("db", "status")).Ended(1).Out, StringComparison.Ordinal);
        Assert.Contains("done '0001 counters'", (await Aurum("db", "migrate")).Ended(0).Out, StringComparison.Ordinal);
        Assert.Contains("in the present form", (await Aurum("db", "migrate")).Ended(0).Out, StringComparison.Ordinal);
        string[] fetch = ["fetch", "nyiso/day-ahead-lmp-zone", "--day", "2025-11-02", "--sandbox"];
        Assert.Equal("nyiso/day-ahead-lmp-zone 2025-11-02: 375 new\n", (await Aurum(fetch)).Ended(0).Out);
        Assert.Equal("nyiso/day-ahead-lmp-zone 2025-11-02: 375 identical\n", (await Aurum(fetch)).Ended(0).Out);
        Assert.Equal("375", _stores.Psql("SELECT count(*) FROM iso_lmp"));
        Assert.False(File.Exists(Path.Combine(_data.Path, "aurum.duckdb")));

        Assert.Equal("n\n375\n", (await Aurum("sql", "select count(*) as n from iso_lmp")).Ended(0).Out);
        Assert.StartsWith(
            "nyiso/day-ahead-lmp-zone,2025-11-02,1,0,375,", (await Aurum("status")).Ended(0).Lines[1], StringComparison.Ordinal);
        (await Aurum("gaps", "--all")).Ended(0);
        (await Aurum("warnings")).Ended(0);
        (await Aurum("drift")).Ended(0);
        Assert.Contains("every hash holds", (await Aurum("replay", "--verify")).Ended(0).Out, StringComparison.Ordinal);
        var doctor = await Aurum("doctor");
        Assert.Contains("PostgreSQL 1", doctor.Out, StringComparison.Ordinal);
        Assert.DoesNotContain("aurum:aurum", doctor.Out + doctor.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_lake_follows_prices_series_and_curves_and_is_equal_to_the_store()
    {
        (await Aurum("db", "migrate")).Ended(0);
        (await Aurum("fetch", "nyiso/day-ahead-lmp-zone", "--day", "2025-11-02", "--sandbox")).Ended(0);
        var book = Path.Combine(_data.Path, CurveRig.NameOf("eugp", new LocalDate(2025, 11, 4)));
        await File.WriteAllBytesAsync(book, CurveRig.Book("eugp", new LocalDate(2025, 11, 4)));
        (await Aurum("curves", "load", book)).Ended(0);
        await File.WriteAllTextAsync(book, "no workbook");
        (await Aurum("curves", "load", book)).Ended(1);

        var tables = (await Aurum("lake", "tables", "--format", "csv")).Ended(0).Lines.Skip(1).Select(static l => l.Split(',')[0]);

        Assert.Equal(
            [
                "market.curve_dead_letter", "market.curve_observation", "market.curve_observation_quarantine", "market.iso_lmp",
                "raw.curve_landing",
            ],
            tables.Order(StringComparer.Ordinal));
        var verified = (await Aurum("lake", "verify")).Ended(0).Out;
        Assert.DoesNotContain("DIFFERENT", verified, StringComparison.Ordinal);
        Assert.Contains("375", verified, StringComparison.Ordinal);
        (await Aurum("lake", "compact")).Ended(0);
        (await Aurum("lake", "expire")).Ended(0);
        Assert.Equal("0 rows in 0 commits\n", (await Aurum("lake", "sync")).Ended(0).Out);
    }

    [Fact]
    public async Task What_writes_is_refused_as_sql()
    {
        Assert.Contains("only queries", (await Aurum("sql", "delete from feeds")).Ended(2).Error, StringComparison.Ordinal);
    }

    private Task<CommandRun> Aurum(params string[] arguments) => CommandRun.Of([.. arguments, "--data", _data.Path]);
}
