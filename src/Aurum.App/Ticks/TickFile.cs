using Aurum.Ticks;

namespace Aurum.App.Ticks;

/// <summary>Gives a file's bytes to a pipeline.</summary>
internal static class TickFile
{
    private const int BufferBytes = 1 << 20;

    /// <param name="file">Messages.</param>
    /// <param name="options">How they are written.</param>
    /// <param name="pipeline">Takes them, and is completed.</param>
    /// <param name="onOutput">Takes what came out of each piece; the output is cleared behind it.</param>
    /// <param name="cancel">Ends the reading between two pieces.</param>
    public static void Read(
        Stream file, TickStreamOptions options, TickPipeline pipeline, Action<TickOutput> onOutput, CancellationToken cancel)
    {
        var stream = pipeline.Open(options);
        // Twice the longest message: one always fits beside what was left over of the piece before.
        var buffer = new byte[2 * BufferBytes];
        var (filled, isEnd) = (0, false);
        for (long position = 0; !isEnd;)
        {
            cancel.ThrowIfCancellationRequested();
            var read = file.Read(buffer, filled, buffer.Length - filled);
            filled += read;
            isEnd = read == 0;
            var used = pipeline.OnBytes(stream, buffer.AsSpan(0, filled), position, isEnd);
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
