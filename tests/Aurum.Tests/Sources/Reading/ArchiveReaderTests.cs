using System.IO.Compression;
using System.Text;
using Aurum.Market.Feeds;
using Aurum.Sources.Reading;

namespace Aurum.Tests.Sources.Reading;

public sealed class ArchiveReaderTests
{
    [Fact]
    public void Gives_a_plain_file_as_it_is() => Assert.Equal(["f.csv|f.csv|Text|a,b"], Read("f.csv", Encoding.UTF8.GetBytes("a,b")));

    [Fact]
    public void Opens_gzip_by_its_content() =>
        Assert.Equal(["f.json.gz|f.json|Json|{}"], Read("f.json.gz", Packed.Gzip("{}")));

    [Fact]
    public void Opens_gzip_inside_a_zip() => Assert.Equal(
        ["z.zip/a.csv.gz|a.csv|Text|one"], Read("z.zip", Packed.Zip(("a.csv.gz", Packed.Gzip("one")))));

    [Fact]
    public void Gives_the_files_of_a_zip_one_after_the_other() => Assert.Equal(
        ["z.zip/a.csv|a.csv|Text|one", "z.zip/sub/b.xml|b.xml|Xml|<b/>", "z.zip/empty.csv|empty.csv|Empty|"],
        Read("z.zip", Packed.Zip(("a.csv", "one"), ("sub/b.xml", "<b/>"), ("empty.csv", ""))));

    [Fact]
    public void Enters_zips_inside_a_zip() => Assert.Equal(
        ["z.zip/in.zip/a.csv|a.csv|Text|one", "z.zip/b.csv|b.csv|Text|two"],
        Read("z.zip", Packed.Zip(("in.zip", Packed.Zip(("a.csv", "one"))), ("b.csv", "two"u8.ToArray()))));

    [Fact]
    public void Reads_a_file_of_megabytes_whole_from_a_stream_without_seeking()
    {
        var text = string.Concat(Enumerable.Range(0, 200_000).Select(i => $"{i},"));
        var zip = Packed.Zip(("a.csv", text));
        using var archive = new ArchiveReader(new FeedFile("z.zip", () => new DripStream(zip, 1000)));
        Assert.Equal(text, new StreamReader(archive.Next()!.Content).ReadToEnd());
        Assert.Null(archive.Next());
    }

    [Fact]
    public void A_cut_zip_is_no_zip()
    {
        var zip = Packed.Zip(("a.csv", new string('x', 5000)));
        for (var length = 4; length < zip.Length; length += 7)
        {
            var error = Assert.Throws<FeedFormatException>(() => Read("z.zip", zip[..length]));
            Assert.StartsWith("z.zip: expected a whole zip with a file in it, found ", error.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void A_cut_gzip_is_an_error()
    {
        var gzip = Packed.Gzip(string.Concat(Enumerable.Range(0, 10_000)));
        var taken = new List<int>();
        for (var length = 3; length < gzip.Length; length += length < 64 || length > gzip.Length - 64 ? 1 : 97)
        {
            try
            {
                Read("f.gz", gzip[..length]);
                taken.Add(length);
            }
            catch (FeedFormatException)
            {
            }
        }

        Assert.Equal("", string.Join(",", taken));
    }

    [Fact]
    public void A_wrong_CRC_is_found_even_where_nobody_reads_to_the_end()
    {
        var zip = Packed.Zip(CompressionLevel.NoCompression, ("a.csv", Encoding.UTF8.GetBytes(new string('x', 100_000))));
        zip[70_000] ^= 1;
        using var archive = new ArchiveReader(FeedFile.FromBytes("z.zip", zip));
        Assert.Equal('x', archive.Next()!.Content.ReadByte());
        var error = Assert.Throws<FeedFormatException>(archive.Next);
        Assert.StartsWith("z.zip/a.csv: expected CRC ", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Keeps_its_limits()
    {
        var small = new ArchiveLimits { MaxEntries = 2, MaxUnpackedBytes = 1000, MaxDepth = 1, MaxNestedBytes = 400 };
        Assert.Contains("at most 2 files", Refusal(Packed.Zip(("a", "1"), ("b", "2"), ("c", "3")), small), StringComparison.Ordinal);
        Assert.Contains("at most 1000 unpacked bytes", Refusal(Packed.Zip(("a", new string('x', 1001))), small), StringComparison.Ordinal);
        Assert.Contains("at most 1 zips", Refusal(Packed.Zip(("in.zip", Packed.Zip(("a", "1")))), small), StringComparison.Ordinal);
        var bomb = Packed.Zip(("a", new string('0', 3_000_000)));
        Assert.Contains(
            "at most 400 unpacked bytes for each packed byte",
            Refusal(bomb, new ArchiveLimits { RatioFromBytes = 1 << 20 }),
            StringComparison.Ordinal);
    }

    [Fact]
    public void Crc_is_that_of_the_standard_check_text()
    {
        Assert.Equal(0xCBF43926u, Crc32.Append(0, "123456789"u8));
        Assert.Equal(Crc32.Append(0, "123456789"u8), Crc32.Append(Crc32.Append(0, "12"u8), "3456789"u8));
    }

    private static string Refusal(byte[] zip, ArchiveLimits limits) =>
        Assert.Throws<FeedFormatException>(() => Read("z.zip", zip, limits)).Message;

    private static List<string> Read(string name, byte[] content, ArchiveLimits? limits = null)
    {
        using var archive = new ArchiveReader(FeedFile.FromBytes(name, content), limits);
        var found = new List<string>();
        while (archive.Next() is { } entry)
        {
            found.Add($"{entry.Name}|{entry.InnerName}|{entry.Kind}|{new StreamReader(entry.Content).ReadToEnd()}");
        }

        return found;
    }
}
