using Aurum.Store.Lake.Writing;
using Aurum.Tests.Engines.Servers;
using Aurum.Tests.Store.Lake;

namespace Aurum.Tests.Engines.S3;

/// <summary>The lake on a real S3 server: commits by lease, a server that goes away in between.</summary>
[Collection(SwiftTests.Name)]
public sealed class SwiftLakeTests(SwiftServer swift) : IDisposable
{
    private S3Lakes? _lakes;

    public void Dispose() => _lakes?.Dispose();

    [Fact]
    public async Task Two_writers_commit_in_turn_and_lose_nothing()
    {
        _lakes = new S3Lakes(swift.Options with { CuratedBucket = await swift.NewBucket() });
        using var one = _lakes.World();
        using var two = _lakes.World(2);
        one.NewPrices();
        Task Write(LakeWorld world, int writer) => Task.Run(() =>
        {
            for (var i = 0; i < 3; i++)
            {
                world.Catalog.Table(LakeWorld.Prices).Append(LakeWorld.Rows(new PriceRow(writer, $"W{writer}", i, i)));
            }
        });

        await Task.WhenAll(Write(one, 0), Write(two, 1));

        var table = two.Catalog.Table(LakeWorld.Prices);
        Assert.Equal(6, LakeWorld.Read(table).Count);
        table.Compact(CompactionOptions.Everything);
        Assert.Equal(6, LakeWorld.Read(one.Catalog.Table(LakeWorld.Prices)).Count);
    }

    [Fact]
    public async Task A_commit_while_the_server_is_away_fails_and_the_next_one_succeeds()
    {
        var options = swift.Options with { CuratedBucket = await swift.NewBucket(), Retries = 0, RequestSeconds = 1, TotalSeconds = 1 };
        _lakes = new S3Lakes(options);
        using var world = _lakes.World();
        var table = world.NewPrices();
        swift.Pause();
        try
        {
            Assert.ThrowsAny<IOException>(() => table.Append(LakeWorld.Rows(new PriceRow(0, "A", 1, 1))));
        }
        finally
        {
            swift.Resume();
        }

        using var patient = new S3Lakes(swift.Options with { CuratedBucket = options.CuratedBucket });
        using var after = patient.World(2);
        after.Catalog.Table(LakeWorld.Prices).Append(LakeWorld.Rows(new PriceRow(0, "A", 2, 2)));
        Assert.Equal(2, Assert.Single(LakeWorld.Read(after.Catalog.Table(LakeWorld.Prices))).Hour);
    }
}
