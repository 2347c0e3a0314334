using System.Text;
using Aurum.Cluster.S3;
using Aurum.Store.Objects;
using Aurum.Tests.Engines.Servers;

namespace Aurum.Tests.Engines.S3;

/// <summary>Leases: where a server has no conditional put, at most one writer's bytes stay, also where writers die or are stopped in
/// between.</summary>
public sealed class S3LeaseTests : IDisposable
{
    private readonly FakeS3 _server = new() { Condition = FakeCondition.Unknown };
    private readonly List<S3Connection> _connections = [];
    private readonly Random _random = new(11);

    public void Dispose()
    {
        _connections.ForEach(c => c.Dispose());
        _server.Dispose();
    }

    [Fact]
    public async Task Many_writers_create_each_object_once_and_leave_no_claims()
    {
        const int Writers = 6;
        var stores = Enumerable.Range(0, Writers).Select(_ => Open(TimeProvider.System)).ToList();
        for (var round = 0; round < 4; round++)
        {
            var key = $"v{round}";
            var written = await Task.WhenAll(stores.Select((s, i) => s.PutNew(key, Encoding.ASCII.GetBytes($"{i}"), default)));
            Assert.Single(written, static w => w);
            Assert.Equal($"{Array.IndexOf(written, true)}", Encoding.ASCII.GetString((await stores[0].Read(key, 9, default))!));
        }

        Assert.Equal(4, _server.Keys.Count);
    }

    [Fact]
    public async Task The_claim_of_a_dead_writer_is_waited_out_and_removed()
    {
        var time = new FastTime(50);
        var objects = Open(time);
        await objects.Put("x.lease/0000", Encoding.ASCII.GetBytes("dead"), default);
        var begun = time.GetTimestamp();

        Assert.True(await objects.PutNew("x", Encoding.ASCII.GetBytes("alive"), default));

        Assert.True(time.GetElapsedTime(begun) >= TimeSpan.FromSeconds(30 + 15));
        Assert.Equal(["raw/x"], _server.Keys);
    }

    [Fact]
    public async Task A_writer_that_was_stopped_before_its_put_is_refused_by_the_server_when_it_goes_on()
    {
        var late = Open(TimeProvider.System);
        _server.HeldUp = TimeSpan.FromMinutes(1);

        var error = await Assert.ThrowsAsync<ObjectStoreException>(() => late.PutNew("x", Encoding.ASCII.GetBytes("late"), default));

        Assert.Contains("403", error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("raw/x", _server.Keys);
        Assert.Single(_server.Keys, static k => k.StartsWith("raw/x.lease/", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_writer_whose_lease_was_over_before_it_sent_anything_takes_a_new_one()
    {
        var time = new AheadTime();
        _server.Fault = request =>
        {
            // The last look before the put takes longer than the lease, once.
            if (request.Method == "HEAD" && time.Ahead == TimeSpan.Zero && _server.Keys.Count == 1)
            {
                time.Ahead = TimeSpan.FromSeconds(40);
            }

            return null;
        };

        Assert.True(await Open(time).PutNew("x", Encoding.ASCII.GetBytes("x"), default));

        Assert.Equal(TimeSpan.FromSeconds(40), time.Ahead);
        var claims = _server.Requests.Where(static r => r.Method == "PUT" && r.Path.Contains(".lease/"));
        Assert.Equal(2, claims.DistinctBy(static r => r.Path).Count());
        Assert.Equal(["raw/x"], _server.Keys);
    }

    private IObjectStore Open(TimeProvider time)
    {
        var options = _server.Options with { RawBucket = "raw", RawPrefix = "", NewObjects = S3Options.Lease };
        var connection = new S3Connection(options, time, Token);
        _connections.Add(connection);
        return connection.Archive()!;
    }

    private ulong Token()
    {
        lock (_random)
        {
            return (ulong)_random.NextInt64();
        }
    }

    /// <summary>A clock whose seconds are short.</summary>
    private sealed class FastTime(int times) : TimeProvider
    {
        public override long TimestampFrequency => System.TimestampFrequency / times;

        public override long GetTimestamp() => System.GetTimestamp();

        public override DateTimeOffset GetUtcNow() => System.GetUtcNow();

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
            System.CreateTimer(callback, state, dueTime > TimeSpan.Zero ? dueTime / times : dueTime, period);
    }

    /// <summary>A clock that can jump.</summary>
    private sealed class AheadTime : TimeProvider
    {
        public TimeSpan Ahead { get; set; }

        public override long GetTimestamp() => System.GetTimestamp() + (long)(Ahead.TotalSeconds * System.TimestampFrequency);
    }
}
