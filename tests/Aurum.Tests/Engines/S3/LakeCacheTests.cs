using Aurum.Cluster.S3;
using Aurum.Store.Lake;

namespace Aurum.Tests.Engines.S3;

/// <summary>The local cache keeps its bound, and never takes a file away that a query has just asked for.</summary>
public sealed class LakeCacheTests : IDisposable
{
    private readonly TestFolder _folder = new();
    private readonly Hand _time = new();
    private readonly LakeCache _cache;

    public LakeCacheTests() => _cache = new LakeCache(_folder["cache"], 1_000, TimeSpan.FromMinutes(15), _time);

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void What_was_not_asked_for_longest_goes_first()
    {
        Add("a", 400);
        _time.Now += TimeSpan.FromHours(1);
        Add("b", 400);
        _time.Now += TimeSpan.FromHours(1);
        Assert.Empty(_cache.Missing([_cache.PathOf("t", "a")]));
        Add("c", 400);
        _cache.Bound();

        Assert.Equal([_cache.PathOf("t", "b")], _cache.Missing(new[] { "a", "b", "c" }.Select(f => _cache.PathOf("t", f))));
    }

    [Fact]
    public void What_queries_read_now_is_not_taken_away_and_too_much_of_it_is_refused_by_the_settings_name()
    {
        Add("a", 600);
        Add("b", 600);

        var error = Assert.Throws<LakeException>(_cache.Bound);

        Assert.StartsWith("S3:CacheMiB", error.Message, StringComparison.Ordinal);
        Assert.Empty(_cache.Missing(new[] { "a", "b" }.Select(f => _cache.PathOf("t", f))));
    }

    [Fact]
    public void A_path_that_leads_out_of_the_table_is_refused() =>
        Assert.Throws<LakeException>(() => _cache.PathOf("t", "../other/data.parquet"));

    private void Add(string name, int bytes)
    {
        File.WriteAllBytes(_folder["new"], new byte[bytes]);
        _cache.Adopt(_folder["new"], _cache.PathOf("t", name));
    }

    private sealed class Hand : TimeProvider
    {
        public DateTimeOffset Now { get; set; } = new(2025, 7, 1, 0, 0, 0, TimeSpan.Zero);

        public override DateTimeOffset GetUtcNow() => Now;
    }
}
