using Aurum.Ticks;

namespace Aurum.App.Ticks;

/// <summary>Gives a stream's bytes to a pipeline.</summary>
internal static class TickFile
{
    private const int BufferBytes = 1 << 20;

    /// <param name="stream">Messages.</param>
    /// <param name="pipeline">Takes them, and is completed.</param>
    /// <param name="onOutput">Takes what came out of each piece; the output is cleared behind it.</param>
    /// <param name="cancel">Ends the reading between two pieces.</param>
    public static void Read(Stream stream, TickPipeline pipeline, Action<TickOutput> onOutput, CancellationToken cancel)
    {
        // Twice the longest message: one always fits beside what was left over of the piece before.
        var buffer = new byte[2 * BufferBytes];
        var (filled, isEnd) = (0, false);
        for (long position = 0; !isEnd;)
        {
            cancel.ThrowIfCancellationRequested();
            var read = stream.Read(buffer, filled, buffer.Length - filled);
            filled += read;
            isEnd = read == 0;
            var used = pipeline.OnBytes(buffer.AsSpan(0, filled), position, isEnd);
            position += used;
            filled -= used;
            buffer.AsSpan(used, filled).CopyTo(buffer);
            Drain(pipeline, onOutput);
        }

        pipeline.Complete();
        Drain(pipeline, onOutput);
    }

    private static void Drain(TickPipeline pipeline, Action<TickOutput> onOutput)
    {
        onOutput(pipeline.Output);
        pipeline.Output.Clear();
    }
}
