using System.Buffers;
using System.Buffers.Binary;
using System.Text;
using Aurum.Market.Ticks;

namespace Aurum.Ticks.Normalize;

/// <summary>The compact form of a tick stream, little-endian: records of body length (2 bytes), kind (1), body, and CRC-32C of kind and
/// body (4).</summary>
/// <remarks>
/// <para>Kind 1 names what ticks are of: number (4 bytes), then tenant, source, market, symbol, instrument id, currency and unit, each
/// with its length (1).</para>
/// <para>Kind 2 is a tick: that number (4), event id (16), time it occurred and was ingested in microseconds (8 each), sequence (8, -1:
/// none), price, volume, bid, ask (8 each, NaN: unknown), contract month as yyyyMM (4, 0: none).</para>
/// </remarks>
public static class BinaryTicks
{
    internal const byte Definition = 1;
    internal const byte Tick = 2;
    internal const int TickBytes = 4 + 16 + (3 * 8) + (4 * 8) + 4;
    internal const int HeadBytes = 3;
    private const int CrcBytes = 4;

    /// <summary>Writes a definition.</summary>
    /// <param name="to">Where to.</param>
    /// <param name="number">Number that the ticks behind it have.</param>
    /// <param name="names">Tenant, source, market, symbol, instrument id, currency, unit; each at most 255 bytes of UTF-8.</param>
    public static void WriteDefinition(IBufferWriter<byte> to, int number, params ReadOnlySpan<string> names)
    {
        Span<byte> body = stackalloc byte[4 + (7 * 256)];
        BinaryPrimitives.WriteInt32LittleEndian(body, number);
        var length = 4;
        foreach (var name in names)
        {
            var bytes = Encoding.UTF8.GetBytes(name, body[(length + 1)..]);
            body[length] = checked((byte)bytes);
            length += 1 + bytes;
        }

        Write(to, Definition, body[..length]);
    }

    /// <summary>Writes a tick.</summary>
    /// <param name="to">Where to.</param>
    /// <param name="number">Number of its definition.</param>
    /// <param name="eventId">16 bytes.</param>
    /// <param name="times">Occurred, ingested, sequence.</param>
    /// <param name="values">Price, volume, bid, ask.</param>
    /// <param name="contractMonth">As yyyyMM, or 0.</param>
    public static void WriteTick(
        IBufferWriter<byte> to,
        int number,
        Guid eventId,
        (long Occurred, long Ingested, long Sequence) times,
        (double Price, double Volume, double Bid, double Ask) values,
        int contractMonth)
    {
        Span<byte> body = stackalloc byte[TickBytes];
        BinaryPrimitives.WriteInt32LittleEndian(body, number);
        eventId.TryWriteBytes(body[4..]);
        BinaryPrimitives.WriteInt64LittleEndian(body[20..], times.Occurred);
        BinaryPrimitives.WriteInt64LittleEndian(body[28..], times.Ingested);
        BinaryPrimitives.WriteInt64LittleEndian(body[36..], times.Sequence);
        BinaryPrimitives.WriteDoubleLittleEndian(body[44..], values.Price);
        BinaryPrimitives.WriteDoubleLittleEndian(body[52..], values.Volume);
        BinaryPrimitives.WriteDoubleLittleEndian(body[60..], values.Bid);
        BinaryPrimitives.WriteDoubleLittleEndian(body[68..], values.Ask);
        BinaryPrimitives.WriteInt32LittleEndian(body[76..], contractMonth);
        Write(to, Tick, body);
    }

    /// <summary>Where the next record's kind and body are. A record of an impossible size makes all that follows unreadable.</summary>
    internal static Frame FrameOf(ReadOnlySpan<byte> rest, bool isEnd, int maxBytes)
    {
        var body = rest.Length >= 2 ? BinaryPrimitives.ReadUInt16LittleEndian(rest) : 0;
        var total = HeadBytes + body + CrcBytes;
        if (rest.Length >= HeadBytes && (body > maxBytes || rest[2] is not (Definition or Tick) || (rest[2] == Tick && body != TickBytes)))
        {
            return new Frame(0, rest.Length, rest.Length, IsBroken: true);
        }

        if (rest.Length < HeadBytes || rest.Length < total)
        {
            return isEnd ? new Frame(0, rest.Length, rest.Length, IsBroken: true) : default;
        }

        var crc = BinaryPrimitives.ReadUInt32LittleEndian(rest[(total - CrcBytes)..]);
        return crc == Crc32C.Of(rest.Slice(2, body + 1))
            ? new Frame(2, body + 1, total, IsBroken: false)
            : new Frame(0, total, total, IsBroken: true);
    }

    /// <summary>Writes a record again.</summary>
    /// <param name="to">Where to.</param>
    /// <param name="message">Its kind and body, as a dead letter has them.</param>
    public static void WriteAgain(IBufferWriter<byte> to, ReadOnlySpan<byte> message) => Write(to, message[0], message[1..]);

    private static void Write(IBufferWriter<byte> to, byte kind, ReadOnlySpan<byte> body)
    {
        var record = to.GetSpan(HeadBytes + body.Length + CrcBytes);
        BinaryPrimitives.WriteUInt16LittleEndian(record, checked((ushort)body.Length));
        record[2] = kind;
        body.CopyTo(record[HeadBytes..]);
        BinaryPrimitives.WriteUInt32LittleEndian(record[(HeadBytes + body.Length)..], Crc32C.Of(record.Slice(2, body.Length + 1)));
        to.Advance(HeadBytes + body.Length + CrcBytes);
    }
}
