using Aurum.App.Commands;
using Aurum.App.Output;

namespace Aurum.App.Ticks.Stages;

/// <summary>Runs one stage from its input to the input's end, and says at the end what it did.</summary>
internal static class StageRun
{
    /// <summary>How long a stage that was asked to stop goes on with what the stage before it still sends.</summary>
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(5);

    private const int ReadBytes = 1 << 20;

    /// <summary>A stage that reads messages. Asked to stop, it completes what it has read.</summary>
    /// <param name="name">The stage's name, for what it says.</param>
    /// <param name="inputs">Streams of messages, one after the other.</param>
    /// <param name="stage">The stage.</param>
    /// <param name="console">Where it says what it did.</param>
    /// <param name="cancel">Asks it to stop.</param>
    /// <exception cref="CommandException">A message has no end, or the stage behind has gone.</exception>
    public static async Task OfBytes(
        string name, IEnumerable<StageInput> inputs, IByteStage stage, CommandConsole console, CancellationToken cancel)
    {
        try
        {
            foreach (var input in inputs)
            {
                await using var bytes = input.Open();
                await ReadAsync(input, bytes, stage, cancel);
                if (cancel.IsCancellationRequested)
                {
                    console.Note($"{name}: asked to stop within {input.Name}");
                    break;
                }
            }

            stage.Complete();
            console.Note($"{name}: {stage.Summary}");
        }
        catch (OutputClosedException gone) when (gone.IsReaderGone)
        {
            throw Gone(name, stage.Summary);
        }
    }

    /// <summary>A stage that reads frames. Asked to stop, it goes on for a moment with what is on its way.</summary>
    /// <param name="name">The stage's name, for what it says.</param>
    /// <param name="input">Frames.</param>
    /// <param name="stage">The stage.</param>
    /// <param name="feedsStage">Whether its output is another stage's input rather than somebody's who may have seen enough.</param>
    /// <param name="console">Where it says what it did.</param>
    /// <param name="cancel">Asks it to stop.</param>
    /// <exception cref="CommandException">A frame is broken, frames are missing, or the stage behind has gone.</exception>
    public static async Task OfFrames(
        string name, FrameInput input, IFrameStage stage, bool feedsStage, CommandConsole console, CancellationToken cancel)
    {
        try
        {
            using var grace = new CancellationTokenSource();
            await using var stop = cancel.Register(() => grace.CancelAfter(Grace));
            while (await input.NextAsync(grace.Token) is { } frame)
            {
                stage.OnFrame(frame);
            }

            console.Note($"{name}: {input.Frames} frames; {stage.Summary}");
        }
        catch (InvalidDataException broken)
        {
            throw new CommandException(ExitCodes.BadInput, $"{name}: {broken.Message}. Until then: {stage.Summary}");
        }
        catch (OutputClosedException gone) when (feedsStage && gone.IsReaderGone)
        {
            throw Gone(name, stage.Summary);
        }

        if (!input.IsComplete)
        {
            throw new CommandException(
                ExitCodes.Failed,
                $"{name}: expected a frame that ends the stream, found the end of the input: the stage before it was ended");
        }
    }

    private static async Task ReadAsync(StageInput input, Stream bytes, IByteStage stage, CancellationToken cancel)
    {
        var buffer = new byte[2 * ReadBytes];
        var (filled, isEnd) = (0, false);
        for (long position = 0; !isEnd;)
        {
            var read = await TryReadAsync(bytes, buffer.AsMemory(filled, Math.Min(ReadBytes, buffer.Length - filled)), cancel);
            filled += read;
            isEnd = read == 0;
            var used = stage.OnBytes(input, buffer.AsSpan(0, filled), position, isEnd && !cancel.IsCancellationRequested);
            position += used;
            filled -= used;
            buffer.AsSpan(used, filled).CopyTo(buffer);
        }
    }

    /// <returns>0 at the end, or when the stage is asked to stop.</returns>
    private static async Task<int> TryReadAsync(Stream bytes, Memory<byte> room, CancellationToken cancel)
    {
        try
        {
            // A pipe's read cannot be interrupted: it is left alone.
            return await Task.Run(() => bytes.ReadAsync(room, cancel).AsTask(), cancel).WaitAsync(cancel);
        }
        catch (OperationCanceledException)
        {
            return 0;
        }
    }

    private static CommandException Gone(string name, string summary) =>
        new(ExitCodes.Failed, $"{name}: the stage behind has gone. Until then: {summary}");
}
