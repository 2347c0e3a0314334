using System.Buffers;
using System.Text;
using Aurum.Ticks.Normalize;

namespace Aurum.Tests.Ticks.Normalize;

public sealed class MessagePiecesTests
{
    private const int Bytes = 1 << 20;

    [Fact]
    public void Lines_are_cut_between_messages()
    {
        Assert.Equal(["a\nbb\n", "ccc\nd"], Cut(TickFormat.JsonLines, 2, "a\nbb\nccc\nd"));
        Assert.Equal(["a\nbb\nccc\n"], Cut(TickFormat.JsonLines, 9, "a\nbb\nccc\n"));
        Assert.Empty(Cut(TickFormat.JsonLines, 9, ""));
    }

    [Fact]
    public void Every_piece_of_CSV_has_the_header() =>
        Assert.Equal(["h,i\n1,2\n3,4\n", "h,i\n5,6"], Cut(TickFormat.Csv, 2, "h,i\n1,2\n3,4\n5,6"));

    [Fact]
    public void A_piece_that_is_not_full_waits_until_it_is_welcome()
    {
        var pieces = new MessagePieces(TickFormat.JsonLines, 3, Bytes);
        var piece = new ArrayBufferWriter<byte>();
        Assert.Equal(0, pieces.Cut("a\nb\nc"u8, takesLess: false, isEnd: false, piece, out var messages));
        Assert.Equal(0, messages);
        Assert.Equal(4, pieces.Cut("a\nb\nc"u8, takesLess: true, isEnd: false, piece, out messages));
        Assert.Equal((2, "a\nb\n"), (messages, Text(piece)));
        Assert.Equal(0, pieces.Cut("c"u8, takesLess: true, isEnd: false, piece, out messages));
        Assert.Equal(1, pieces.Cut("c"u8, takesLess: true, isEnd: true, piece, out messages));
        Assert.Equal((1, "c"), (messages, Text(piece)));
    }

    [Fact]
    public void A_piece_says_where_its_bytes_are_in_the_stream()
    {
        var pieces = new MessagePieces(TickFormat.Csv, 1, Bytes);
        var piece = new ArrayBufferWriter<byte>();
        var stream = "head\none\ntwo\n"u8;
        var used = pieces.Cut(stream, takesLess: true, isEnd: true, piece, out _);
        Assert.Equal("one", Text(stream.Slice(pieces.Origin + 5, 3)));
        Assert.Equal(4, pieces.Cut(stream[used..], takesLess: true, isEnd: true, piece, out _));
        Assert.Equal("two", Text(stream[used..].Slice(pieces.Origin + 5, 3)));
    }

    [Fact]
    public void Every_binary_piece_names_its_ticks()
    {
        var stream = new ArrayBufferWriter<byte>();
        Define(stream, 1, "A");
        Define(stream, 2, "B");
        Tick(stream, 1);
        Tick(stream, 2);
        Tick(stream, 2);
        Define(stream, 2, "C");
        Tick(stream, 2);
        Tick(stream, 1);
        var pieces = Pieces(TickFormat.Binary, 2, stream.WrittenSpan);

        ArrayBufferWriter<byte>[] expected = [new(), new(), new()];
        Define(expected[0], 1, "A");
        Define(expected[0], 2, "B");
        Tick(expected[0], 1);
        Tick(expected[0], 2);
        Define(expected[1], 2, "B");
        Tick(expected[1], 2);
        Define(expected[1], 2, "C");
        Tick(expected[1], 2);
        Define(expected[2], 1, "A");
        Tick(expected[2], 1);
        Assert.Equal(expected.Select(e => e.WrittenSpan.ToArray()), pieces);
    }

    private static void Define(ArrayBufferWriter<byte> to, int number, string name) =>
        BinaryTicks.WriteDefinition(to, number, "default", "source", "CAISO", name, name, "USD", "MWh");

    private static void Tick(ArrayBufferWriter<byte> to, int number) =>
        BinaryTicks.WriteTick(to, number, Guid.Empty, (1, 2, 3), (4, 5, 6, 7), 0);

    private static IEnumerable<string> Cut(TickFormat format, int messages, string stream) =>
        Pieces(format, messages, Encoding.UTF8.GetBytes(stream)).Select(p => Encoding.UTF8.GetString(p));

    private static List<byte[]> Pieces(TickFormat format, int maxMessages, ReadOnlySpan<byte> stream)
    {
        var cutter = new MessagePieces(format, maxMessages, Bytes);
        var piece = new ArrayBufferWriter<byte>();
        var pieces = new List<byte[]>();
        var at = 0;
        while (true)
        {
            at += cutter.Cut(stream[at..], takesLess: false, isEnd: true, piece, out var messages);
            if (messages == 0)
            {
                Assert.Equal(stream.Length, at);
                return pieces;
            }

            pieces.Add(piece.WrittenSpan.ToArray());
        }
    }

    private static string Text(ArrayBufferWriter<byte> piece) => Text(piece.WrittenSpan);

    private static string Text(ReadOnlySpan<byte> bytes) => Encoding.UTF8.GetString(bytes);
}
