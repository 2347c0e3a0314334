using System.Buffers;
using System.Buffers.Binary;

namespace Aurum.App.Ticks;

/// <summary>What the service notes before a pipeline's state in a snapshot: the options on which its frames hang, and whether the
/// input had ended.</summary>
/// <remarks>Little-endian: version (4 bytes), delay, lateness, seconds and messages of the duplicate window (4 each), whether the
/// input had ended (4). The pipeline's state follows.</remarks>
internal static class TickState
{
    public const int Bytes = 24;

    private const int Version = 1;

    public static void Write(IBufferWriter<byte> to, TickServiceOptions options, bool isComplete)
    {
        var head = to.GetSpan(Bytes);
        int[] values =
        [
            Version, options.DelaySeconds, options.LatenessSeconds, options.Normalize.DuplicateSeconds, options.Normalize.DuplicateMessages,
            isComplete ? 1 : 0,
        ];
        for (var i = 0; i < values.Length; i++)
        {
            BinaryPrimitives.WriteInt32LittleEndian(head[(4 * i)..], values[i]);
        }

        to.Advance(Bytes);
    }

    /// <param name="state">A snapshot.</param>
    /// <param name="options">The options as they are now.</param>
    /// <param name="isComplete">Whether the input had ended.</param>
    /// <returns>The options as they were.</returns>
    /// <exception cref="InvalidDataException">Of another version.</exception>
    public static TickServiceOptions Read(ReadOnlySpan<byte> state, TickServiceOptions options, out bool isComplete)
    {
        if (state.Length < Bytes || At(state, 0) != Version)
        {
            throw new InvalidDataException($"expected the state of real-time prices, version {Version}, found other bytes");
        }

        isComplete = At(state, 5) != 0;
        return options with
        {
            DelaySeconds = At(state, 1),
            LatenessSeconds = At(state, 2),
            Normalize = options.Normalize with { DuplicateSeconds = At(state, 3), DuplicateMessages = At(state, 4) },
        };
    }

    /// <summary>Whether frames mean the same under both.</summary>
    public static bool AreAlike(TickServiceOptions a, TickServiceOptions b) =>
        (a.DelaySeconds, a.LatenessSeconds, a.Normalize.DuplicateSeconds, a.Normalize.DuplicateMessages)
        == (b.DelaySeconds, b.LatenessSeconds, b.Normalize.DuplicateSeconds, b.Normalize.DuplicateMessages);

    private static int At(ReadOnlySpan<byte> state, int index) => BinaryPrimitives.ReadInt32LittleEndian(state[(4 * index)..]);
}
