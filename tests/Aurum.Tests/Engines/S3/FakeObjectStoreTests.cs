using System.Text;
using Aurum.Cluster.S3;
using Aurum.Store.Objects;
using Aurum.Tests.Engines.Servers;
using Aurum.Tests.Engines.Vault;

namespace Aurum.Tests.Engines.S3;

/// <summary>The same on a server that keeps <c>If-None-Match</c>, and with faults that a real server can't be made to have.</summary>
public sealed class FakeObjectStoreTests : ObjectStoreConformance
{
    private readonly FakeS3 _server = new();

    private protected override Task<S3Options> Server() => Task.FromResult(_server.Options with { RawBucket = "raw", RawPrefix = "a" });

    public override void Dispose()
    {
        base.Dispose();
        _server.Dispose();
    }

    [Fact]
    public async Task Keys_that_were_replaced_in_Vault_are_asked_for_when_the_old_ones_are_refused()
    {
        using var vault = new TurningVault(("AWS_ACCESS_KEY_ID", "key"), ("AWS_SECRET_ACCESS_KEY", "secret"));
        var objects = await Open(o => o.With(vault.Secrets));
        _server.AccessKey = "key";
        await objects.Put("x", Text("first"), default);
        _server.AccessKey = "key-2";
        vault.Turn("AWS_ACCESS_KEY_ID", "key-2");

        await objects.Put("x", Text("second"), default);

        Assert.Equal(Text("second"), await objects.Read("x", 100, default));
        Assert.NotNull(await objects.Find("x", default));
        _server.AccessKey = "key-3";
        var error = await Assert.ThrowsAsync<ObjectStoreException>(() => objects.Put("x", Text("third"), default));
        Assert.Equal(ObjectFailure.Refused, error.Kind);
    }

    [Fact]
    public async Task A_server_that_keeps_the_condition_needs_no_leases()
    {
        var objects = await Open();

        Assert.True((await objects.Capabilities(default)).PutIfAbsent);
        Assert.True(await objects.PutNew("x", Text("x"), default));
        Assert.DoesNotContain(_server.Requests, static r => r.Path.Contains(".lease/", StringComparison.Ordinal));
        Assert.Equal(["raw/a/x"], _server.Keys);
    }

    [Fact]
    public async Task A_server_that_ignores_or_refuses_the_condition_is_found_out()
    {
        _server.Condition = FakeCondition.Ignored;
        Assert.False((await (await Open()).Capabilities(default)).PutIfAbsent);
        _server.Condition = FakeCondition.Unknown;
        Assert.False((await (await Open()).Capabilities(default)).PutIfAbsent);
        Assert.Empty(_server.Keys);
    }

    [Fact]
    public async Task A_server_whose_answer_to_the_probe_is_lost_still_counts_as_one_that_keeps_the_condition()
    {
        var lost = 0;
        _server.Fault = r => r.Method == "PUT" && r.Path.Contains("/.aurum-probe/", StringComparison.Ordinal)
            && Interlocked.Increment(ref lost) == 1
            ? new FakeFault(500, IsAfter: true)
            : null;

        Assert.True((await (await Open()).Capabilities(default)).PutIfAbsent);
        Assert.Equal(3, lost);
        Assert.Empty(_server.Keys);
    }

    [Theory]
    [InlineData(S3Options.Condition)]
    [InlineData(S3Options.Lease)]
    public async Task A_new_object_whose_answer_is_lost_counts_as_written(string how)
    {
        var objects = await Open(o => o with { NewObjects = how });
        var lost = 0;
        _server.Fault = r => r is { Method: "PUT", Path: "raw/a/x" } && Interlocked.Increment(ref lost) == 1
            ? new FakeFault(500, IsAfter: true)
            : null;

        Assert.True(await objects.PutNew("x", Text("mine"), default));
        Assert.False(await objects.PutNew("x", Text("other"), default));
        Assert.Equal("mine", Encoding.UTF8.GetString((await objects.Read("x", 10, default))!));
    }

    [Fact]
    public async Task A_body_that_breaks_off_is_asked_for_again()
    {
        var objects = await Open();
        await objects.Put("x", new byte[100_000], default);
        var broken = 0;
        _server.Fault = _ => Interlocked.Increment(ref broken) == 1 ? new FakeFault(200, IsAfter: true, BreaksOff: true) : null;

        Assert.Equal(100_000, (await objects.Read("x", 1 << 20, default))!.Length);
        Assert.Equal(2, broken);
    }

    [Fact]
    public async Task A_file_is_sent_with_one_request_and_fetched_with_one()
    {
        var objects = await Open();
        await System.IO.File.WriteAllTextAsync(File("x"), "prices");
        await objects.Upload("x", File("x"), default);
        Assert.True(await objects.Download("x", File("back"), default));
        Assert.False(await objects.Download("y", File("none"), default));

        Assert.Equal("prices", await System.IO.File.ReadAllTextAsync(File("back")));
        Assert.False(System.IO.File.Exists(File("none")));
        var asked = _server.Requests.TakeLast(3).Select(static r => $"{r.Method} {r.Path}");
        Assert.Equal(["PUT raw/a/x", "GET raw/a/x", "GET raw/a/y"], asked);
    }

    [Fact]
    public async Task Bytes_that_are_not_those_that_were_written_are_never_handed_over()
    {
        var objects = await Open();
        await objects.Put("x", Text("price"), default);
        _server.Damage("raw/a/x");

        var error = await Assert.ThrowsAsync<ObjectStoreException>(() => objects.Read("x", 10, default));
        Assert.Equal(ObjectFailure.Damaged, error.Kind);
        await Assert.ThrowsAsync<ObjectStoreException>(() => objects.Download("x", File("x"), default));
        Assert.False(System.IO.File.Exists(File("x")));
    }

    [Fact]
    public async Task An_upload_that_fails_is_aborted()
    {
        var objects = await Open(static o => o with { Retries = 0 });
        await System.IO.File.WriteAllBytesAsync(File("large"), new byte[11 << 20]);
        _server.Fault = static r => r.Query["partNumber"] == "2" ? new FakeFault(403) : null;

        await Assert.ThrowsAsync<ObjectStoreException>(() => objects.Upload("large", File("large"), default));

        Assert.Equal(0, _server.OpenUploads);
        Assert.Empty(_server.Keys);
    }

    [Fact]
    public async Task A_body_goes_through_a_slow_line_although_it_takes_longer_than_a_request_without_one()
    {
        var objects = await Open(static o => o with { RequestSeconds = 1 });
        _server.BytesPerSecond = 512 << 10;

        await objects.Put("x", new byte[1 << 20], default);

        Assert.Single(_server.Requests);
        Assert.Equal(["raw/a/x"], _server.Keys);
    }

    [Fact]
    public async Task An_overloaded_server_is_asked_again()
    {
        var objects = await Open();
        var busy = 0;
        _server.Fault = _ => Interlocked.Increment(ref busy) <= 2 ? new FakeFault(503) : null;

        await objects.Put("x", Text("x"), default);

        Assert.Equal(["raw/a/x"], _server.Keys);
    }
}
