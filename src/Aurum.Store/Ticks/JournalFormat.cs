using System.Buffers.Binary;
using System.Globalization;
using Aurum.Market.Ticks;

namespace Aurum.Store.Ticks;

/// <summary>The bytes of journal files, little-endian. Stored data outlives programs: a change needs another version.</summary>
/// <remarks>
/// <para>A segment begins with magic (8 bytes), version (4), number of its first frame (8) and CRC-32C of these (4).</para>
/// <para>A record has magic (4), length of its body (4), number (8), CRC-32C of the body (4), CRC-32C of these (4), body. A mark has no
/// body: it says up to which frame all was on disk when it was written, and in the place of the body's checksum where it stands.</para>
/// <para>A snapshot has magic (8), version (4), number of the last frame in it (8), length (8), CRC-32C of its bytes (4), CRC-32C of
/// these (4), bytes.</para>
/// </remarks>
internal static class JournalFormat
{
    public const int SegmentHeadBytes = 24;
    public const int HeadBytes = 24;
    public const int SnapshotHeadBytes = 36;
    public const string SegmentEnding = ".journal";
    public const string SnapshotEnding = ".snapshot";

    private const int Version = 1;
    private const int CheckedHeadBytes = HeadBytes - sizeof(uint);
    private const uint FrameMagic = 0x314D5246; // FRM1
    private const uint MarkMagic = 0x314B524D; // MRK1

    private static ReadOnlySpan<byte> SegmentMagic => "AURTICKS"u8;

    private static ReadOnlySpan<byte> SnapshotMagic => "AURTSNAP"u8;

    /// <summary>How every mark begins.</summary>
    public static ReadOnlySpan<byte> MarkBeginning => "MRK1"u8;

    public static string SegmentName(long first) => first.ToString("D20", CultureInfo.InvariantCulture) + SegmentEnding;

    public static string SnapshotName(long frame) => frame.ToString("D20", CultureInfo.InvariantCulture) + SnapshotEnding;

    /// <returns>The number that a file is named by; null where it is no name of ours.</returns>
    public static long? NumberOf(string path) => long.TryParse(
        Path.GetFileNameWithoutExtension(path.AsSpan()), NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? number
            : null;

    public static void WriteSegmentHead(Span<byte> to, long first)
    {
        SegmentMagic.CopyTo(to);
        BinaryPrimitives.WriteInt32LittleEndian(to[8..], Version);
        BinaryPrimitives.WriteInt64LittleEndian(to[12..], first);
        BinaryPrimitives.WriteUInt32LittleEndian(to[20..], Crc32C.Of(to[..20]));
    }

    /// <returns>What is wrong with it; null where nothing is.</returns>
    public static string? FaultOfSegment(ReadOnlySpan<byte> head, long first)
    {
        if (!head.StartsWith(SegmentMagic) || BinaryPrimitives.ReadUInt32LittleEndian(head[20..]) != Crc32C.Of(head[..20]))
        {
            return "expected the head of a segment, found other bytes";
        }

        var (version, number) = (BinaryPrimitives.ReadInt32LittleEndian(head[8..]), BinaryPrimitives.ReadInt64LittleEndian(head[12..]));
        return version != Version ? $"expected version {Version}, found {version}"
            : number != first ? $"expected frame {first} as the first one, found {number}" : null;
    }

    public static void WriteFrameHead(Span<byte> to, long number, ReadOnlySpan<byte> body) =>
        WriteHead(to, FrameMagic, body.Length, number, Crc32C.Of(body));

    /// <param name="to">Where to.</param>
    /// <param name="durable">Number of the last frame that is on disk.</param>
    /// <param name="position">Where the mark will stand in its file.</param>
    public static void WriteMark(Span<byte> to, long durable, long position) => WriteHead(to, MarkMagic, 0, durable, (uint)position);

    public static JournalHead ReadHead(ReadOnlySpan<byte> head, long position)
    {
        var isWhole = BinaryPrimitives.ReadUInt32LittleEndian(head[CheckedHeadBytes..]) == Crc32C.Of(head[..CheckedHeadBytes]);
        var magic = BinaryPrimitives.ReadUInt32LittleEndian(head);
        var length = BinaryPrimitives.ReadInt32LittleEndian(head[4..]);
        var number = BinaryPrimitives.ReadInt64LittleEndian(head[8..]);
        var crc = BinaryPrimitives.ReadUInt32LittleEndian(head[16..]);
        var kind = !isWhole ? JournalRecord.None
            : magic == FrameMagic && length > 0 ? JournalRecord.Frame
            : magic == MarkMagic && length == 0 && crc == (uint)position ? JournalRecord.Mark : JournalRecord.None;
        return new JournalHead(kind, length, number, crc);
    }

    public static void WriteSnapshotHead(Span<byte> to, long frame, ReadOnlySpan<byte> bytes)
    {
        SnapshotMagic.CopyTo(to);
        BinaryPrimitives.WriteInt32LittleEndian(to[8..], Version);
        BinaryPrimitives.WriteInt64LittleEndian(to[12..], frame);
        BinaryPrimitives.WriteInt64LittleEndian(to[20..], bytes.Length);
        BinaryPrimitives.WriteUInt32LittleEndian(to[28..], Crc32C.Of(bytes));
        BinaryPrimitives.WriteUInt32LittleEndian(to[32..], Crc32C.Of(to[..32]));
    }

    /// <summary>Whether the head is whole and of this frame, and the bytes are those that it was written for.</summary>
    public static bool IsSnapshot(ReadOnlySpan<byte> head, long frame, ReadOnlySpan<byte> bytes) =>
        head.StartsWith(SnapshotMagic)
        && BinaryPrimitives.ReadUInt32LittleEndian(head[32..]) == Crc32C.Of(head[..32])
        && BinaryPrimitives.ReadInt32LittleEndian(head[8..]) == Version
        && BinaryPrimitives.ReadInt64LittleEndian(head[12..]) == frame
        && BinaryPrimitives.ReadInt64LittleEndian(head[20..]) == bytes.Length
        && BinaryPrimitives.ReadUInt32LittleEndian(head[28..]) == Crc32C.Of(bytes);

    private static void WriteHead(Span<byte> to, uint magic, int length, long number, uint crc)
    {
        BinaryPrimitives.WriteUInt32LittleEndian(to, magic);
        BinaryPrimitives.WriteInt32LittleEndian(to[4..], length);
        BinaryPrimitives.WriteInt64LittleEndian(to[8..], number);
        BinaryPrimitives.WriteUInt32LittleEndian(to[16..], crc);
        BinaryPrimitives.WriteUInt32LittleEndian(to[CheckedHeadBytes..], Crc32C.Of(to[..CheckedHeadBytes]));
    }
}

/// <summary>What begins at a place of a segment.</summary>
internal enum JournalRecord
{
    /// <summary>No record.</summary>
    None,
    Frame,
    Mark,
}

/// <summary>The head of a record.</summary>
/// <param name="Kind">None where its checksum does not match.</param>
/// <param name="Length">Bytes of the body.</param>
/// <param name="Number">Of the frame; of a mark: the last one that was on disk.</param>
/// <param name="Crc">Checksum of the body.</param>
internal readonly record struct JournalHead(JournalRecord Kind, int Length, long Number, uint Crc);
