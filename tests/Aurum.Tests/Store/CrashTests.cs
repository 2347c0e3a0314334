using System.Diagnostics;
using System.Globalization;
using Aurum.Store;

namespace Aurum.Tests.Store;

/// <summary>A process that writes is killed at any moment: what it has acknowledged is there, and nothing is there in
/// part.</summary>
public abstract class CrashTests : IDisposable
{
    private const int Rounds = 5;
    private const int MaxCommitsPerRound = 6;
    private const int MaxSpins = 3_000_000;

    private readonly TestFolder _folder = new();
    private readonly Random _random = new(11);

    public virtual void Dispose()
    {
        _folder.Dispose();
        GC.SuppressFinalize(this);
    }

    [Fact]
    public async Task Killed_writers_lose_nothing_and_leave_nothing_in_part()
    {
        var before = 0;
        for (var round = 0; round < Rounds; round++)
        {
            var acknowledged = await WriteAndKillAsync(_random.Next(1, MaxCommitsPerRound), _random.Next(MaxSpins));

            using var store = Open();
            before = Check(store, acknowledged, before);
        }
    }

    /// <summary>Opens the store that the writer writes.</summary>
    protected virtual AurumStore Open() => DuckDbStores.Open(_folder.Path);

    /// <summary>What the writer is told beside its folder.</summary>
    protected virtual IReadOnlyDictionary<string, string> Environment { get; } = new Dictionary<string, string>();

    private static int Check(AurumStore store, int acknowledged, int before)
    {
        var deliveries = store.Read.Deliveries().ToList();
        Assert.InRange(deliveries.Count, Math.Max(acknowledged, before + 1), acknowledged + 1);
        Assert.Equal(Enumerable.Range(1, deliveries.Count).Select(n => (long)n), deliveries.Select(d => d.Id));
        Assert.All(deliveries, d => Assert.Single(d.Files));

        var days = (deliveries.Count + 1) / 2;
        var rows = (days * CrashWriter.RowsPerDelivery) + ((deliveries.Count / 2) * CrashWriter.ChangedRows);
        Assert.Equal(rows, Scalar(store, "SELECT count(*) FROM iso_lmp"));
        Assert.Equal(days * CrashWriter.RowsPerDelivery, Scalar(store, "SELECT count(*) FROM iso_lmp_current"));
        Assert.Equal(
            rows, Scalar(store, "SELECT count(*) FROM (SELECT DISTINCT location_id, interval_start_utc, revision FROM iso_lmp) d"));
        Assert.Equal(0, Scalar(store, "SELECT count(*) FROM iso_lmp r WHERE r.file_id NOT IN (SELECT file_id FROM files)"));
        Assert.Equal(deliveries.Count, Scalar(store, "SELECT CAST(sum(attempts) AS BIGINT) FROM ledger"));
        Assert.Equal(rows, Scalar(store, "SELECT CAST(sum(rows_new + rows_changed) AS BIGINT) FROM deliveries"));

        var watermark = store.Ledger.WatermarkOf(StoreFeeds.Prices.Id);
        Assert.Equal(store.Ledger.ComputeWatermark(StoreFeeds.Prices.Id), watermark);
        Assert.Equal(deliveries[^1].Day, watermark!.Through);
        return deliveries.Count;
    }

    private static long Scalar(AurumStore store, string sql)
    {
        using var reader = store.Read.Sql(sql);
        Assert.True(reader.NextChunk());
        return reader.Whole(0, 0);
    }

    /// <summary>Lets a writer commit so often and spins a while, so that the kill hits any part of the next delivery. Returns the
    /// number of the last commit that it acknowledged.</summary>
    private async Task<int> WriteAndKillAsync(int commits, int spins)
    {
        var start = new ProcessStartInfo("dotnet") { RedirectStandardOutput = true };
        start.ArgumentList.Add("exec");
        start.ArgumentList.Add(typeof(CrashTests).Assembly.Location);
        start.ArgumentList.Add(CrashWriter.Verb);
        start.ArgumentList.Add(_folder.Path);
        foreach (var (name, value) in Environment)
        {
            start.Environment[name] = value;
        }

        using var writer = Process.Start(start)!;
        try
        {
            for (var i = 1; i < commits; i++)
            {
                Assert.NotNull(await writer.StandardOutput.ReadLineAsync());
            }

            var last = await writer.StandardOutput.ReadLineAsync();
            Thread.SpinWait(spins);
            writer.Kill();
            while (await writer.StandardOutput.ReadLineAsync() is { } later)
            {
                last = later;
            }

            return int.Parse(last!, CultureInfo.InvariantCulture);
        }
        finally
        {
            writer.Kill();
            await writer.WaitForExitAsync();
        }
    }
}
