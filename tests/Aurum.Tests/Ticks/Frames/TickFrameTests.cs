using System.Buffers.Binary;
using System.Runtime.InteropServices;
using Aurum.Market.Ticks;
using Aurum.Tests.Ticks.Aggregate;
using Aurum.Ticks.Frames;

namespace Aurum.Tests.Ticks.Frames;

public sealed class TickFrameTests
{
    private static readonly TickCounters Counters = new(10, 5, 2, 1, 2);

    private static readonly TickNames Names = new(
        new(1, ["acme"]),
        new(0, ["caiso-oasis", "Börse"]),
        new(3, [new(3, "acme", "ICE.PJMW", "ICE", "PJMW", 202604, "USD", "MWh")]),
        new(0, [Taxonomy.None]),
        new(2, [new("acme", "ICE.PJMW")]));

    [Fact]
    public void What_is_written_is_read()
    {
        using var writer = new TickFrameWriter();
        var frame = TickFrameReader.Read(Written(writer));
        Assert.Equal(Names.Tenants.Names, frame.Names.Tenants.Names);
        Assert.Equal(Names.Sources.Names, frame.Names.Sources.Names);
        Assert.Equal((3, Names.Instruments.Names[0]), (frame.Names.Instruments.First, Assert.Single(frame.Names.Instruments.Names)));
        Assert.Equal(Taxonomy.None, Assert.Single(frame.Names.Classifications.Names));
        Assert.Equal((2, Names.Curves.Names[0]), (frame.Names.Curves.First, Assert.Single(frame.Names.Curves.Names)));
        Assert.Equal(Ticks(), frame.Ticks.ToArray());
        Assert.Equal([new CurvePoint(2, 3, 202604, 7, 41.5, double.NaN)], frame.CurvePoints.ToArray());
        Assert.True(frame.Bars.IsEmpty && frame.Prices.IsEmpty);
        Assert.Equal(2, frame.Letters.Count);
        var (letter, row) = (frame.Letters[0], frame.Letters[1]);
        Assert.Equal(("acme", "file:a", Letter), (letter.Tenant, letter.Stream, letter.Letter));
        Assert.Equal("{x}"u8, letter.Bytes.Span);
        Assert.Null(letter.Form);
        Assert.Equal(("csv", "CAISO", "file"), (row.Form!.Format, row.Form.Market, row.Form.Source));
        Assert.Equal("price\n"u8, row.Form.Prelude.Span);
        Assert.Equal("x"u8, row.Bytes.Span);
        Assert.Equal(
            [new TickCheckpoint("file:a", 1L << 40, false), new TickCheckpoint("file:b", 9, true)], frame.Checkpoints);
        Assert.Equal([new TickBatchKey("acme", "k-1", Counters)], frame.Keys);
        Assert.Equal([new TickToken(4, 2)], frame.Redriven);
        Assert.Equal((Counters, 77L, 99L, true), (frame.Counters, frame.MadeMicros, frame.WatermarkMicros, frame.IsComplete));
    }

    [Fact]
    public void A_frame_of_nothing_but_counters_is_a_frame()
    {
        using var writer = new TickFrameWriter();
        var frame = TickFrameReader.Read(writer.Finish(default, 1));
        Assert.True(frame.Names.IsEmpty && frame.Ticks.IsEmpty);
        Assert.Equal((0, null, false), (frame.Letters.Count, frame.WatermarkMicros, frame.IsComplete));
    }

    [Fact]
    public void The_head_tells_the_length_and_a_writer_is_used_again()
    {
        using var writer = new TickFrameWriter();
        var first = Written(writer).ToArray();
        writer.Clear();
        Assert.Equal(first, Written(writer).ToArray());
        Assert.Equal(first.Length, TickFrameReader.LengthOf(first.AsSpan(0, TickFrameReader.HeadBytes)));
        Assert.Throws<InvalidOperationException>(() => writer.AddComplete());
    }

    [Fact]
    public void Whatever_byte_is_changed_or_missing_it_is_one_exception()
    {
        using var writer = new TickFrameWriter();
        var frame = Written(writer).ToArray();
        for (var at = 0; at < frame.Length; at++)
        {
            var changed = frame.ToArray();
            changed[at] ^= (byte)(1 << (at % 8));
            Assert.Throws<InvalidDataException>(() => TickFrameReader.Read(changed));
            Assert.Throws<InvalidDataException>(() => TickFrameReader.Read(frame.AsMemory(0, at)));
        }
    }

    [Fact]
    public void Damage_that_its_checksum_does_not_show_is_a_frame_or_one_exception_and_takes_no_more_memory_than_it_has_bytes()
    {
        using var writer = new TickFrameWriter();
        var frame = Written(writer).ToArray();
        var random = new Random(5);
        var read = 0;
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var round = 0; round < 6_000; round++)
        {
            var changed = frame.ToArray();
            for (var change = random.Next(1, 4); change > 0; change--)
            {
                var at = random.Next(TickFrameReader.HeadBytes - 4, changed.Length);
                if (random.Next(4) == 0 && at + 4 <= changed.Length)
                {
                    BinaryPrimitives.WriteInt32LittleEndian(changed.AsSpan(at), random.Next(2) == 0 ? int.MaxValue - random.Next(9) : -1);
                }
                else
                {
                    changed[at] = (byte)random.Next(256);
                }
            }

            BinaryPrimitives.WriteUInt32LittleEndian(changed.AsSpan(16), TickFrameWriter.CrcOf(changed));
            try
            {
                TickFrameReader.Read(changed);
                read++;
            }
            catch (InvalidDataException e)
            {
                Assert.StartsWith("frame", e.Message, StringComparison.Ordinal);
            }
        }

        Assert.InRange(read, 100, 5_900);
        Assert.InRange((GC.GetAllocatedBytesForCurrentThread() - before) / 6_000, 0, 20_000);
    }

    [Fact]
    public void Another_version_or_another_layout_of_ticks_is_named()
    {
        using var writer = new TickFrameWriter();
        var frame = Written(writer).ToArray();
        frame[4] = 9;
        var error = Assert.Throws<InvalidDataException>(() => TickFrameReader.LengthOf(frame));
        Assert.Contains("found version 9", error.Message, StringComparison.Ordinal);
        (frame[4], frame[6]) = (1, 96);
        error = Assert.Throws<InvalidDataException>(() => TickFrameReader.LengthOf(frame));
        Assert.Contains("with ticks of 104 bytes", error.Message, StringComparison.Ordinal);
        Assert.Contains("96 bytes", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Ticks_lie_in_frames_as_they_always_did()
    {
        var tick = new Tick
        {
            Instrument = 1, Source = 2, EventMicros = 3, IngestedMicros = 4, Sequence = 5, Key = 6, KeyHigh = 7, Price = 8, Volume = 9,
            Bid = 10, Ask = 11, Flags = (QualityFlags)12, Classification = 13, Position = 14, Length = 15, HasNodeOrHub = true,
            HasZone = false,
        };
        var bytes = MemoryMarshal.AsBytes([tick]);
        Assert.Equal(104, bytes.Length);
        Assert.Equal([1, 2], Int32s(bytes[..8]));
        Assert.Equal([3L, 4, 5, 6, 7], MemoryMarshal.Cast<byte, long>(bytes[8..48]).ToArray());
        Assert.Equal([8.0, 9, 10, 11], MemoryMarshal.Cast<byte, double>(bytes[48..80]).ToArray());
        Assert.Equal([12, 13], Int32s(bytes[80..88]));
        Assert.Equal(14, BinaryPrimitives.ReadInt64LittleEndian(bytes[88..]));
        Assert.Equal([15], Int32s(bytes[96..100]));
        Assert.Equal((1, 0), (bytes[100], bytes[101]));
        Assert.Equal(0x6d850657u, TickLayout.Number);
    }

    private static DeadLetter Letter { get; } =
        new(DeadLetterReason.MissingPrice, "payload.raw_payload.price", "a price", "", 120, 3);

    private static int[] Int32s(ReadOnlySpan<byte> bytes) => MemoryMarshal.Cast<byte, int>(bytes).ToArray();

    private static Tick[] Ticks() => [BarRig.TickAt(1, 5), BarRig.TickAt(2, 6) with { KeyHigh = ulong.MaxValue, HasZone = true }];

    private static ReadOnlyMemory<byte> Written(TickFrameWriter writer)
    {
        writer.AddNames(Names);
        writer.AddTicks(Ticks());
        writer.AddCurvePoints([new CurvePoint(2, 3, 202604, 7, 41.5, double.NaN)]);
        writer.AddLetter("acme", "file:a", Letter, "{x}"u8);
        writer.AddLetter(new TickFrameLetter("acme", "file:b", Letter, "x"u8.ToArray())
        {
            Form = new LetterForm(LetterForm.Csv, "CAISO", "file", "price\n"u8.ToArray()),
        });
        writer.AddCheckpoint(new TickCheckpoint("file:a", 1L << 40, false));
        writer.AddCheckpoint(new TickCheckpoint("file:b", 9, true));
        writer.AddKey(new TickBatchKey("acme", "k-1", Counters));
        writer.AddRedriven(new TickToken(4, 2));
        writer.AddWatermark(99);
        writer.AddComplete();
        return writer.Finish(Counters, 77);
    }
}
