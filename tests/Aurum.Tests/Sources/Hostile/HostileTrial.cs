using System.IO.Compression;
using System.Text;
using Aurum.Market.Feeds;
using Aurum.Sources;
using Aurum.Sources.Shapes;
using Aurum.Tests.Sources.Reading;

namespace Aurum.Tests.Sources.Hostile;

/// <summary>Spoils one good file of a feed and hands it to everything that looks into files: the feed's parser, paging and recognition,
/// and the reader of shapes.</summary>
internal sealed class HostileTrial(Feed feed, FeedRequest request, FeedFile good)
{
    /// <summary>What a file may allocate: a fixed part for pools, tables and messages, and some for each byte. JSON answers are held as
    /// a whole, and a buffer grows by doubling.</summary>
    private const long FixedAllocation = 64 << 20;

    private const long AllocationPerByte = 64;

    private const int LeastRounds = 4;
    private const int MostRounds = 150;

    public void Run(int seed, int bytes)
    {
        var content = BytesOf(good);
        var random = new Random(seed);
        foreach (var change in HostileChange.Once)
        {
            Read(change, content, random);
        }

        var rounds = Math.Clamp((bytes / content.Length) - HostileChange.Once.Count, LeastRounds, MostRounds);
        for (var round = 0; round < rounds; round++)
        {
            Read(HostileChange.Again[(round + seed) % HostileChange.Again.Count], content, random);
        }
    }

    /// <summary>A zip is spoilt inside and outside in turn.</summary>
    private void Read(HostileChange change, byte[] content, Random random)
    {
        var isZip = content.AsSpan().StartsWith("PK"u8);
        var spoilt = isZip && random.Next(2) == 0 ? SpoiltInside(change, content, random) : change.Apply(content, random);
        var file = FeedFile.FromBytes(good.Name, spoilt, random.Next(2) == 0 ? good.Day : null) with { IsAnswer = random.Next(2) == 0 };
        var before = GC.GetAllocatedBytesForCurrentThread();
        try
        {
            Read(file, spoilt);
        }
        catch (Exception e) when (e is not Xunit.Sdk.XunitException)
        {
            Assert.Fail($"{feed.Id}, {good.Name} with {change.Name}: {e}");
        }

        var allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        Assert.True(
            allocated <= FixedAllocation + (AllocationPerByte * spoilt.Length),
            $"{feed.Id}, {good.Name} with {change.Name}: {allocated:N0} bytes allocated for a file of {spoilt.Length:N0}");
    }

    private void Read(FeedFile file, byte[] spoilt)
    {
        Named(() => feed.Accept(new Parsing(file, spoilt.Length)));
        Named(() => feed.NextPage(request, file));
        Named(() => feed.EchoedSecrets(file));
        feed.Refusal(Encoding.UTF8.GetString(spoilt.AsSpan(0, Math.Min(spoilt.Length, 4096))));
        feed.Recognizes(FeedDetection.HeadOf(file));
        ShapeReader.Read(file);
    }

    private static void Named<T>(Func<T> read)
    {
        try
        {
            read();
        }
        catch (FeedFormatException e)
        {
            Assert.True(e.File.Length > 0 && e.Expected.Length > 0 && e.Found.Length > 0, e.Message);
        }
    }

    private static byte[] BytesOf(FeedFile file)
    {
        using var stream = file.Open();
        using var bytes = new MemoryStream();
        stream.CopyTo(bytes);
        return bytes.ToArray();
    }

    private static byte[] SpoiltInside(HostileChange change, byte[] zip, Random random)
    {
        using var archive = new ZipArchive(new MemoryStream(zip));
        var entry = archive.Entries[0];
        using var inner = entry.Open();
        using var bytes = new MemoryStream();
        inner.CopyTo(bytes);
        return Packed.Zip((entry.FullName, change.Apply(bytes.ToArray(), random)));
    }

    private sealed class Parsing(FeedFile file, int bytes) : IFeedVisitor<Outcome>
    {
        public Outcome Visit<TRow>(Feed<TRow> feed)
            where TRow : struct => feed.Parse(file, new CountedRows<TRow>(bytes)).Outcome;
    }

    /// <summary>No file has more rows than bytes, but for cross rates and rows that a zip makes of few bytes.</summary>
    private sealed class CountedRows<TRow>(int bytes) : IRowOutput<TRow>
        where TRow : struct
    {
        private const int MostPacked = 1000;

        private long _rows;

        public void OnRows(ReadOnlySpan<TRow> rows)
        {
            _rows += rows.Length;
            Assert.True(_rows <= 10_000 + ((long)MostPacked * bytes), $"{_rows} rows of {bytes} bytes");
        }
    }
}
