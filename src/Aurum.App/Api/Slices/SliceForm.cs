using System.Buffers;
using System.Buffers.Binary;
using System.Text;
using Aurum.App.Api.Responses;
using NodaTime;

namespace Aurum.App.Api.Slices;

/// <summary>An answer as bytes that are kept: a head of fixed length, the cursor of the next page, the data. What is of one request alone,
/// its id and time, is not in it.</summary>
/// <remarks>Little endian: form 1, format, flags (1 truncated, 2 has as_of), unused, rows (4), as_of in ticks (8), bytes of the cursor (4).
/// A new form takes a new number.</remarks>
internal static class SliceForm
{
    /// <summary>Number of this form; part of every key, so that servers of two forms share nothing.</summary>
    public const byte Form = 1;

    /// <summary>A larger answer is made for each who asks.</summary>
    private const int MaxBytes = 16 << 20;

    private const int HeadBytes = 20;
    private const int TruncatedFlag = 1;
    private const int AsOfFlag = 2;

    /// <returns>Null where it is too large.</returns>
    public static ReadOnlyMemory<byte>? Of(Page page)
    {
        var cursor = page.NextCursor is null ? 0 : Encoding.ASCII.GetByteCount(page.NextCursor);
        if (page.Data.Count > MaxBytes)
        {
            return null;
        }

        var bytes = new byte[HeadBytes + cursor + page.Data.Count];
        bytes[0] = Form;
        bytes[1] = (byte)page.Format;
        bytes[2] = (byte)((page.IsTruncated ? TruncatedFlag : 0) | (page.AsOf is null ? 0 : AsOfFlag));
        BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(4), page.Count);
        BinaryPrimitives.WriteInt64LittleEndian(bytes.AsSpan(8), page.AsOf?.ToUnixTimeTicks() ?? 0);
        BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(16), cursor);
        Encoding.ASCII.GetBytes(page.NextCursor ?? "", bytes.AsSpan(HeadBytes));
        page.Data.Written.Span.CopyTo(bytes.AsSpan(HeadBytes + cursor));
        return bytes;
    }

    /// <param name="kept">What <see cref="Of"/> gave.</param>
    /// <param name="milliseconds">Time that it took to find it.</param>
    /// <returns>Null where it is of another form.</returns>
    public static Page? Read(ReadOnlySpan<byte> kept, double milliseconds)
    {
        if (kept.Length < HeadBytes || kept[0] != Form)
        {
            return null;
        }

        var cursor = BinaryPrimitives.ReadInt32LittleEndian(kept[16..]);
        if (cursor < 0 || cursor > kept.Length - HeadBytes)
        {
            return null;
        }

        var rows = kept[(HeadBytes + cursor)..];
        var data = new PooledBytes(Math.Max(rows.Length, 256));
        data.Write(rows);
        return new Page
        {
            Data = data,
            Format = (ResponseFormat)kept[1],
            Count = BinaryPrimitives.ReadInt32LittleEndian(kept[4..]),
            IsTruncated = (kept[2] & TruncatedFlag) != 0,
            AsOf = (kept[2] & AsOfFlag) != 0 ? Instant.FromUnixTimeTicks(BinaryPrimitives.ReadInt64LittleEndian(kept[8..])) : null,
            NextCursor = cursor == 0 ? null : Encoding.ASCII.GetString(kept.Slice(HeadBytes, cursor)),
            QueryMilliseconds = milliseconds,
        };
    }
}
