using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Aurum.Market.Ticks;

namespace Aurum.Ticks.Frames;

/// <summary>How the structs that frames hold lie in memory, as one number: two processes with the same number read each other's
/// frames.</summary>
internal static class TickLayout
{
    /// <summary>A hash of what each field of the four structs makes of the same bytes.</summary>
    public static readonly uint Number = Compute();

    public static ushort TickBytes => (ushort)Unsafe.SizeOf<Tick>();

    private static uint Compute()
    {
        // Every second byte is zero, so that the two truths of a tick, which are neighbours, differ.
        Span<byte> bytes = stackalloc byte[256];
        for (var i = 0; i < bytes.Length; i++)
        {
            bytes[i] = i % 2 == 0 ? (byte)(i + 1) : (byte)0;
        }

        var tick = MemoryMarshal.Read<Tick>(bytes);
        var bar = MemoryMarshal.Read<Bar>(bytes);
        var price = MemoryMarshal.Read<LatestPrice>(bytes);
        var point = MemoryMarshal.Read<CurvePoint>(bytes);
        return Hash(
            Unsafe.SizeOf<Tick>(), tick.Instrument, tick.Source, tick.EventMicros, tick.IngestedMicros, tick.Sequence, (long)tick.Key,
            (long)tick.KeyHigh, Bits(tick.Price), Bits(tick.Volume), Bits(tick.Bid), Bits(tick.Ask), (long)tick.Flags,
            tick.Classification, tick.Position, tick.Length, tick.HasNodeOrHub ? 1 : 0, tick.HasZone ? 1 : 0,
            Unsafe.SizeOf<Bar>(), bar.Instrument, (long)bar.Interval, bar.StartMicros, bar.EndMicros, Bits(bar.Open), Bits(bar.High),
            Bits(bar.Low), Bits(bar.Close), Bits(bar.Volume), Bits(bar.Vwap), Bits(bar.Twap), bar.Count, bar.Revision, (long)bar.Marks,
            Unsafe.SizeOf<LatestPrice>(), price.Instrument, price.EventMicros, price.Sequence, (long)price.Key, Bits(price.Price),
            Bits(price.Volume), Bits(price.Bid), Bits(price.Ask), price.Source, (long)price.Flags,
            Unsafe.SizeOf<CurvePoint>(), point.Curve, point.Instrument, point.ContractMonth, point.EventMicros, Bits(point.Price),
            Bits(point.Volume));
    }

    private static long Bits(double value) => BitConverter.DoubleToInt64Bits(value);

    private static uint Hash(params ReadOnlySpan<long> values)
    {
        Span<byte> bytes = stackalloc byte[sizeof(long)];
        uint crc = 0;
        foreach (var value in values)
        {
            BinaryPrimitives.WriteInt64LittleEndian(bytes, value);
            crc = Crc32C.Append(crc, bytes);
        }

        return crc;
    }
}
