using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using Aurum.Market.Ticks;
using Aurum.Ticks.State;

namespace Aurum.Ticks.Frames;

/// <summary>Writes frames into one buffer that is used again. Ticks, bars, prices and points are copied once, as they are in
/// memory.</summary>
/// <remarks>
/// <para>A frame is a head of 24 bytes and sections, little-endian. Head: <c>AuTF</c>, version (2 bytes), bytes of a tick (2), number
/// of the structs' layout (4), length of the frame (4), CRC-32C of all but itself (4), sections (4). Section: kind (2), bytes of an item
/// (2, 0 where they differ), items (4), bytes (4), four zeros, then those bytes and zeros up to a multiple of eight.</para>
/// <para>The layout is that of the processes that share frames: a process with another one refuses them.</para>
/// </remarks>
public sealed class TickFrameWriter : IDisposable
{
    internal const ushort Version = 1;
    internal const int LengthAt = 12;
    internal const int CrcAt = 16;
    internal const int SectionsAt = 20;
    internal const int SectionHeadBytes = 16;
    internal const int MaxLetterBytes = 1 << 20;

    private readonly StateWriter _to = new();
    private int _sections;
    private int _once;
    private bool _isFinished;

    public TickFrameWriter() => Clear();

    internal static ReadOnlySpan<byte> Magic => "AuTF"u8;

    /// <summary>Bytes of the frame so far.</summary>
    public int Length => _to.Length;

    /// <summary>Begins a new frame; what <see cref="Finish"/> gave is no longer valid.</summary>
    public void Clear()
    {
        _to.Clear();
        _sections = _once = 0;
        _isFinished = false;
        var head = _to.Room(TickFrameReader.HeadBytes);
        head.Clear();
        Magic.CopyTo(head);
        BinaryPrimitives.WriteUInt16LittleEndian(head[4..], Version);
        BinaryPrimitives.WriteUInt16LittleEndian(head[6..], TickLayout.TickBytes);
        BinaryPrimitives.WriteUInt32LittleEndian(head[8..], TickLayout.Number);
    }

    /// <summary>Names that are new. Once a frame.</summary>
    public void AddNames(TickNames names)
    {
        var from = Begin(FrameSection.Names, isOnce: true);
        TickNamesCodec.Write(_to, names);
        End(from);
    }

    /// <summary>Once a frame.</summary>
    public void AddTicks(ReadOnlySpan<Tick> ticks) => AddRaw(FrameSection.Ticks, ticks);

    /// <summary>Once a frame.</summary>
    public void AddBars(ReadOnlySpan<Bar> bars) => AddRaw(FrameSection.Bars, bars);

    /// <summary>Once a frame.</summary>
    public void AddPrices(ReadOnlySpan<LatestPrice> prices) => AddRaw(FrameSection.Prices, prices);

    /// <summary>Once a frame.</summary>
    public void AddCurvePoints(ReadOnlySpan<CurvePoint> points) => AddRaw(FrameSection.CurvePoints, points);

    public void AddLetter(TickFrameLetter letter)
    {
        AddLetter(letter.Tenant, letter.Stream, letter.Letter, letter.Bytes.Span);
        if (letter.Form is { } form)
        {
            var from = Begin(FrameSection.LetterForm);
            _to.Write(form.Format);
            _to.Write(form.Market);
            _to.Write(form.Source);
            _to.WriteBytes(form.Prelude.Span);
            End(from);
        }
    }

    /// <param name="tenant">Whose stream it came in.</param>
    /// <param name="stream">Name of the stream.</param>
    /// <param name="letter">What is wrong with it.</param>
    /// <param name="bytes">The message as it came; at most 1 MiB of it are kept.</param>
    public void AddLetter(string tenant, string stream, DeadLetter letter, ReadOnlySpan<byte> bytes)
    {
        var from = Begin(FrameSection.Letter);
        _to.Write(tenant);
        _to.Write(stream);
        _to.Write((int)letter.Reason);
        _to.Write(letter.Field);
        _to.Write(letter.Expected);
        _to.Write(letter.Found);
        _to.Write(letter.Position);
        _to.Write(letter.Length);
        _to.WriteBytes(bytes[..Math.Min(bytes.Length, MaxLetterBytes)]);
        End(from);
    }

    /// <summary>How far a stream has come.</summary>
    public void AddCheckpoint(TickCheckpoint checkpoint)
    {
        var from = Begin(FrameSection.Checkpoint);
        _to.Write(checkpoint.Stream);
        _to.Write(checkpoint.Position);
        _to.Write(checkpoint.IsComplete);
        End(from);
    }

    /// <summary>A batch in the frame that its sender may send again.</summary>
    public void AddKey(TickBatchKey key)
    {
        var from = Begin(FrameSection.BatchKey);
        _to.Write(key.Tenant);
        _to.Write(key.Key);
        Write(key.Counters);
        End(from);
    }

    /// <summary>The frame has what came of sending a dead letter again.</summary>
    public void AddRedriven(TickToken letter)
    {
        var from = Begin(FrameSection.Redriven);
        _to.Write(letter.Frame);
        _to.Write(letter.Index);
        End(from);
    }

    /// <summary>Somebody vouches, behind all ticks of the frame, that nothing that happened before comes any more. Once a frame.</summary>
    public void AddWatermark(long watermarkMicros)
    {
        var from = Begin(FrameSection.Watermark, isOnce: true);
        _to.Write(watermarkMicros);
        End(from);
    }

    /// <summary>The input has ended, behind all ticks and the watermark. Once a frame.</summary>
    public void AddComplete() => End(Begin(FrameSection.Complete, isOnce: true));

    /// <summary>Ends the frame.</summary>
    /// <param name="counters">What became of all messages up to here.</param>
    /// <param name="madeMicros">When it is made, microseconds since 1970 UTC.</param>
    /// <returns>The frame; valid until <see cref="Clear"/>.</returns>
    /// <exception cref="InvalidOperationException">It is longer than <see cref="TickFrameReader.MaxBytes"/>.</exception>
    public ReadOnlyMemory<byte> Finish(in TickCounters counters, long madeMicros)
    {
        var from = Begin(FrameSection.End, isOnce: true);
        Write(in counters);
        _to.Write(madeMicros);
        End(from);
        if (Length > TickFrameReader.MaxBytes)
        {
            throw new InvalidOperationException($"a frame has at most {TickFrameReader.MaxBytes} bytes, this one has {Length}");
        }

        var head = _to.Span;
        BinaryPrimitives.WriteInt32LittleEndian(head[LengthAt..], Length);
        BinaryPrimitives.WriteInt32LittleEndian(head[SectionsAt..], _sections);
        BinaryPrimitives.WriteUInt32LittleEndian(head[CrcAt..], CrcOf(head));
        _isFinished = true;
        return _to.Memory;
    }

    public void Dispose() => _to.Dispose();

    /// <summary>The CRC of all but itself.</summary>
    internal static uint CrcOf(ReadOnlySpan<byte> frame) =>
        Crc32C.Append(Crc32C.Of(frame[..CrcAt]), frame[SectionsAt..]);

    private void Write(in TickCounters counters)
    {
        _to.Write(counters.Received);
        _to.Write(counters.Accepted);
        _to.Write(counters.Duplicate);
        _to.Write(counters.LateAmended);
        _to.Write(counters.DeadLettered);
    }

    private void AddRaw<T>(FrameSection kind, ReadOnlySpan<T> items)
        where T : unmanaged
    {
        var from = Begin(kind, isOnce: true, Unsafe.SizeOf<T>(), items.Length);
        _to.WriteRaw(items);
        End(from);
    }

    private int Begin(FrameSection kind, bool isOnce = false, int itemBytes = 0, int count = 1)
    {
        if (_isFinished || (isOnce && (_once & (1 << (int)kind)) != 0))
        {
            throw new InvalidOperationException(_isFinished ? "the frame is finished" : $"the frame has {kind} already");
        }

        _once |= isOnce ? 1 << (int)kind : 0;
        _sections++;
        var head = _to.Room(SectionHeadBytes);
        BinaryPrimitives.WriteUInt16LittleEndian(head, (ushort)kind);
        BinaryPrimitives.WriteUInt16LittleEndian(head[2..], checked((ushort)itemBytes));
        BinaryPrimitives.WriteInt32LittleEndian(head[4..], count);
        BinaryPrimitives.WriteInt64LittleEndian(head[8..], 0);
        return _to.Length;
    }

    private void End(int from)
    {
        BinaryPrimitives.WriteInt32LittleEndian(_to.Span[(from - 8)..], _to.Length - from);
        _to.Align();
    }
}
