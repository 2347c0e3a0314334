using System.Globalization;
using System.Text;
using Aurum.Cluster.Redis;
using Aurum.Cluster.Redis.Wire;

namespace Aurum.Tests.Engines.Redis;

public sealed class RespParserTests
{
    [Theory]
    [InlineData("+OK\r\n", "OK")]
    [InlineData("+\r\n", "")]
    [InlineData("$5\r\nhe\r\no\r\n", "he\r\no")]
    [InlineData("$0\r\n\r\n", "")]
    [InlineData(":-42\r\n", "-42")]
    [InlineData(",3.25\r\n", "3.25")]
    [InlineData(",1e3\r\n", "1000")]
    [InlineData(",-inf\r\n", "-Infinity")]
    [InlineData(",nan\r\n", "NaN")]
    [InlineData("#t\r\n", "true")]
    [InlineData("_\r\n", "null")]
    [InlineData("$-1\r\n", "null")]
    [InlineData("*-1\r\n", "null")]
    [InlineData("(-123456789012345678901234567890\r\n", "-123456789012345678901234567890")]
    [InlineData("=8\r\ntxt:prix\r\n", "prix")]
    [InlineData("-OOM no room\r\n", "!OOM no room")]
    [InlineData("!8\r\nERR what\r\n", "!ERR what")]
    [InlineData("*2\r\n:1\r\n*1\r\n+a\r\n", "Array[1, Array[a]]")]
    [InlineData("*0\r\n", "Array[]")]
    [InlineData("%1\r\n+a\r\n:1\r\n", "Map[a, 1]")]
    [InlineData("~2\r\n+a\r\n+b\r\n", "Set[a, b]")]
    [InlineData(">3\r\n+message\r\n+c\r\n$2\r\nhi\r\n", "Push[message, c, hi]")]
    [InlineData("|1\r\n+ttl\r\n:3600\r\n*1\r\n:7\r\n", "Array[7]")]
    [InlineData("*2\r\n|1\r\n+a\r\n+b\r\n:1\r\n:2\r\n", "Array[1, 2]")]
    [InlineData("|0\r\n:7\r\n", "7")]
    [InlineData("$?\r\n;4\r\nHell\r\n;1\r\no\r\n;0\r\n", "Hello")]
    [InlineData("*?\r\n:1\r\n:2\r\n.\r\n", "Array[1, 2]")]
    [InlineData("%?\r\n+a\r\n:1\r\n.\r\n", "Map[a, 1]")]
    public void Reads_every_type(string wire, string shown)
    {
        var parser = new RespParser(RespLimits.Usual);

        Assert.True(parser.TryRead(Encoding.UTF8.GetBytes(wire), out var used, out var value));

        Assert.Equal(wire.Length, used);
        Assert.Equal(shown, Show(value));
    }

    [Theory]
    [InlineData("?\r\n", "one of the types")]
    [InlineData("\r\n", "begins with a type")]
    [InlineData(":x\r\n", "a whole number")]
    [InlineData(",x\r\n", "a number, inf, -inf or nan")]
    [InlineData("#x\r\n", "one of the types")]
    [InlineData("$-2\r\n", "a length of 0 to")]
    [InlineData("$+2\r\nab\r\n", "a length of 0 to")]
    [InlineData("$2\r\nabc\r\n", "CR LF after 2 bytes")]
    [InlineData("*3000000\r\n", "a length of 0 to 1,000,000")]
    [InlineData("+a\n", "ends with CR LF")]
    [InlineData(".\r\n", "the end of a streamed list")]
    [InlineData(";1\r\n", "a value")]
    [InlineData("$?\r\n:1\r\n", "a piece (;)")]
    [InlineData("%?\r\n+a\r\n.\r\n", "the end of a streamed list")]
    [InlineData("=3\r\nabc\r\n", "a text with its form")]
    [InlineData("(12a\r\n", "one of the types")]
    public void Refuses_what_is_not_RESP3_and_says_why(string wire, string expected)
    {
        var parser = new RespParser(RespLimits.Usual);

        var error = Assert.Throws<RedisException>(() => parser.TryRead(Encoding.UTF8.GetBytes(wire), out _, out _));

        Assert.Equal(RedisFault.Protocol, error.Fault);
        Assert.Contains(expected, error.Message, StringComparison.Ordinal);
        Assert.StartsWith("reply byte ", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Any_values_are_read_as_they_were_written_however_they_are_cut()
    {
        for (var seed = 1; seed <= 200; seed++)
        {
            var chance = new Random(seed);
            var wire = new MemoryStream();
            var expected = Enumerable.Range(0, chance.Next(1, 6)).Select(_ => WriteAny(wire, chance, depth: 0)).ToList();
            var bytes = wire.ToArray();

            var found = new List<string>();
            var parser = new RespParser(RespLimits.Usual);
            var (kept, sent) = (Array.Empty<byte>(), 0);
            while (sent < bytes.Length)
            {
                var piece = chance.Next(1, 1 + Math.Min(bytes.Length - sent, chance.Next(2) == 0 ? 3 : 4_000));
                kept = [.. kept, .. bytes.AsSpan(sent, piece)];
                sent += piece;
                var at = 0;
                while (true)
                {
                    var isWhole = parser.TryRead(kept.AsSpan(at), out var used, out var value);
                    at += used;
                    if (!isWhole)
                    {
                        break;
                    }

                    found.Add(Show(value));
                }

                // Bytes that are done with do not come again, those of an unfinished text neither.
                kept = kept[at..];
            }

            Assert.Equal(expected, found);
        }
    }

    [Fact]
    public void Damaged_bytes_are_read_or_refused_and_nothing_else_happens()
    {
        var limits = new RespLimits { MaxDepth = 8, MaxItems = 1_000, MaxTextBytes = 10_000, MaxReplyBytes = 20_000, MaxLineBytes = 1_000 };
        var (values, refused) = (0, 0);
        for (var seed = 1; seed <= 3_000; seed++)
        {
            var chance = new Random(seed);
            var wire = new MemoryStream();
            WriteAny(wire, chance, depth: 0);
            var bytes = wire.ToArray();
            for (var i = chance.Next(1, 4); i > 0; i--)
            {
                bytes[chance.Next(bytes.Length)] = chance.Next(3) == 0
                    ? (byte)chance.Next(256)
                    : "$*%~>|+-:,#_(=!;.?\r\n019"u8[chance.Next(22)];
            }

            var parser = new RespParser(limits);
            try
            {
                for (var at = 0; parser.TryRead(bytes.AsSpan(at), out var used, out var value); at += used)
                {
                    Assert.InRange(used, 1, bytes.Length - at);
                    Show(value);
                    values++;
                }
            }
            catch (RedisException error)
            {
                Assert.Equal(RedisFault.Protocol, error.Fault);
                refused++;
            }
        }

        Assert.InRange(values, 100, 10_000);
        Assert.InRange(refused, 100, 3_000);
    }

    [Fact]
    public void Lists_within_lists_have_an_end()
    {
        var parser = new RespParser(new RespLimits { MaxDepth = 3 });
        var wire = Encoding.ASCII.GetBytes(string.Concat(Enumerable.Repeat("*1\r\n", 4)) + ":1\r\n");

        var error = Assert.Throws<RedisException>(() => parser.TryRead(wire, out _, out _));

        Assert.Contains("at most 3 lists within each other", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_reply_has_no_more_values_and_bytes_than_it_may()
    {
        var items = new RespParser(new RespLimits { MaxItems = 10 });
        var six = "*6\r\n" + string.Concat(Enumerable.Repeat(":1\r\n", 6));
        AssertRefused(items, $"*2\r\n{six}{six}", "at most 10 values");

        var texts = new RespParser(new RespLimits { MaxReplyBytes = 5 });
        AssertRefused(texts, "*2\r\n$4\r\nabcd\r\n$4\r\nabcd\r\n", "at most 5 bytes");

        var line = new RespParser(new RespLimits { MaxLineBytes = 100 });
        AssertRefused(line, new string('+', 200), "a line of at most 100");
    }

    [Fact]
    public void A_length_that_is_only_claimed_takes_no_memory()
    {
        var parser = new RespParser(RespLimits.Usual);
        var before = GC.GetAllocatedBytesForCurrentThread();

        Assert.False(parser.TryRead("*1000000\r\n*1000000\r\n$60000000\r\nabc"u8, out _, out _));

        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 200_000);
    }

    [Theory]
    [InlineData(9)]
    [InlineData(10)]
    [InlineData(99)]
    [InlineData(100)]
    [InlineData(333)]
    [InlineData(334)]
    public void Commands_are_written_as_arrays_of_texts_whatever_their_length(int length)
    {
        var batch = new RedisBatch();

        batch.Add(["SET", new string('é', length), -7, new byte[] { 13, 10, 0 }]);

        Assert.Equal(
            $"*4\r\n$3\r\nSET\r\n${2 * length}\r\n{new string('é', length)}\r\n$2\r\n-7\r\n$3\r\n\r\n\0\r\n",
            Encoding.UTF8.GetString(batch.Written));
    }

    private static void AssertRefused(RespParser parser, string wire, string expected)
    {
        var error = Assert.Throws<RedisException>(() => parser.TryRead(Encoding.ASCII.GetBytes(wire), out _, out _));
        Assert.Contains(expected, error.Message, StringComparison.Ordinal);
    }

    private static string WriteAny(MemoryStream to, Random chance, int depth)
    {
        switch (chance.Next(depth > 3 ? 7 : 11))
        {
            case 0:
                Line(to, "+simple");
                return "simple";
            case 1:
                var number = chance.NextInt64(long.MinValue, long.MaxValue);
                Line(to, $":{number.ToString(CultureInfo.InvariantCulture)}");
                return number.ToString(CultureInfo.InvariantCulture);
            case 2:
                Line(to, chance.Next(2) == 0 ? "_" : "$-1");
                return "null";
            case 3:
                Line(to, "#f");
                return "false";
            case 4:
                var floating = Math.Round(chance.NextDouble() * 1e6, 3);
                Line(to, $",{floating.ToString("R", CultureInfo.InvariantCulture)}");
                return floating.ToString(CultureInfo.InvariantCulture);
            case 5:
                Line(to, "-ERR refused");
                return "!ERR refused";
            case 6:
                var text = new string('x', chance.Next(4) == 0 ? chance.Next(9_000) : chance.Next(20)) + "\r\n";
                Line(to, $"${text.Length.ToString(CultureInfo.InvariantCulture)}");
                Line(to, text);
                return text;
            case 7:
                Line(to, "|1");
                Line(to, "+note");
                WriteAny(to, chance, depth + 1);
                return WriteAny(to, chance, depth + 1);
            default:
                var (mark, kind) = new[] { ('*', "Array"), ('~', "Set"), ('>', "Push"), ('%', "Map") }[chance.Next(4)];
                var count = chance.Next(5);
                Line(to, $"{mark}{count.ToString(CultureInfo.InvariantCulture)}");
                var items = Enumerable.Range(0, mark == '%' ? 2 * count : count).Select(_ => WriteAny(to, chance, depth + 1));
                return $"{kind}[{string.Join(", ", items)}]";
        }
    }

    private static void Line(MemoryStream to, string text) => to.Write(Encoding.ASCII.GetBytes(text + "\r\n"));

    private static string Show(RespValue value) => value.Kind switch
    {
        RespKind.Array or RespKind.Map or RespKind.Set or RespKind.Push => $"{value.Kind}[{string.Join(", ", value.Items.Select(Show))}]",
        RespKind.Error => "!" + value.Text,
        RespKind.Text or RespKind.Verbatim or RespKind.BigNumber => value.Text,
        _ => value.ToString(),
    };
}
