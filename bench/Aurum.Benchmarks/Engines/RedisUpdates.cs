using System.Diagnostics;
using System.Globalization;
using Aurum.Cluster.Redis;
using Aurum.Cluster.Redis.Prices;
using Aurum.Market.Ticks;

namespace Aurum.Benchmarks.Engines;

/// <summary>Values of 100 bytes written to and read from Redis by our client, commands sent together by the hundred, beside redis-benchmark
/// -P 100; and latest prices as the platform writes them: by script, so that no older one replaces a newer one, with index, metadata and
/// message.</summary>
/// <remarks>Budget: 300,000 updates a second, no memory by update but for a batch's replies; a price takes its JSON, its key and its line
/// in the message.</remarks>
internal static class RedisUpdates
{
    private const int Commands = 500_000;
    private const int Together = 100;
    private const int InFlight = 20;
    private const int Keys = 10_000;
    private const int ValueBytes = 100;
    private const long Start = 1_772_460_000_000_000;

    private static readonly byte[] Value = [.. Enumerable.Repeat((byte)'x', ValueBytes)];

    public static IReadOnlyList<BenchResult> Run(BenchOptions options) =>
        BenchServer.IsThere("redis-server") && BenchServer.IsThere("redis-benchmark")
            ? BenchFolder.Use(folder => Measure(options, folder).GetAwaiter().GetResult())
            : [];

    private static async Task<IReadOnlyList<BenchResult>> Measure(BenchOptions options, string folder)
    {
        var port = BenchServer.FreePort();
        using var server = Process.Start(new ProcessStartInfo(
            "redis-server", ["--port", Text(port), "--bind", "127.0.0.1", "--save", "", "--appendonly", "no", "--dir", folder])
        {
            RedirectStandardOutput = true,
        })!;
        try
        {
            var settings = new RedisOptions { Port = port, RequestTimeoutMs = 10_000, ConnectTimeoutMs = 10_000, ReconnectMs = 100 };
            await using var client = new RedisClient(settings, TimeProvider.System, new Random(1));
            await Answer(client);
            var keys = Enumerable.Range(0, Keys).Select(i => $"key:{i:D12}").ToArray();
            var count = options.Scaled(Commands);
            return
            [
                await Race(
                    "engines/redis-set", "updates", "set", options, port, count,
                    () => Pipelined(client, count, (batch, i) => batch.Add(["SET", keys[i % Keys], Value]))),
                await Race(
                    "engines/redis-get", "values", "get", options, port, count,
                    () => Pipelined(client, count, (batch, i) => batch.Add(["GET", keys[i % Keys]]))),
                await Race("engines/redis-prices", "prices", "set", options, port, count / 5, () => Prices(client, count / 5)),
            ];
        }
        finally
        {
            server.Kill();
            await server.WaitForExitAsync();
        }
    }

    private static async Task<BenchResult> Race(
        string name, string item, string test, BenchOptions options, int port, int count, Func<Task> run)
    {
        List<double> ours = [];
        List<double> theirs = [];
        var allocated = double.MaxValue;
        for (var round = 0; round <= options.Rounds; round++)
        {
            var before = GC.GetTotalAllocatedBytes(precise: true);
            var began = Stopwatch.GetTimestamp();
            await run();
            var our = count / Stopwatch.GetElapsedTime(began).TotalSeconds;
            var bytes = (GC.GetTotalAllocatedBytes(precise: true) - before) / (double)count;
            var their = await Benchmark(test, port, count);
            if (round > 0)
            {
                ours.Add(our);
                theirs.Add(their);
                allocated = Math.Min(allocated, bytes);
            }
        }

        var (figure, baseline) = (ours.Order().ElementAt(ours.Count / 2), theirs.Order().ElementAt(theirs.Count / 2));
        return new BenchResult(
            name, Math.Round(figure), $"{item} per second", $"redis-benchmark -P 100 {test}", Math.Round(baseline),
            Math.Round(figure / baseline, 2), Math.Round(allocated, 4),
            FormattableString.Invariant($"{count:N0} commands, {ValueBytes} bytes, one connection; wall clock with the server's work"));
    }

    /// <summary>Sends commands by the hundred, some hundreds at a time.</summary>
    private static async Task Pipelined(RedisClient client, int count, Action<RedisBatch, int> add)
    {
        var batches = Enumerable.Range(0, InFlight).Select(static _ => (Batch: new RedisBatch(), Sent: Task.CompletedTask)).ToArray();
        for (var first = 0; first < count; first += Together)
        {
            var slot = first / Together % InFlight;
            await batches[slot].Sent;
            var batch = batches[slot].Batch;
            batch.Clear();
            for (var i = first; i < Math.Min(count, first + Together); i++)
            {
                add(batch, i);
            }

            batches[slot].Sent = Checked(client, batch);
        }

        await Task.WhenAll(batches.Select(static b => b.Sent));
    }

    private static async Task Checked(RedisClient client, RedisBatch batch)
    {
        if (RedisClient.RefusalIn(await client.Call(batch, CancellationToken.None)) is { } refusal)
        {
            throw refusal;
        }
    }

    private static async Task Prices(RedisClient client, int count)
    {
        using var metrics = new RedisMetrics();
        using var prices = new RedisPrices(client, TimeProvider.System, metrics);
        var instruments = Enumerable.Range(0, Keys)
            .Select(static i => new TickInstrument(i, "bench", $"PJM.NODE{i}.RT5", "PJM", $"N{i}", 0, "USD", "MWh")).ToArray();
        for (var i = 0; i < count; i++)
        {
            var price = new LatestPrice(i % Keys, Start + i, i, 1, 30 + (i % 7), 1, 29, 31, 0, default);
            prices.Add(instruments[i % Keys], in price, "bench");
            if (prices.Count == RedisPrices.MostValues)
            {
                await prices.Flush(CancellationToken.None);
            }
        }

        await prices.Flush(CancellationToken.None);
    }

    /// <summary>What redis-benchmark makes of the same commands, a second.</summary>
    private static async Task<double> Benchmark(string test, int port, int count)
    {
        using var process = Process.Start(new ProcessStartInfo(
            "redis-benchmark",
            ["-p", Text(port), "-t", test, "-n", Text(count), "-P", Text(Together), "-d", Text(ValueBytes), "-r", Text(Keys), "--csv"])
        {
            RedirectStandardOutput = true,
        })!;
        var text = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        var line = text.Split('\n').First(l => l.StartsWith($"\"{test}\"", StringComparison.OrdinalIgnoreCase));
        return double.Parse(line.Split(',')[1].Trim('"'), CultureInfo.InvariantCulture);
    }

    private static async Task Answer(RedisClient client)
    {
        for (var tries = 0; ; tries++)
        {
            try
            {
                await client.Call(["PING"], CancellationToken.None);
                return;
            }
            catch (RedisException) when (tries < 200)
            {
                await Task.Delay(50);
            }
        }
    }

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
