using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using Aurum.Market.Ticks;
using Aurum.Ticks.State;

namespace Aurum.Ticks.Frames;

/// <summary>Reads what <see cref="TickFrameWriter"/> wrote. Whatever the bytes are: a frame, or one exception.</summary>
public static class TickFrameReader
{
    /// <summary>Bytes at a frame's beginning that tell its length.</summary>
    public const int HeadBytes = 24;

    /// <summary>Most bytes of a frame.</summary>
    public const int MaxBytes = 256 << 20;

    private static readonly TickNames NoNames = new(new(0, []), new(0, []), new(0, []), new(0, []), new(0, []));

    /// <summary>Whether bytes begin as a frame of any version does.</summary>
    public static bool IsFrame(ReadOnlySpan<byte> bytes) => bytes.StartsWith(TickFrameWriter.Magic);

    /// <summary>Bytes of the whole frame, its head among them.</summary>
    /// <param name="head">The frame's first <see cref="HeadBytes"/> bytes.</param>
    /// <exception cref="InvalidDataException">No frame, one of another version or layout of ticks, or one that is too long.</exception>
    public static int LengthOf(ReadOnlySpan<byte> head)
    {
        if (head.Length < HeadBytes || !IsFrame(head))
        {
            throw new InvalidDataException("frame: expected AuTF at its beginning, found other bytes");
        }

        var version = BinaryPrimitives.ReadUInt16LittleEndian(head[4..]);
        var tickBytes = BinaryPrimitives.ReadUInt16LittleEndian(head[6..]);
        var layout = BinaryPrimitives.ReadUInt32LittleEndian(head[8..]);
        if (version != TickFrameWriter.Version || tickBytes != TickLayout.TickBytes || layout != TickLayout.Number)
        {
            throw new InvalidDataException(
                $"frame: expected version {TickFrameWriter.Version} with ticks of {TickLayout.TickBytes} bytes and layout "
                + $"{TickLayout.Number:x8}, found version {version}, {tickBytes} bytes, layout {layout:x8}");
        }

        var length = BinaryPrimitives.ReadInt32LittleEndian(head[TickFrameWriter.LengthAt..]);
        return length is >= HeadBytes and <= MaxBytes
            ? length
            : throw new InvalidDataException($"frame: expected a length of {HeadBytes} to {MaxBytes} bytes, found {length}");
    }

    /// <summary>Reads one frame, and checks all of it.</summary>
    /// <param name="frame">The whole frame; kept by what is returned.</param>
    /// <exception cref="InvalidDataException">The bytes are not what was written.</exception>
    public static TickFrame Read(ReadOnlyMemory<byte> frame)
    {
        var bytes = frame.Span;
        if (LengthOf(bytes) != frame.Length)
        {
            throw new InvalidDataException($"frame: expected {LengthOf(bytes)} bytes, found {frame.Length}");
        }

        if (BinaryPrimitives.ReadUInt32LittleEndian(bytes[TickFrameWriter.CrcAt..]) != TickFrameWriter.CrcOf(bytes))
        {
            throw new InvalidDataException("frame: expected the bytes of its checksum, found others");
        }

        var parts = new Parts();
        var reader = new StateReader(bytes, "frame");
        _ = reader.Bytes(HeadBytes);
        for (var left = BinaryPrimitives.ReadInt32LittleEndian(bytes[TickFrameWriter.SectionsAt..]); left > 0; left--)
        {
            ReadSection(ref reader, frame, parts, isLast: left == 1);
        }

        reader.End();
        return parts.End is { } end
            ? parts.ToFrame(end)
            : throw new InvalidDataException("frame: expected its counters at the end, found none");
    }

    private static void ReadSection(ref StateReader reader, ReadOnlyMemory<byte> frame, Parts parts, bool isLast)
    {
        var head = reader.Bytes(TickFrameWriter.SectionHeadBytes);
        var kind = (FrameSection)BinaryPrimitives.ReadUInt16LittleEndian(head);
        var itemBytes = BinaryPrimitives.ReadUInt16LittleEndian(head[2..]);
        var count = BinaryPrimitives.ReadInt32LittleEndian(head[4..]);
        var length = BinaryPrimitives.ReadInt32LittleEndian(head[8..]);
        var from = reader.Position;
        var bytes = reader.Bytes(length);
        if (itemBytes != ItemBytes(kind) || count < 0 || (itemBytes == 0 ? count != 1 : (long)count * itemBytes != length)
            || isLast != (kind == FrameSection.End))
        {
            throw reader.Wrong(
                "a section whose items fill it, the counters last", $"{kind} with {count} of {itemBytes} bytes in {length}");
        }

        if (itemBytes > 0)
        {
            parts.SetRaw(kind, frame.Slice(from, length), in reader);
        }
        else
        {
            var section = new StateReader(bytes, $"frame: {kind}");
            ReadItem(kind, ref section, frame[from..], parts);
            section.End();
        }

        reader.Align();
    }

    private static int ItemBytes(FrameSection kind) => kind switch
    {
        FrameSection.Ticks => Unsafe.SizeOf<Tick>(),
        FrameSection.Bars => Unsafe.SizeOf<Bar>(),
        FrameSection.Prices => Unsafe.SizeOf<LatestPrice>(),
        FrameSection.CurvePoints => Unsafe.SizeOf<CurvePoint>(),
        _ => 0,
    };

    private static void ReadItem(FrameSection kind, ref StateReader from, ReadOnlyMemory<byte> section, Parts parts)
    {
        switch (kind)
        {
            case FrameSection.Names when parts.Names is null:
                parts.Names = TickNamesCodec.Read(ref from);
                break;
            case FrameSection.Letter:
                parts.Letters.Add(ReadLetter(ref from, section));
                break;
            case FrameSection.LetterForm when parts.Letters is [.., { Form: null } letter]:
                parts.Letters[^1] = letter with { Form = ReadForm(ref from, section) };
                break;
            case FrameSection.Checkpoint:
                parts.Checkpoints.Add(new TickCheckpoint(from.Text(), from.Int64(), from.Bool()));
                break;
            case FrameSection.BatchKey:
                parts.Keys.Add(new TickBatchKey(from.Text(), from.Text(), ReadCounters(ref from)));
                break;
            case FrameSection.Redriven:
                parts.Redriven.Add(new TickToken(from.Int64(), from.Int32()));
                break;
            case FrameSection.Watermark when parts.WatermarkMicros is null:
                parts.WatermarkMicros = from.Int64();
                break;
            case FrameSection.Complete when !parts.IsComplete:
                parts.IsComplete = true;
                break;
            case FrameSection.End:
                parts.End = (ReadCounters(ref from), from.Int64());
                break;
            default:
                throw from.Wrong("a section that is known, once", kind);
        }
    }

    private static TickFrameLetter ReadLetter(ref StateReader from, ReadOnlyMemory<byte> section)
    {
        var (tenant, stream, reason) = (from.Text(), from.Text(), (DeadLetterReason)from.Int32());
        if (!Enum.IsDefined(reason))
        {
            throw from.Wrong("a reason", (int)reason);
        }

        var letter = new DeadLetter(reason, from.Text(), from.Text(), from.Text(), from.Int64(), from.Int32());
        var length = from.Bytes().Length;
        return new TickFrameLetter(tenant, stream, letter, section.Slice(from.Position - length, length));
    }

    private static LetterForm ReadForm(ref StateReader from, ReadOnlyMemory<byte> section)
    {
        var (format, market, source) = (from.Text(), from.Text(), from.Text());
        var length = from.Bytes().Length;
        return new LetterForm(format, market, source, section.Slice(from.Position - length, length));
    }

    private static TickCounters ReadCounters(ref StateReader from) =>
        new(from.Int64(), from.Int64(), from.Int64(), from.Int64(), from.Int64());

    private sealed class Parts
    {
        private readonly ReadOnlyMemory<byte>?[] _raw = new ReadOnlyMemory<byte>?[(int)FrameSection.End];

        public TickNames? Names { get; set; }

        public List<TickFrameLetter> Letters { get; } = [];

        public List<TickCheckpoint> Checkpoints { get; } = [];

        public List<TickBatchKey> Keys { get; } = [];

        public List<TickToken> Redriven { get; } = [];

        public long? WatermarkMicros { get; set; }

        public bool IsComplete { get; set; }

        public (TickCounters Counters, long MadeMicros)? End { get; set; }

        public void SetRaw(FrameSection kind, ReadOnlyMemory<byte> bytes, ref readonly StateReader from)
        {
            if (_raw[(int)kind] is not null)
            {
                throw from.Wrong("a section once", kind);
            }

            _raw[(int)kind] = bytes;
        }

        public TickFrame ToFrame((TickCounters Counters, long MadeMicros) end) => new()
        {
            Names = Names ?? NoNames,
            Letters = Letters,
            Checkpoints = Checkpoints,
            Keys = Keys,
            Redriven = Redriven,
            Counters = end.Counters,
            MadeMicros = end.MadeMicros,
            WatermarkMicros = WatermarkMicros,
            IsComplete = IsComplete,
            TickBytes = _raw[(int)FrameSection.Ticks] ?? default,
            BarBytes = _raw[(int)FrameSection.Bars] ?? default,
            PriceBytes = _raw[(int)FrameSection.Prices] ?? default,
            PointBytes = _raw[(int)FrameSection.CurvePoints] ?? default,
        };
    }
}
