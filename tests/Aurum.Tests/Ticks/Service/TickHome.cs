using System.Buffers;
using System.Globalization;
using System.Text;
using Aurum.App.Ticks;
using Aurum.Market.Ticks;
using Aurum.Sandbox.Ticks;
using Aurum.Store;
using Aurum.Store.Reading;
using Aurum.Tests.Store;
using Aurum.Ticks;
using Aurum.Ticks.Enrich;
using Aurum.Ticks.Normalize;
using NodaTime;

namespace Aurum.Tests.Ticks.Service;

/// <summary>A data directory with a tick service that can be closed and opened again.</summary>
internal sealed class TickHome : IDisposable
{
    public static readonly Instant Start = Instant.FromUtc(2026, 3, 2, 15, 0);

    private const int WriteBytes = 1 << 20;

    private readonly TestFolder? _own;
    private readonly TimeProvider _time;

    /// <param name="options">Limits; null: quick ones.</param>
    /// <param name="folder">Data directory; null: one of its own.</param>
    /// <param name="time">The clock of frames and quiet; null: the machine's.</param>
    public TickHome(TickServiceOptions? options = null, string? folder = null, TimeProvider? time = null)
    {
        _time = time ?? TimeProvider.System;
        Options = options ?? new TickServiceOptions { SettleSeconds = 0.05, QuietSeconds = 0 };
        _own = folder is null ? TestFolder.InMemory() : null;
        Folder = folder ?? _own!.Path;
        Open();
    }

    public TickServiceOptions Options { get; }

    public string Folder { get; }

    public AurumStore Store { get; private set; } = null!;

    public TickService Service { get; private set; } = null!;

    /// <summary>Messages of 40 instruments, a tenth of a second apart, out of order by up to 20 seconds, one in twenty sent
    /// twice.</summary>
    public static byte[] Messages(long count, ulong seed = 5, TickMode mode = TickMode.HighVolume, double disorder = 20) => Written(
        Load(count, seed, mode, disorder));

    /// <summary>As <see cref="Messages"/>, into a file.</summary>
    public static async Task WriteAsync(string path, long count, ulong seed, TickMode mode, double disorder)
    {
        var options = Load(count, seed, mode, disorder);
        var stream = new MadeStream(options);
        var writer = new TickWriter(stream, options, TickForm.ContractB);
        var bytes = new ArrayBufferWriter<byte>(WriteBytes * 2);
        await using var file = File.Create(path);
        foreach (var tick in stream.Read())
        {
            writer.Write(bytes, tick);
            if (bytes.WrittenCount >= WriteBytes)
            {
                await file.WriteAsync(bytes.WrittenMemory);
                bytes.ResetWrittenCount();
            }
        }

        await file.WriteAsync(bytes.WrittenMemory);
    }

    public static byte[] Written(MadeStreamOptions options, TickForm form = TickForm.ContractB)
    {
        var stream = new MadeStream(options);
        var writer = new TickWriter(stream, options, form);
        var bytes = new ArrayBufferWriter<byte>();
        foreach (var tick in stream.Read())
        {
            writer.Write(bytes, tick);
        }

        return bytes.WrittenSpan.ToArray();
    }

    public static TickSubmission Batch(ReadOnlyMemory<byte> bytes, string? key = null) =>
        TickSubmission.Batch(new TickStreamOptions(), bytes, key);

    /// <summary>The bars of messages without any service, with all their revisions: the lines of <see cref="Bars"/>.</summary>
    public static IReadOnlyList<string> BarsOf(byte[] bytes, TickServiceOptions options)
    {
        using var pipeline = new TickPipeline(options.Pipeline, InstrumentBook.Empty);
        Assert.Equal(bytes.Length, pipeline.OnBytes(pipeline.Open(new TickStreamOptions()), bytes, 0, isEnd: true));
        pipeline.Complete();
        return [.. LinesOf(pipeline.Output.Bars.Items, pipeline.Instruments).Order(StringComparer.Ordinal)];
    }

    /// <summary>Bars as <see cref="Bars"/> has them, in their order.</summary>
    public static IEnumerable<string> LinesOf(ReadOnlySpan<Bar> bars, TickInstruments instruments) => bars.ToArray().Select(
        b => string.Create(
            CultureInfo.InvariantCulture,
            $"{instruments[b.Instrument].Name} {b.Interval.Name()} {b.StartMicros} {b.Open:R} {b.High:R} {b.Low:R} {b.Close:R} "
            + $"{b.Volume:R} {b.Vwap:R} {b.Twap:R} {b.Count} {b.Revision} {(int)b.Marks}"));

    /// <summary>All bars of the tables with all revisions, a line each.</summary>
    public IReadOnlyList<string> Bars()
    {
        using var rows = Store.Read.Sql(
            """
            select instrument_id, interval, epoch_us(start_utc), open, high, low, close, volume, vwap, twap, count, revision,
              partial_start::int + 2 * partial_end::int
            from bars
            """);
        var lines = new List<string>();
        while (rows.NextChunk())
        {
            for (var i = 0; i < rows.Count; i++)
            {
                var numbers = Enumerable.Range(3, 7).Select(c => rows.IsNull(c, i) ? double.NaN : rows.Number(c, i));
                lines.Add(
                    $"{Text(rows, 0, i)} {Text(rows, 1, i)} {rows.Whole(2, i)} "
                    + string.Join(' ', numbers.Select(n => n.ToString("R", CultureInfo.InvariantCulture)))
                    + $" {rows.Whole(10, i)} {rows.Whole(11, i)} {rows.Whole(12, i)}");
            }
        }

        lines.Sort(StringComparer.Ordinal);
        return lines;
    }

    /// <summary>Names the bars that differ rather than all.</summary>
    public static void AssertSame(IReadOnlyList<string> expected, IReadOnlyList<string> found)
    {
        var differences = expected.Except(found).Select(b => "lacks " + b).Concat(found.Except(expected).Select(b => "has " + b));
        Assert.Equal((string[])[], differences.Take(6));
        Assert.Equal(expected.Count, found.Count);
    }

    public long Count(string sql)
    {
        using var rows = Store.Read.Sql(sql);
        Assert.True(rows.NextChunk());
        return rows.Whole(0, 0);
    }

    /// <summary>Submits in pieces of whole messages, one after the other.</summary>
    public async Task<long> SubmitAsync(byte[] bytes, int pieceBytes = 16 << 10)
    {
        long received = 0;
        for (var from = 0; from < bytes.Length;)
        {
            var to = EndOfLine(bytes, Math.Min(bytes.Length, from + pieceBytes));
            received += (await Service.SubmitAsync(Batch(bytes.AsMemory(from..to)), default)).Received;
            from = to;
        }

        return received;
    }

    /// <summary>The next end of a line.</summary>
    public static int EndOfLine(byte[] bytes, int at) =>
        at >= bytes.Length ? bytes.Length : at + bytes.AsSpan(at).IndexOf((byte)'\n') + 1;

    public async Task Finish()
    {
        await Service.CompleteAsync(default);
        await Service.SettleAsync(default);
    }

    public void Close()
    {
        Service.Dispose();
        Store.Dispose();
    }

    public void Reopen()
    {
        Close();
        Open();
    }

    public void Dispose()
    {
        Close();
        _own?.Dispose();
    }

    private static MadeStreamOptions Load(long count, ulong seed, TickMode mode, double disorder) =>
        new(seed, mode, count, 40, Start) { StepMicros = 100_000, Duplicates = 0.05, DisorderSeconds = disorder };

    private static string Text(RowReader rows, int column, int row) => Encoding.UTF8.GetString(rows.Text(column, row));

    private void Open()
    {
        Store = AurumStore.Open(
            new StoreOptions(Folder) { MemoryLimitMiB = 512, Threads = 1, FoldsAtClose = false },
            [],
            new StoppedClock(Start));
        Service = TickService.Open(Store, Options, _time);
    }
}
