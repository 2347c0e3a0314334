using System.Diagnostics;
using System.Globalization;
using Aurum.App.Ticks;
using Aurum.Ticks;
using Microsoft.Win32.SafeHandles;

namespace Aurum.Tests.Ticks.Service;

/// <summary>Takes a stream of messages in until it is killed, and says after each acknowledgement how far it is.</summary>
internal static class TickCrashWriter
{
    public const string Verb = "tick-writer";
    public const string Stream = "load";

    /// <summary>Bytes of messages that it takes in at most: 25,000 messages a second.</summary>
    public const int MostBytesASecond = 12 << 20;

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
        using var file = File.OpenHandle(messages);
        var length = RandomAccess.GetLength(file);
        using var home = new TickHome(Options, folder);
        var start = home.Service.CheckpointOf(Stream);
        var position = start;
        var began = Stopwatch.GetTimestamp();
        Tell(acknowledged, position);
        var waiting = new Queue<(Task<TickReceipt> Answer, long Position)>();
        while (position < length)
        {
            var piece = PieceAt(file, position, length);
            waiting.Enqueue((await home.Service.QueueAsync(piece, default), position += piece.Bytes.Length));
            while (waiting.Count > (position == length ? 0 : InFlight))
            {
                var (answer, end) = waiting.Dequeue();
                await answer;
                Tell(acknowledged, end);
            }

            if (position - start > Stopwatch.GetElapsedTime(began).TotalSeconds * MostBytesASecond)
            {
                await Task.Delay(1);
            }
        }

        // All is taken in; the killer comes all the same.
        while (true)
        {
            Tell(acknowledged, position);
            await Task.Delay(50);
        }
    }

    /// <summary>Whole messages from a position on.</summary>
    private static TickSubmission PieceAt(SafeFileHandle file, long position, long length)
    {
        var bytes = new byte[Math.Min(length - position, PieceBytes)];
        var read = RandomAccess.Read(file, bytes, position);
        var end = bytes.AsSpan(0, read).LastIndexOf((byte)'\n') + 1;
        return new TickSubmission(
            Stream, new TickStreamOptions(), bytes.AsMemory(0, end), position, position + end == length, null) { IsKept = true };
    }

    private static void Tell(TextWriter acknowledged, long position)
    {
        acknowledged.WriteLine(position.ToString(CultureInfo.InvariantCulture));
        acknowledged.Flush();
    }
}
