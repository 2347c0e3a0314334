using System.Globalization;
using Aurum.App.Ticks;
using Aurum.Ticks;

namespace Aurum.Tests.Ticks.Service;

/// <summary>Takes a stream of messages in until it is killed, and says after each acknowledgement how far it is.</summary>
internal static class TickCrashWriter
{
    public const string Verb = "tick-writer";
    public const string Stream = "load";

    private const int PieceBytes = 12_000;
    private const int InFlight = 6;

    /// <summary>Segments, settlements and snapshots small enough that kills hit all of them.</summary>
    public static readonly TickServiceOptions Options = new()
    {
        SegmentMiB = 1,
        FrameKiB = 64,
        SettleSeconds = 0.05,
        SettleTicks = 2_000,
        QuietSeconds = 0,
        Normalize = new() { DuplicateMessages = 4_096 },
    };

    public static async Task<int> Run(string folder, string messages, TextWriter acknowledged)
    {
        var bytes = await File.ReadAllBytesAsync(messages);
        using var home = new TickHome(Options, folder);
        var position = home.Service.CheckpointOf(Stream);
        Tell(acknowledged, position);
        var waiting = new Queue<(Task<TickReceipt> Answer, long Position)>();
        while (position < bytes.Length)
        {
            var to = TickHome.EndOfLine(bytes, (int)Math.Min(bytes.Length, position + PieceBytes));
            waiting.Enqueue((await home.Service.QueueAsync(Piece(bytes, (int)position, to), default), to));
            position = to;
            while (waiting.Count > (position == bytes.Length ? 0 : InFlight))
            {
                var (answer, end) = waiting.Dequeue();
                await answer;
                Tell(acknowledged, end);
            }
        }

        // All is taken in; the killer comes all the same.
        await Task.Delay(Timeout.Infinite);
        return 0;
    }

    public static TickSubmission Piece(byte[] bytes, int from, int to) =>
        new(Stream, new TickStreamOptions(), bytes.AsMemory(from..to), from, to == bytes.Length, null) { IsKept = true };

    private static void Tell(TextWriter acknowledged, long position)
    {
        acknowledged.WriteLine(position.ToString(CultureInfo.InvariantCulture));
        acknowledged.Flush();
    }
}
