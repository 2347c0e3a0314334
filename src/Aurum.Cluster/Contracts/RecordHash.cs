using System.Buffers.Text;
using System.Security.Cryptography;
using Aurum.Store.Avro;

namespace Aurum.Cluster.Contracts;

/// <summary>The hash that tells facts about prices apart: SHA-256 over texts with | between, as hex. Not for several threads.</summary>
/// <remarks>The platform's own is over operator, place, start and price alone: two markets with one price would be one fact. Ours goes on
/// with market, kind of place, end and revision.</remarks>
internal sealed class RecordHash : IDisposable
{
    private const byte Between = (byte)'|';
    private const int HexBytes = 2 * SHA256.HashSizeInBytes;
    private const int MaxNumberBytes = 32;
    private const int StampBytes = 20;

    private readonly AvroBuffer _text = new();
    private readonly byte[] _stamp = new byte[StampBytes];
    private long _stampMicros = long.MinValue;

    public void Dispose() => _text.Dispose();

    public RecordHash Begin(ReadOnlySpan<byte> first)
    {
        _text.Truncate();
        _text.WriteRaw(first);
        return this;
    }

    public RecordHash Text(ReadOnlySpan<byte> text)
    {
        _text.WriteByte(Between);
        _text.WriteRaw(text);
        return this;
    }

    /// <summary>The shortest text that is this number and no other; empty for NaN.</summary>
    public RecordHash Number(double number)
    {
        _text.WriteByte(Between);
        if (!double.IsNaN(number) && number.TryFormat(
            _text.Room(MaxNumberBytes), out var written, default, System.Globalization.CultureInfo.InvariantCulture))
        {
            _text.Advance(written);
        }

        return this;
    }

    public RecordHash Whole(long number)
    {
        _text.WriteByte(Between);
        Utf8Formatter.TryFormat(number, _text.Room(MaxNumberBytes), out var written);
        _text.Advance(written);
        return this;
    }

    /// <summary>An instant as <c>2025-11-02T08:00:00Z</c>.</summary>
    public RecordHash Stamp(long micros)
    {
        if (micros != _stampMicros)
        {
            DateTime.UnixEpoch.AddTicks(micros * TimeSpan.TicksPerMicrosecond).TryFormat(
                _stamp, out _, "yyyy-MM-ddTHH:mm:ssZ", System.Globalization.CultureInfo.InvariantCulture);
            _stampMicros = micros;
        }

        _text.WriteByte(Between);
        _text.WriteRaw(_stamp);
        return this;
    }

    /// <summary>Writes the hash of what was added as an Avro string.</summary>
    public void WriteTo(AvroBuffer output)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(_text.Written, hash);
        output.WriteLong(HexBytes);
        Convert.TryToHexStringLower(hash, output.Room(HexBytes), out var written);
        output.Advance(written);
    }
}
