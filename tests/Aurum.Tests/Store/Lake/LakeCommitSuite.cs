using Aurum.Store.Lake.Metadata;
using Aurum.Store.Lake.Storage;
using Aurum.Store.Lake.Writing;

namespace Aurum.Tests.Store.Lake;

/// <summary>Commits of several writers at once, and of writers that end in the middle.</summary>
public abstract class LakeCommitSuite : IDisposable
{
    private readonly LakeWorld _world;
    private readonly Func<int, LakeWorld, LakeWorld> _another;

    /// <param name="world">World.</param>
    /// <param name="another">Another program's view of the same tables, by its seed.</param>
    private protected LakeCommitSuite(LakeWorld world, Func<int, LakeWorld, LakeWorld> another) => (_world, _another) = (world, another);

    public virtual void Dispose()
    {
        _world.Dispose();
        GC.SuppressFinalize(this);
    }

    /// <summary>The place of the table with another storage.</summary>
    private protected virtual LakeHome Home(LakeWorld world, ILakeStorage storage) => new(storage, new MetadataFiles(storage));

    [Fact]
    public async Task Writers_that_commit_at_once_lose_nothing()
    {
        const int Commits = 8;
        _world.NewPrices();
        using var other = _another(2, _world);
        Task Write(LakeWorld world, int writer) => Task.Run(() =>
        {
            var table = world.Catalog.Table(LakeWorld.Prices);
            for (var i = 0; i < Commits; i++)
            {
                var row = new PriceRow(writer, $"W{writer}", i, i);
                var shared = new PriceRow(5, "SHARED", 1, writer);
                _ = i % 2 == 0 ? table.Append(LakeWorld.Rows(row)) : table.Upsert(LakeWorld.Rows(row, shared));
            }
        });

        await Task.WhenAll(Write(_world, 0), Write(_world, 1), Write(other, 2));

        var table = _world.Catalog.Table(LakeWorld.Prices);
        var rows = LakeWorld.Read(table);
        Assert.Equal(3 * Commits + 1, rows.Count);
        Assert.Single(rows, r => r.Place == "SHARED");
        Assert.Equal(3 * Commits, table.Metadata.Snapshots.Count);
        Assert.Equal(rows.Count, table.Metadata.Current!.Rows);
    }

    [Fact]
    public void A_writer_that_dies_at_any_step_leaves_the_table_as_before_or_as_after()
    {
        var table = _world.NewPrices();
        table.Append(LakeWorld.Rows(new PriceRow(0, "A", 1, 1), new PriceRow(1, "A", 1, 2)));
        var deaths = 0;
        for (var step = 1; ; step++)
        {
            var before = LakeWorld.Read(table);
            var row = new PriceRow(0, "A", 1, 100 + step);
            var storage = new DyingStorage(_world.Storage(LakeWorld.Prices)) { StepsToLive = step };
            try
            {
                _world.Catalog.Table(LakeWorld.Prices, Home(_world, storage)).Upsert(LakeWorld.Rows(row));
                break;
            }
            catch (IOException)
            {
                deaths++;
            }

            var after = LakeWorld.Read(table);
            Assert.True(
                after.SequenceEqual(before) || after.SequenceEqual([row, before[1]]), $"died at step {step}: {string.Join(", ", after)}");
            Assert.Equal(after.Count, table.Metadata.Current!.Rows);
        }

        Assert.InRange(deaths, 4, 30);
        table.Compact(CompactionOptions.Everything);
        Assert.True(table.RemoveOrphans(NodaTime.Duration.Zero - NodaTime.Duration.FromDays(100_000)) > 0);
        Assert.Equal(2, LakeWorld.Read(table).Count);
    }

    /// <summary>A storage whose process ends before a step of writing is done.</summary>
    private sealed class DyingStorage(ILakeStorage inner) : ILakeStorage
    {
        public int StepsToLive { get; set; }

        public string Location => inner.Location;

        public byte[] Read(string path) => inner.Read(path);

        public bool Exists(string path) => inner.Exists(path);

        public bool CreateNew(string path, ReadOnlySpan<byte> bytes)
        {
            Live();
            return inner.CreateNew(path, bytes);
        }

        public void Replace(string path, ReadOnlySpan<byte> bytes)
        {
            Live();
            inner.Replace(path, bytes);
        }

        public void Adopt(IReadOnlyList<(string LocalFile, string Path)> files)
        {
            Live();
            inner.Adopt(files);
        }

        public IReadOnlyList<LakeFileInfo> List(string folder) => inner.List(folder);

        public void Delete(string path)
        {
            Live();
            inner.Delete(path);
        }

        public string EnginePath(string path) => inner.EnginePath(path);

        public void Bring(IReadOnlyList<string> paths) => inner.Bring(paths);

        public string NameOf(string path) => inner.NameOf(path);

        private void Live()
        {
            if (--StepsToLive <= 0)
            {
                throw new IOException("the process has ended");
            }
        }
    }
}
