using System.IO.Compression;
using System.Text;
using Aurum.App.Api.Requests;
using Aurum.App.Api.Ticks;
using Aurum.Ticks.Normalize;

namespace Aurum.Tests.Api.Ticks;

public sealed class TickPiecesTests
{
    private static readonly TickContent Lines = new(TickFormat.JsonLines, IsDocument: false);

    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(100_000)]
    [InlineData(10_000_000)]
    public async Task However_a_body_comes_its_pieces_are_whole_lines_and_together_the_body(int chunkBytes)
    {
        var body = Text(chunkBytes < 10 ? 3_000 : 600_000, lineLetters: 137);

        var pieces = await PiecesAsync(new Chunks(body, chunkBytes), Lines);

        Assert.Equal(body, pieces.SelectMany(p => p.Bytes).ToArray());
        Assert.All(pieces.SkipLast(1), p => Assert.Equal((byte)'\n', p.Bytes[^1]));
        Assert.All(pieces, p => Assert.InRange(p.Bytes.Length, 0, TickPieces.PieceBytes));
        Assert.Equal(pieces.Scan(), pieces.Select(p => p.Position));
        Assert.Equal(1, pieces.Count(p => p.IsEnd));
    }

    [Fact]
    public async Task A_patient_reader_cuts_the_same_body_at_the_same_places()
    {
        var body = Text(900_000, lineLetters: 211);

        var fast = await PiecesAsync(new MemoryStream(body), Lines, isPatient: true);
        var slow = await PiecesAsync(new Chunks(body, 3_001), Lines, isPatient: true);

        Assert.Equal(fast.Select(p => p.Position), slow.Select(p => p.Position));
        Assert.True(fast.Count > 3);
    }

    [Fact]
    public async Task What_has_come_whole_does_not_wait_for_the_rest()
    {
        var body = new Stalling("{\"a\":1}\n{\"b\":"u8.ToArray());
        using var pieces = new TickPieces(body, Lines, 1_000_000, isPatient: false);

        var first = await pieces.NextAsync(CancellationToken.None);
        body.Go.SetResult();
        var last = await pieces.NextAsync(CancellationToken.None);

        Assert.Equal("{\"a\":1}\n", Encoding.UTF8.GetString(first.Bytes));
        Assert.Equal(("{\"b\":", 8L, true), (Encoding.UTF8.GetString(last.Bytes), last.Position, last.IsEnd));
    }

    [Fact]
    public async Task Rows_of_csv_have_their_header_in_each_piece_and_their_places_in_the_body()
    {
        var body = Encoding.UTF8.GetBytes("\r\na,b\n" + Encoding.UTF8.GetString(Text(600_000, lineLetters: 90)));

        var pieces = await PiecesAsync(new MemoryStream(body), new TickContent(TickFormat.Csv, IsDocument: false));

        Assert.True(pieces.Count > 2);
        Assert.All(pieces.Skip(1), p => Assert.Equal("a,b\n", Encoding.UTF8.GetString(p.Bytes, 0, 4)));
        Assert.All(pieces.Skip(1), p => Assert.Equal(body.AsSpan((int)p.Position + 4, 50), p.Bytes.AsSpan(4, 50)));
    }

    [Fact]
    public async Task A_message_that_is_longer_than_a_piece_is_one_piece_and_the_rest_of_it_is_dropped()
    {
        var body = Encoding.UTF8.GetBytes("first\n" + new string('x', 700_000) + "\nlast\n");

        var pieces = await PiecesAsync(new Chunks(body, 50_000), Lines, isPatient: true);

        Assert.Equal(
            ["first\n", new string('x', TickPieces.PieceBytes), "last\n"], pieces.Select(p => Encoding.UTF8.GetString(p.Bytes)));
        Assert.Equal([0L, 6L, body.Length - 5L], pieces.Select(p => p.Position));
    }

    [Fact]
    public async Task A_small_body_that_unpacks_to_a_huge_one_is_refused()
    {
        using var packed = new MemoryStream();
        await using (var gzip = new GZipStream(packed, CompressionLevel.Optimal, leaveOpen: true))
        {
            gzip.Write(new byte[5_000_000]);
        }

        packed.Position = 0;
        var refused = await Assert.ThrowsAsync<RequestFormatException>(
            () => PiecesAsync(new GZipStream(packed, CompressionMode.Decompress), Lines, maxBytes: 1 << 20));

        Assert.Equal(("body", 413, "at most 1024 KiB, unpacked"), (refused.Field, refused.Status, refused.Expected));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_packed_body_that_ends_too_early_is_refused(bool isBrotli)
    {
        using var packed = new MemoryStream();
        await using (Stream packing = isBrotli
            ? new BrotliStream(packed, CompressionLevel.Optimal, leaveOpen: true)
            : new GZipStream(packed, CompressionLevel.Optimal, leaveOpen: true))
        {
            packing.Write(Text(50_000, lineLetters: 60));
        }

        var half = new MemoryStream(packed.ToArray()[..(int)(packed.Length / 2)]);
        Stream unpacking = isBrotli
            ? new BrotliStream(half, CompressionMode.Decompress)
            : new GZipStream(half, CompressionMode.Decompress);
        var refused = await Assert.ThrowsAsync<RequestFormatException>(() => PiecesAsync(unpacking, Lines));

        Assert.Equal(("body", 400), (refused.Field, refused.Status));
    }

    /// <summary>Lines of digits that tell how far they are.</summary>
    private static byte[] Text(int bytes, int lineLetters)
    {
        var text = new StringBuilder(bytes);
        for (var line = 0; text.Length < bytes; line++)
        {
            text.Append(line).Append('.', lineLetters - (line % 50)).Append('\n');
        }

        return Encoding.UTF8.GetBytes(text.ToString());
    }

    private static async Task<List<TickPiece>> PiecesAsync(
        Stream body, TickContent content, bool isPatient = false, long maxBytes = 1 << 30)
    {
        using var pieces = new TickPieces(body, content, maxBytes, isPatient);
        var all = new List<TickPiece>();
        do
        {
            all.Add(await pieces.NextAsync(CancellationToken.None));
        }
        while (!all[^1].IsEnd);
        if (all[^1].Bytes.Length == 0 && all.Count > 1)
        {
            all[^2] = all[^2] with { IsEnd = true };
            all.RemoveAt(all.Count - 1);
        }

        return all;
    }

    /// <summary>Gives few bytes at a time, and never at once.</summary>
    private sealed class Chunks(byte[] bytes, int most) : MemoryStream(bytes)
    {
        public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            await Task.Yield();
            return Read(buffer.Span[..Math.Min(buffer.Length, most)]);
        }
    }

    /// <summary>Gives its bytes, and ends only when it is told to.</summary>
    private sealed class Stalling(byte[] bytes) : MemoryStream(bytes)
    {
        public TaskCompletionSource Go { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            if (Position == Length)
            {
                await Go.Task;
            }

            return Read(buffer.Span);
        }
    }
}

internal static class PiecesOfBodies
{
    /// <summary>Where pieces that lie behind each other begin.</summary>
    public static IEnumerable<long> Scan(this IEnumerable<TickPiece> pieces)
    {
        long position = 0;
        foreach (var piece in pieces)
        {
            yield return position;
            position += piece.Bytes.Length;
        }
    }
}
