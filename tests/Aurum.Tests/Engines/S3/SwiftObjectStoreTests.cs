using System.Text;
using Aurum.Cluster;
using Aurum.Cluster.S3;
using Aurum.Store.Objects;
using Aurum.Tests.Engines.Servers;

namespace Aurum.Tests.Engines.S3;

/// <summary>The same on a real server, and what happens where it is stopped, slow or refuses.</summary>
[Collection(SwiftTests.Name)]
public sealed class SwiftObjectStoreTests(SwiftServer swift) : ObjectStoreConformance
{
    private const long LargestFile = 1 << 20;

    private static readonly byte[] Large = new byte[2 * LargestFile];

    private string? _bucket;

    private protected override async Task<S3Options> Server() =>
        swift.Options with { RawBucket = _bucket ??= await swift.NewBucket(), RawPrefix = "raw" };

    [Fact]
    public async Task It_has_no_conditional_put_and_is_found_out()
    {
        Assert.False((await (await Open()).Capabilities(default)).PutIfAbsent);
    }

    [Fact]
    public async Task A_frozen_server_is_given_up_in_time_and_used_again_when_it_goes_on()
    {
        var objects = await Open(static o => o with { RequestSeconds = 1, TotalSeconds = 2, Retries = 1 });
        await objects.Put("before", Text("x"), default);
        swift.Pause();
        try
        {
            var error = await Assert.ThrowsAsync<ObjectStoreException>(() => objects.Put("during", Text("y"), default));
            Assert.Equal(ObjectFailure.Unavailable, error.Kind);
            Assert.Contains("/raw/during", error.Message, StringComparison.Ordinal);
        }
        finally
        {
            swift.Resume();
        }

        await (await Open()).Put("during", Text("z"), default);
        Assert.Equal("z", Encoding.UTF8.GetString((await (await Open()).Read("during", 10, default))!));
    }

    [Fact]
    public async Task A_server_that_was_killed_is_used_again_when_it_is_back()
    {
        var objects = await Open(static o => o with { TotalSeconds = 3, Retries = 1 });
        await objects.Put("before", Text("x"), default);
        swift.KillProxy();
        try
        {
            var error = await Assert.ThrowsAsync<ObjectStoreException>(() => objects.Read("before", 10, default));
            Assert.Equal(ObjectFailure.Unavailable, error.Kind);
        }
        finally
        {
            await swift.StartProxy();
        }

        Assert.Equal("x", Encoding.UTF8.GetString((await (await Open()).Read("before", 10, default))!));
    }

    [Fact]
    public async Task A_server_without_room_takes_nothing_of_an_object_and_all_of_it_when_there_is_room()
    {
        var objects = await Open(static o => o with { TotalSeconds = 3, Retries = 1 });
        await objects.Put("before", Text("x"), default);
        swift.LimitFiles(LargestFile);
        try
        {
            var error = await Assert.ThrowsAsync<ObjectStoreException>(() => objects.Put("during", Large, default));
            Assert.Equal(ObjectFailure.Unavailable, error.Kind);
            Assert.Null(await objects.Read("during", Large.Length, default));
            Assert.Equal("x", Encoding.UTF8.GetString((await objects.Read("before", 10, default))!));
        }
        finally
        {
            swift.LimitFiles(null);
        }

        await objects.Put("during", Large, default);
        Assert.Equal(Large, await objects.Read("during", Large.Length, default));
    }

    [Fact]
    public async Task Wrong_keys_are_refused_by_name_without_printing_them()
    {
        var objects = await Open(static o => o with { SecretKey = "not-the-secret" });

        var error = await Assert.ThrowsAsync<ObjectStoreException>(() => objects.Put("x", Text("x"), default));

        Assert.Equal(ObjectFailure.Refused, error.Kind);
        Assert.DoesNotContain("not-the-secret", error.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_doctor_says_how_it_stands_and_what_to_do()
    {
        var options = await Server();
        var well = Assert.Single(await S3Check.Run(options, default));
        Assert.Equal(EngineState.Well, well.State);
        Assert.Contains("a lease", well.What, StringComparison.Ordinal);

        var missing = Assert.Single(await S3Check.Run(options with { RawBucket = "not-there" }, default));
        Assert.Equal(EngineState.Failed, missing.State);
        Assert.Contains("S3:RawBucket", missing.ToDo, StringComparison.Ordinal);

        var wrong = Assert.Single(await S3Check.Run(options with { SecretKey = "other" }, default));
        Assert.Contains("S3:SecretKey", wrong.ToDo, StringComparison.Ordinal);
        Assert.DoesNotContain("other", wrong.What, StringComparison.Ordinal);
    }
}
