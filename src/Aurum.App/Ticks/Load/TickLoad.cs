using System.Diagnostics;
using Aurum.Ticks;

namespace Aurum.App.Ticks.Load;

/// <summary>Puts a tick service under load and measures what its users see.</summary>
internal static class TickLoad
{
    private const int PieceMessages = 128;
    private const int MostInFlight = 4_096;

    private static readonly TickStreamOptions Stream = new();

    /// <summary>As fast as it goes: many submissions wait for their acknowledgement at once; ends when all is in the
    /// tables.</summary>
    public static async Task<SpeedResult> AtFullSpeed(MadeLoad load)
    {
        await using var home = new LoadHome(new TickServiceOptions { QuietSeconds = 0 });
        var answers = new Queue<Task<TickReceipt>>(MostInFlight);
        var pieces = load.Pieces(PieceMessages).ToList();
        GC.Collect();
        var allocated = GC.GetTotalAllocatedBytes(precise: true);
        var cpu = Environment.CpuUsage.TotalTime;
        var began = Stopwatch.GetTimestamp();
        foreach (var piece in pieces)
        {
            answers.Enqueue(await home.Service.QueueAsync(TickSubmission.Batch(Stream, piece.Bytes), CancellationToken.None));
            if (answers.Count == MostInFlight)
            {
                await answers.Dequeue();
            }
        }

        await Task.WhenAll(answers);
        var acknowledged = Stopwatch.GetElapsedTime(began).TotalSeconds;
        await home.Service.SettleAsync(CancellationToken.None);
        var settled = Stopwatch.GetElapsedTime(began).TotalSeconds;
        var used = (Environment.CpuUsage.TotalTime - cpu).TotalSeconds;
        var bytes = GC.GetTotalAllocatedBytes(precise: true) - allocated;
        var status = home.Service.Status;
        if (status.Counters.Received != load.Messages || !status.Counters.IsBalanced)
        {
            throw new InvalidOperationException($"expected {load.Messages} messages, found {status.Counters}");
        }

        var bars = await StoredBarsRace.Run(home);
        return new SpeedResult(load.Messages, acknowledged, settled, used, bytes, status.Frame, bars);
    }

    /// <summary>At a rate: each piece has its time, and what comes late counts from that time on, however it came about.</summary>
    /// <param name="load">The messages.</param>
    /// <param name="rate">Messages a second.</param>
    public static async Task<(double[] AcknowledgedMs, double[] VisibleMs)> AtRate(MadeLoad load, double rate)
    {
        await using var home = new LoadHome(new TickServiceOptions { QuietSeconds = 0 });
        var pieces = load.Pieces(Math.Max(1, (int)(rate / 1_000))).ToList();
        var acknowledged = new double[pieces.Count];
        var visible = new double[pieces.Count];
        var answers = new Task[pieces.Count];
        var began = Stopwatch.GetTimestamp();
        long sent = 0;
        for (var i = 0; i < pieces.Count; i++)
        {
            var due = began + (long)(sent / rate * Stopwatch.Frequency);
            var wait = Stopwatch.GetElapsedTime(Stopwatch.GetTimestamp(), due);
            if (wait > TimeSpan.Zero)
            {
                await Task.Delay(wait, TimeProvider.System);
            }

            sent += pieces[i].Messages;
            answers[i] = Measure(home.Service, pieces[i], due, i);
        }

        await Task.WhenAll(answers);
        Array.Sort(acknowledged);
        Array.Sort(visible);
        return (acknowledged, visible);

        async Task Measure(TickService service, LoadPiece piece, long due, int index)
        {
            await service.SubmitAsync(TickSubmission.Batch(Stream, piece.Bytes), CancellationToken.None);
            acknowledged[index] = Stopwatch.GetElapsedTime(due).TotalMilliseconds;
            while (!service.TryLatest("default", piece.Instrument, out var price) || price.Price.EventMicros < piece.EventMicros)
            {
                await Task.Yield();
            }

            visible[index] = Stopwatch.GetElapsedTime(due).TotalMilliseconds;
        }
    }
}

/// <summary>What a load at full speed took.</summary>
/// <param name="Messages">Messages.</param>
/// <param name="AcknowledgedSeconds">Until the last acknowledgement.</param>
/// <param name="SettledSeconds">Until all was in the tables.</param>
/// <param name="CpuSeconds">Of the process.</param>
/// <param name="AllocatedBytes">Of the process.</param>
/// <param name="Frames">Frames of the journal, each with one fsync.</param>
/// <param name="Bars">The same bars by SQL.</param>
internal sealed record SpeedResult(
    int Messages, double AcknowledgedSeconds, double SettledSeconds, double CpuSeconds, long AllocatedBytes, long Frames, BarsResult Bars)
{
    public double MessagesPerSecond => Messages / SettledSeconds;

    public double CpuMicrosPerMessage => CpuSeconds * 1e6 / Messages;
}
