using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using Aurum.Cluster.Redis;
using Aurum.Cluster.Redis.Wire;
using Aurum.Tests.Engines.Servers;
using Aurum.Tests.Engines.Vault;

namespace Aurum.Tests.Engines.Redis;

[Collection(RedisTests.Name)]
public sealed class RedisClientTests(RedisServer server)
{
    [Fact]
    public async Task Speaks_RESP3_with_the_real_server()
    {
        await using var client = Open(server.Options);

        await client.Call(["DEL", "t:text", "t:hash", "t:set", "t:scores"], default);
        Assert.Equal("OK", (await client.Call(["SET", "t:text", "prix de l'électricité"], default)).Text);
        Assert.Equal("prix de l'électricité", (await client.Call(["GET", "t:text"], default)).Text);
        Assert.True((await client.Call(["GET", "t:none"], default)).IsNull);
        await client.Call(["HSET", "t:hash", "a", 1, "b", 2], default);
        var hash = await client.Call(["HGETALL", "t:hash"], default);
        Assert.Equal((RespKind.Map, 2L), (hash.Kind, hash["b"].Number));
        await client.Call(["SADD", "t:set", "x"], default);
        Assert.Equal(RespKind.Set, (await client.Call(["SMEMBERS", "t:set"], default)).Kind);
        await client.Call(["ZADD", "t:scores", "1.5", "m"], default);
        Assert.Equal(1.5, (await client.Call(["ZSCORE", "t:scores", "m"], default)).Double);
        Assert.StartsWith("7.", client.ServerVersion, StringComparison.Ordinal);

        // An independent reader.
        Assert.Equal("prix de l'électricité", await server.Cli("--raw", "GET", "t:text"));
    }

    [Fact]
    public async Task Replies_of_many_callers_come_to_those_who_asked()
    {
        await using var client = Open(server.Options with { Connections = 2 });

        var callers = Enumerable.Range(0, 16).Select(caller => Task.Run(async () =>
        {
            var replies = Enumerable.Range(0, 500).Select(i => client.Call(["ECHO", $"{caller}-{i}"], default)).ToList();
            for (var i = 0; i < replies.Count; i++)
            {
                Assert.Equal($"{caller}-{i}", (await replies[i]).Text);
            }
        }));

        await Task.WhenAll(callers);
        Assert.Equal(0, client.Pending);
    }

    [Fact]
    public async Task A_large_value_goes_there_and_back()
    {
        await using var client = Open(server.Options);
        var value = RandomNumberGenerator.GetBytes(9_000_000);

        await client.Call(["SET", "t:large", value], default);

        Assert.True((await client.Call(["GET", "t:large"], default)).Bytes.Span.SequenceEqual(value));
        await client.Call(["DEL", "t:large"], default);
    }

    [Fact]
    public async Task A_refused_command_says_why_and_stops_no_other()
    {
        await using var client = Open(server.Options);
        await client.Call(["SET", "t:refused", "x"], default);

        var error = await Assert.ThrowsAsync<RedisException>(() => client.Call(["LPUSH", "t:refused", "1"], default));
        var batch = new RedisBatch();
        batch.Add(["LPUSH", "t:refused", "1"]);
        batch.Add(["GET", "t:refused"]);
        var replies = await client.Call(batch, default);

        Assert.Equal((RedisFault.Refused, "WRONGTYPE"), (error.Fault, error.Code));
        Assert.Equal("WRONGTYPE", RedisClient.RefusalIn(replies)!.Code);
        Assert.Equal("x", replies[1].Text);
    }

    [Fact]
    public async Task A_caller_that_gives_up_leaves_the_others_their_replies()
    {
        await using var client = Open(server.Options);
        await client.Call(["PING"], default);
        using var stop = new CancellationTokenSource();
        server.Pause();
        try
        {
            var given = client.Call(["ECHO", "given up"], stop.Token);
            var next = client.Call(["ECHO", "next"], default);

            await stop.CancelAsync();

            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => given);
            server.Resume();
            Assert.Equal("next", (await next).Text);
        }
        finally
        {
            server.Resume();
        }
    }

    [Fact]
    public async Task More_commands_than_may_wait_are_refused_at_once()
    {
        await using var client = Open(server.Options with { MaxPendingCommands = 10 });
        await client.Call(["PING"], default);
        server.Pause();
        try
        {
            var calls = Enumerable.Range(0, 30).Select(_ => client.Call(["PING"], default)).ToList();

            var refused = calls.Where(static c => c.IsFaulted).ToList();
            Assert.Equal(20, refused.Count);
            var error = await Assert.ThrowsAsync<RedisException>(() => refused[0]);
            Assert.Equal(RedisFault.Busy, error.Fault);
            Assert.Contains("Redis:MaxPendingCommands", error.Message, StringComparison.Ordinal);
        }
        finally
        {
            server.Resume();
        }

        await Eventually(async () => (await client.Call(["PING"], default)).Text == "PONG");
    }

    [Fact]
    public async Task A_new_password_of_Vault_is_used_when_the_connection_is_made_again_and_the_old_one_is_refused()
    {
        await server.Cli("ACL", "SETUSER", "turning", "on", ">one", "~*", "&*", "+@all");
        using var vault = new TurningVault(("AURUM__Redis__Password", "one"));
        var options = server.Options with { User = "turning", Password = "one" };
        await using var client = Open(options.With(vault.Secrets));
        await client.Call(["SET", "t:turning", "1"], default);
        await server.Cli("ACL", "SETUSER", "turning", "resetpass", ">two");
        vault.Turn("AURUM__Redis__Password", "two");

        // A connection that was let in stays.
        await client.Call(["INCR", "t:turning"], default);
        Assert.Equal(1, vault.Reads);
        await server.Cli("CLIENT", "KILL", "USER", "turning");
        await Eventually(async () => (await client.Call(["INCR", "t:turning"], default)).Number > 2);

        Assert.Equal(2, vault.Reads);
        await using var old = Open(options);
        var refused = await Assert.ThrowsAsync<RedisException>(() => old.Call(["PING"], default));
        Assert.Equal(RedisFault.Login, refused.Fault);
    }

    [Fact]
    public async Task A_password_that_Vault_no_longer_gives_is_an_error_that_says_where_it_is_kept()
    {
        using var vault = new TurningVault(("AURUM__Redis__Password", "one"));
        vault.Delete();
        vault.Secrets.Renew(["Redis:Password"], default);
        await using var client = Open((server.Options with { User = "turning", Password = "one" }).With(vault.Secrets));
        var error = await Assert.ThrowsAsync<RedisException>(() => client.Call(["PING"], default));
        Assert.Equal(RedisFault.Login, error.Fault);
        Assert.Contains(
            "Vault has no secret secret/data/aurum/engines (for AURUM__Redis__Password)", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Logs_in_as_a_user_and_chooses_a_database()
    {
        await server.Cli("ACL", "SETUSER", "trader", "on", ">s3cret pass", "~*", "&*", "+@all");
        var options = server.Options with { User = "trader", Password = "s3cret pass", Database = 3 };
        await using var client = Open(options);

        Assert.Equal("trader", (await client.Call(["ACL", "WHOAMI"], default)).Text);
        await client.Call(["SET", "t:database", "3"], default);

        Assert.Equal("3", await server.Cli("-n", "3", "GET", "t:database"));
        Assert.Equal("", await server.Cli("GET", "t:database"));
        Assert.DoesNotContain("s3cret", options.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_wrong_password_is_told_without_repeating_it()
    {
        await server.Cli("ACL", "SETUSER", "reader", "on", ">right", "~*", "+@all");
        await using var client = Open(server.Options with { User = "reader", Password = "wrong-one" });

        var error = await Assert.ThrowsAsync<RedisException>(() => client.Call(["PING"], default));

        Assert.Equal(RedisFault.Login, error.Fault);
        Assert.Contains("'reader' and its password are not taken (Redis:User, Redis:Password)", error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("wrong-one", error.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_database_that_is_not_there_is_told()
    {
        await using var client = Open(server.Options with { Database = 900 });

        var error = await Assert.ThrowsAsync<RedisException>(() => client.Call(["PING"], default));

        Assert.Contains("the server has no database 900 (Redis:Database)", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Nobody_at_the_address_is_told_at_once()
    {
        await using var client = Open(new RedisOptions { Port = ServerProcess.FreePort(), ReconnectMs = 60_000 });

        var error = await Assert.ThrowsAsync<RedisException>(() => client.Call(["PING"], default));
        var second = client.Call(["PING"], default);

        Assert.Equal(RedisFault.Unreachable, error.Fault);
        Assert.False(client.IsConnected);
        await Assert.ThrowsAsync<RedisException>(() => second);
    }

    [Fact]
    public async Task Comes_back_by_itself_after_kill_9_and_a_restart()
    {
        var own = await RedisServer.Start();
        var told = new List<string>();
        await using var client = new RedisClient(own.Options, TimeProvider.System, new Random(1), tell: told.Add);
        await client.Call(["SET", "t:kept", "1"], default);

        own.Kill();
        await Eventually(() => Task.FromResult(!client.IsConnected));
        await Assert.ThrowsAsync<RedisException>(() => client.Call(["GET", "t:kept"], default));
        await own.Restart();
        await Eventually(async () => (await client.Call(["GET", "t:kept"], default)).IsNull);

        Assert.Equal(2, client.Connections);
        Assert.EndsWith("all goes on without it", told[0], StringComparison.Ordinal);
        Assert.StartsWith("redis: connected to redis://127.0.0.1", told[^1], StringComparison.Ordinal);
        await own.DisposeAsync();
    }

    [Fact]
    public async Task A_frozen_server_is_left_after_the_timeout_and_taken_again_when_it_thaws()
    {
        var own = await RedisServer.Start();
        await using var client = Open(own.Options with { RequestTimeoutMs = 500, ConnectTimeoutMs = 500 });
        await Eventually(async () => (await client.Call(["PING"], default)).Text == "PONG");

        own.Pause();
        var error = await Assert.ThrowsAsync<RedisException>(() => client.Call(["PING"], default));
        Assert.Equal(RedisFault.Timeout, error.Fault);
        Assert.Contains("TimeoutMs)", error.Message, StringComparison.Ordinal);
        await Eventually(() => Task.FromResult(!client.IsConnected));

        // Nobody waits for it now.
        Assert.True(client.Call(["PING"], default) is { IsCompleted: true, IsFaulted: true } || !client.IsConnected);
        own.Resume();
        await Eventually(async () => (await client.Call(["PING"], default)).Text == "PONG");
        await own.DisposeAsync();
    }

    [Fact]
    public async Task Messages_are_heard_again_after_the_connection_was_lost_and_the_gap_is_told()
    {
        var own = await RedisServer.Start();
        await using var subscriber = new RedisSubscriber(own.Options, ["t:news", "t:all:*"], TimeProvider.System, new Random(1));
        await using var client = Open(own.Options);
        using var stop = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        await using var messages = subscriber.Read(stop.Token).GetAsyncEnumerator();

        Assert.True((await Next(messages)).IsGap);
        await client.Call(["PUBLISH", "t:news", "one"], default);
        Assert.Equal(("t:news", "one"), Shown(await Next(messages)));
        await client.Call(["PUBLISH", "t:all:prices", "two"], default);
        Assert.Equal(("t:all:prices", "two"), Shown(await Next(messages)));

        own.Kill();
        await own.Restart();
        Assert.True((await Next(messages)).IsGap);
        await Eventually(async () => (await client.Call(["PUBLISH", "t:news", "three"], default)).Number == 1);
        Assert.Equal(("t:news", "three"), Shown(await Next(messages)));
        await own.DisposeAsync();
    }

    [Fact]
    public async Task An_encrypted_connection_checks_who_answers()
    {
        using var folder = new TestFolder();
        Certificates(folder);
        var own = await RedisServer.Start(
            "--tls-cert-file", folder["server.pem"], "--tls-key-file", folder["server.key"],
            "--tls-ca-cert-file", folder["ca.pem"], "--tls-auth-clients", "no");
        await using var client = Open(own.Options with { Tls = true, TlsCaFile = folder["ca.pem"] });
        await using var distrusting = Open(own.Options with { Tls = true });

        Assert.Equal("PONG", (await client.Call(["PING"], default)).Text);
        var error = await Assert.ThrowsAsync<RedisException>(() => distrusting.Call(["PING"], default));

        Assert.Contains("TLS failed", error.Message, StringComparison.Ordinal);
        await own.DisposeAsync();
    }

    [Theory]
    [InlineData("redis://cache.example", "redis://cache.example:6379/0", null)]
    [InlineData("rediss://trader:a%3Ab@[::1]:7000/2", "rediss://trader@::1:7000/2", "a:b")]
    [InlineData("redis://:pass@10.0.0.5:6380", "redis://10.0.0.5:6380/0", "pass")]
    public void An_address_says_host_login_and_database(string address, string shown, string? password)
    {
        var options = RedisOptions.Of(address);

        Assert.Equal((shown, password), (options.Address, options.Password));
        options.Check();
    }

    [Fact]
    public void A_setting_out_of_range_is_named()
    {
        var error = Assert.Throws<ArgumentException>(() => new RedisOptions { Namespace = "a:b" }.Check());
        Assert.Equal("Redis:Namespace: expected 1 to 64 letters, digits, '.', '_' and '-', found 'a:b'", error.Message);
        Assert.Throws<ArgumentException>(() => RedisOptions.Of("http://x"));
        Assert.Throws<ArgumentException>(() => new RedisOptions { LockMs = 1 }.Check());
    }

    internal static RedisClient Open(RedisOptions options) => new(options, TimeProvider.System, new Random(1));

    /// <summary>Tries again until it holds; what Redis says meanwhile is a no.</summary>
    internal static async Task Eventually(Func<Task<bool>> holds)
    {
        for (var i = 0; i < 1_500; i++)
        {
            try
            {
                if (await holds())
                {
                    return;
                }
            }
            catch (RedisException)
            {
                // Not yet.
            }

            await Task.Delay(20);
        }

        Assert.Fail("it did not come to that within 30 s");
    }

    private static async Task<RedisMessage> Next(IAsyncEnumerator<RedisMessage> messages)
    {
        Assert.True(await messages.MoveNextAsync());
        return messages.Current;
    }

    private static (string, string) Shown(RedisMessage message) => (message.Channel, Encoding.UTF8.GetString(message.Payload.Span));

    private static void Certificates(TestFolder folder)
    {
        var (from, to) = (DateTimeOffset.UnixEpoch.AddYears(50), DateTimeOffset.UnixEpoch.AddYears(130));
        using var authorityKey = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var authorityRequest = new CertificateRequest("CN=Aurum tests", authorityKey, HashAlgorithmName.SHA256);
        authorityRequest.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        using var authority = authorityRequest.CreateSelfSigned(from, to);
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=127.0.0.1", key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddIpAddress(IPAddress.Loopback);
        request.CertificateExtensions.Add(names.Build());
        using var certificate = request.Create(authority, from, to, [1, 2, 3]);
        File.WriteAllText(folder["ca.pem"], authority.ExportCertificatePem());
        File.WriteAllText(folder["server.pem"], certificate.ExportCertificatePem());
        File.WriteAllText(folder["server.key"], key.ExportPkcs8PrivateKeyPem());
    }
}
