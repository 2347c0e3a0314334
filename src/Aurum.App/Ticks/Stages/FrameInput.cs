using System.Globalization;
using Aurum.Ticks.Frames;

namespace Aurum.App.Ticks.Stages;

/// <summary>Frames of the stage before, from a pipe.</summary>
/// <param name="stream">The pipe.</param>
internal sealed class FrameInput(Stream stream)
{
    private byte[] _frame = new byte[1 << 20];
    private long _position;

    /// <summary>Frames read.</summary>
    public long Frames { get; private set; }

    /// <summary>Whether the last frame said that nothing follows.</summary>
    public bool IsComplete { get; private set; }

    /// <summary>The next frame, whose memory is valid until the next call.</summary>
    /// <returns>Null at the end of the pipe.</returns>
    /// <exception cref="InvalidDataException">A frame is broken off, is none, or is not what was written.</exception>
    public async ValueTask<TickFrame?> NextAsync(CancellationToken cancel)
    {
        var read = await FillAsync(0, TickFrameReader.HeadBytes, cancel);
        if (read == 0)
        {
            return null;
        }

        try
        {
            var length = read < TickFrameReader.HeadBytes ? int.MaxValue : TickFrameReader.LengthOf(_frame.AsSpan(0, read));
            if (length > _frame.Length && length != int.MaxValue)
            {
                Array.Resize(ref _frame, Math.Max(length, Math.Min(2 * _frame.Length, TickFrameReader.MaxBytes)));
            }

            read += length == int.MaxValue ? 0 : await FillAsync(read, length, cancel);
            if (read < length)
            {
                throw new InvalidDataException($"expected a whole frame, found the end of the input after {read} bytes of it");
            }

            var frame = TickFrameReader.Read(_frame.AsMemory(0, length));
            _position += length;
            Frames++;
            IsComplete = frame.IsComplete;
            return frame;
        }
        catch (InvalidDataException broken)
        {
            throw new InvalidDataException(
                string.Create(CultureInfo.InvariantCulture, $"frame {Frames + 1}, byte {_position} of the input: {broken.Message}"),
                broken);
        }
    }

    /// <summary>Reads until so many bytes are there.</summary>
    /// <returns>Bytes read; fewer at the end of the pipe.</returns>
    private async ValueTask<int> FillAsync(int from, int to, CancellationToken cancel) =>
        await stream.ReadAtLeastAsync(_frame.AsMemory(from, to - from), to - from, throwOnEndOfStream: false, cancel);
}
