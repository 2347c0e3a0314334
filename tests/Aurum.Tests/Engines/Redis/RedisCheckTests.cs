using Aurum.Cluster;
using Aurum.Cluster.Redis;
using Aurum.Tests.Engines.Servers;

namespace Aurum.Tests.Engines.Redis;

[Collection(RedisTests.Name)]
public sealed class RedisCheckTests(RedisServer server)
{
    [Fact]
    public async Task A_server_that_will_do_is_well_but_for_its_memory()
    {
        var findings = await RedisCheck.Run(server.Options, default);

        Assert.Equal([EngineState.Well, EngineState.Warned], findings.Select(static f => f.State));
        Assert.Matches("^Redis 7[.0-9]+ at redis://127[.]0[.]0[.]1:[0-9]+/0$", findings[0].What);
        Assert.Equal("the server has no limit of memory", findings[1].What);
    }

    [Fact]
    public async Task Says_what_a_user_may_not_do_and_how_to_let_it()
    {
        await server.Cli(
            "ACL", "SETUSER", "weak", "on", ">pass", "~aurum:*", "resetchannels", "+@read", "+@write", "+@connection", "+info");

        var findings = await RedisCheck.Run(server.Options with { User = "weak", Password = "pass" }, default);

        var failed = findings.Where(static f => f.State == EngineState.Failed).ToList();
        Assert.Equal(["EVAL", "PUBLISH"], failed.Select(static f => f.What.Split(' ')[0]));
        Assert.All(failed, static f => Assert.Contains("channels &aurum:*", f.ToDo, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Says_who_is_not_let_in_without_the_password()
    {
        var finding = Assert.Single(await RedisCheck.Run(server.Options with { User = "nobody", Password = "pa55" }, default));

        Assert.Equal(EngineState.Failed, finding.State);
        Assert.Contains("Redis:Password", finding.ToDo, StringComparison.Ordinal);
        Assert.DoesNotContain("pa55", finding.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Says_that_nobody_is_there()
    {
        var port = ServerProcess.FreePort();

        var finding = Assert.Single(await RedisCheck.Run(new RedisOptions { Port = port }, default));

        Assert.Equal(EngineState.Failed, finding.State);
        Assert.Contains($"listens at 127.0.0.1:{port}", finding.ToDo, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Says_what_a_full_server_needs()
    {
        var own = await RedisServer.Start("--maxmemory-policy", "noeviction");
        await own.Cli("CONFIG", "SET", "maxmemory", "1");

        var findings = await RedisCheck.Run(own.Options, default);

        Assert.Contains(findings, static f => f.State == EngineState.Failed && f.What.StartsWith("SET", StringComparison.Ordinal)
            && f.ToDo!.Contains("allkeys-lru", StringComparison.Ordinal));
        Assert.Contains(findings, static f => f.State == EngineState.Warned && f.What.Contains("noeviction", StringComparison.Ordinal));
        await own.DisposeAsync();
    }
}
