using System.Text;
using Aurum.Market.Feeds;
using Aurum.Sources;
using Aurum.Sources.Reading;

namespace Aurum.Tests.Sources.Reading;

/// <summary>Seeded mutations of good input: a reader gives rows or a <see cref="FeedFormatException"/>, and nothing else
/// ever.</summary>
public sealed class HostileInputTests
{
    private const int Rounds = 3000;

    private static readonly byte[] Csv =
        Encoding.UTF8.GetBytes("Time,Name,\"LMP ($/MWHr)\"\r\n2025-11-02T01:00:00Z,\"N.Y.C., \"\"x\"\"\",41.5\r\n\r\n"
            + "11/02/2025 01:05,CAPITL,-.37\r\n");

    private static readonly byte[] Xml = Encoding.UTF8.GetBytes(
        "<?xml version=\"1.0\"?><m:OASISReport xmlns:m='x'><!-- c --><a b=\"1\"><v>1&amp;2</v><![CDATA[x]]><w/></a></m:OASISReport>");

    private static readonly byte[] Json = Encoding.UTF8.GetBytes(
        "{\"response\":{\"total\":\"2\",\"data\":[{\"period\":\"2025-11-02T01\",\"value\":\"1.5\"},{\"v\\u0061lue\":null,"
        + "\"x\":[1,2.5e3,true]}]}}");

    [Fact]
    public void Csv_never_fails_otherwise() => Mutate(Csv, seed: 1, (bytes, chunk) =>
    {
        using var csv = new CsvReader(new DripStream(bytes, chunk), "f", new CsvOptions { MaxColumns = 64, AllowRagged = chunk % 2 == 0 });
        while (csv.Read())
        {
            for (var i = -1; i <= csv.Count; i++)
            {
                _ = Numbers.TryParseDecimal(csv[i], out _) | Stamps.TryParseInstant(csv[i], out _) | Stamps.TryParseLocal(csv[i], out _)
                    | Stamps.TryParseDate(csv[i], out _) | Numbers.TryParseInteger(csv[i], out _);
            }
        }
    });

    [Fact]
    public void Xml_never_fails_otherwise() => Mutate(Xml, seed: 2, (bytes, chunk) =>
    {
        using var xml = new Utf8XmlReader(new DripStream(bytes, chunk), "f");
        while (xml.Read())
        {
            if (xml.Token == XmlToken.Start && xml.Name.SequenceEqual("v"u8))
            {
                _ = xml.ReadText().Length;
            }
        }
    });

    [Fact]
    public void Json_never_fails_otherwise() => Mutate(Json, seed: 3, (bytes, chunk) =>
    {
        var json = new JsonStream(new DripStream(bytes, chunk), "f");
        try
        {
            while (json.Read())
            {
                if (json.IsProperty("x"u8))
                {
                    json.Skip();
                }
                else if (json.IsProperty("value"u8))
                {
                    json.ReadRequired();
                    _ = json.NumberOrNaN();
                }
                else if (json.Token is System.Text.Json.JsonTokenType.String)
                {
                    _ = json.Text();
                }
            }
        }
        finally
        {
            json.Dispose();
        }
    });

    [Fact]
    public void Archives_never_fail_otherwise()
    {
        var zip = Packed.Zip(("a.csv", Csv), ("in.zip", Packed.Zip(("b.xml", Xml))), ("c.json.gz", Packed.Gzip("{}")));
        Mutate(zip, seed: 4, (bytes, chunk) =>
        {
            using var archive = new ArchiveReader(FeedFile.FromBytes("f", bytes));
            while (archive.Next() is { } entry)
            {
                _ = ContentGuard.Refusal(entry);
            }
        });
        Mutate(Packed.Gzip("some text, some more text"), seed: 5, (bytes, chunk) =>
        {
            using var archive = new ArchiveReader(FeedFile.FromBytes("f", bytes));
            _ = archive.Next()?.Content.ReadByte();
        });
    }

    [Theory]
    [InlineData("SLD_FCST_ACTUAL_20251102_reduced.csv", "caiso/load-actual")]
    [InlineData("sld_ren_forecast.xml", "caiso/renewable-forecast-day-ahead")]
    [InlineData("SLD_REN_FCST.zip", "caiso/renewable-forecast-day-ahead")]
    [InlineData("20200510_20200511_PRC_LMP_DAM_20200510_10_49_47_v1.csv", "caiso/day-ahead-lmp")]
    public void Parsers_never_fail_otherwise(string file, string feedId)
    {
        var feed = FeedCatalog.Find(new FeedId(feedId));
        var bytes = File.ReadAllBytes(Samples.PathOf("caiso", file));
        Mutate(bytes, seed: 6, (mutated, _) => feed.Accept(new ParseAll(FeedFile.FromBytes(file, mutated))), rounds: 400);
    }

    private static void Mutate(byte[] good, int seed, Action<byte[], int> read, int rounds = Rounds)
    {
        var random = new Random(seed);
        read(good, 1 << 20);
        for (var round = 0; round < rounds; round++)
        {
            var bytes = Mutated(good, random);
            try
            {
                read(bytes, random.Next(1, 64));
            }
            catch (FeedFormatException e)
            {
                Assert.Contains("expected", e.Message, StringComparison.Ordinal);
            }
        }
    }

    private static byte[] Mutated(byte[] good, Random random)
    {
        const string Special = "\",\r\n<>/&;!?-[]{}:=' \0\u00FFPK0.9e";
        var bytes = new List<byte>(good);
        for (var change = random.Next(1, 6); change > 0; change--)
        {
            var at = random.Next(bytes.Count);
            switch (random.Next(5))
            {
                case 0:
                    bytes[at] = (byte)random.Next(256);
                    break;
                case 1:
                    bytes[at] = (byte)Special[random.Next(Special.Length)];
                    break;
                case 2:
                    bytes.Insert(at, (byte)Special[random.Next(Special.Length)]);
                    break;
                case 3:
                    bytes.RemoveRange(at, Math.Min(random.Next(1, 20), bytes.Count - at));
                    break;
                default:
                    bytes.InsertRange(at, bytes.GetRange(at, Math.Min(random.Next(1, 40), bytes.Count - at)));
                    break;
            }

            if (bytes.Count == 0)
            {
                break;
            }
        }

        return [.. bytes];
    }

    private sealed class ParseAll(FeedFile file) : IFeedVisitor<Outcome>
    {
        public Outcome Visit<TRow>(Feed<TRow> feed)
            where TRow : struct => feed.Parse(file, new RowList<TRow>()).Outcome;
    }
}
