using System.Text;
using Aurum.Cluster.ClickHouse;
using Aurum.Cluster.ClickHouse.Wire;

namespace Aurum.Tests.Engines.ClickHouse;

public sealed class NativeFormatTests
{
    private static readonly (string, string)[] Columns =
    [
        ("whole", "Int64"), ("small", "Int32"), ("tiny", "UInt8"), ("number", "Float64"), ("text", "String"), ("day", "Date"),
        ("second", "DateTime('UTC')"), ("micro", "DateTime64(6, 'UTC')"), ("unknown", "Nullable(Float64)"), ("texts", "Array(String)"),
        ("name", "LowCardinality(String)"), ("fields", "Map(String, String)"), ("when", "Nullable(Int64)"),
    ];

    [Fact]
    public async Task Blocks_are_read_as_they_were_written()
    {
        var random = new Random(5);
        using var written = new MemoryStream();
        using var block = new NativeBlock(Columns);
        var expected = new List<string>();
        for (var i = 0; i < 3; i++)
        {
            expected.AddRange(Fill(block, random, rows: 1 + random.Next(3_000)));
            await block.Send(written, CancellationToken.None);
            block.Clear();
        }

        Assert.Equal(expected, await Read(new SlowStream(written.ToArray()), 1 << 30));
    }

    [Fact]
    public async Task An_answer_that_is_cut_off_is_no_answer()
    {
        using var written = new MemoryStream();
        using var block = new NativeBlock(Columns);
        Fill(block, new Random(1), 10);
        await block.Send(written, CancellationToken.None);
        var bytes = written.ToArray();
        for (var length = 1; length < bytes.Length; length += 7)
        {
            var cut = bytes[..length];
            var error = await Assert.ThrowsAsync<ClickHouseException>(() => Read(new MemoryStream(cut), 1 << 30));
            Assert.Contains("found the end", error.Message);
        }
    }

    [Fact]
    public async Task An_answer_has_a_limit()
    {
        using var written = new MemoryStream();
        using var block = new NativeBlock(Columns);
        Fill(block, new Random(1), 1_000);
        await block.Send(written, CancellationToken.None);
        var error = await Assert.ThrowsAsync<ClickHouseException>(() => Read(new MemoryStream(written.ToArray()), 10_000));
        Assert.Equal("ClickHouse: expected an answer of at most 10000 bytes, found more", error.Message);
        Assert.False(error.MayPass);
    }

    [Fact]
    public async Task A_block_whose_columns_differ_in_length_is_a_defect_that_is_told()
    {
        using var block = new NativeBlock([("a", "Int64"), ("b", "Int64")]);
        block[0].Add(1L);
        var defect = await Assert.ThrowsAsync<InvalidOperationException>(() => block.Send(Stream.Null, CancellationToken.None).AsTask());
        Assert.Equal("column a has 1 rows, b has 0", defect.Message);
    }

    [Theory]
    [InlineData("Tuple(Int8, Int8)")]
    [InlineData("LowCardinality(Int64)")]
    [InlineData("Array(Array(Array(Array(Array(Array(Array(Array(Array(Array(Int8))))))))))")]
    public void Types_that_are_not_read_are_refused_by_name(string type) =>
        Assert.Contains(
            type.StartsWith("Array", StringComparison.Ordinal) ? "levels" : type,
            Assert.Throws<FormatException>(() => NativeType.Parse(type)).Message);

    [Fact]
    public void Filling_a_block_again_allocates_nothing()
    {
        using var block = new NativeBlock([("whole", "Int64"), ("number", "Nullable(Float64)"), ("text", "String")]);
        long allocated = 0;
        for (var round = 0; round < 3; round++)
        {
            var before = GC.GetAllocatedBytesForCurrentThread();
            for (var i = 0; i < 10_000; i++)
            {
                block[0].Add((long)i);
                block[1].Add(i % 3 == 0 ? double.NaN : i);
                block[2].Add("CAISO"u8);
            }

            allocated = GC.GetAllocatedBytesForCurrentThread() - before;
            block.Clear();
        }

        Assert.Equal(0, allocated);
    }

    private static List<string> Fill(NativeBlock block, Random random, int rows)
    {
        List<string> lines = [];
        for (var i = 0; i < rows; i++)
        {
            var whole = random.NextInt64(long.MinValue, long.MaxValue);
            var number = random.NextDouble() - 0.5;
            var text = new string((char)('a' + random.Next(26)), random.Next(300));
            var isUnknown = random.Next(2) == 0;
            string[] texts = [.. Enumerable.Range(0, random.Next(4)).Select(n => $"t{n}")];
            var name = $"name {random.Next(5)}";
            block["whole"].Add(whole);
            block["small"].Add((long)(int)whole);
            block["tiny"].Add((long)(byte)whole);
            block["number"].Add(number);
            block["text"].Add(Encoding.UTF8.GetBytes(text));
            block["day"].Add((long)(ushort)whole);
            block["second"].Add((long)(uint)whole);
            block["micro"].Add(whole);
            block["unknown"].Add(isUnknown ? double.NaN : number);
            block["name"].Add(Encoding.UTF8.GetBytes(name));
            foreach (var item in texts)
            {
                block["texts"].Items.Add(Encoding.UTF8.GetBytes(item));
                block["fields"].Items.Add(Encoding.UTF8.GetBytes(item));
                block["fields"].Values.Add(Encoding.UTF8.GetBytes(item + "!"));
            }

            block["texts"].EndList();
            block["fields"].EndList();
            if (isUnknown)
            {
                block["when"].AddUnknown();
            }
            else
            {
                block["when"].Add(whole);
            }

            lines.Add(string.Join(
                '|',
                whole,
                (int)whole,
                (byte)whole,
                number,
                text,
                (ushort)whole,
                (uint)whole,
                whole,
                isUnknown ? "?" : number,
                string.Join(',', texts),
                name,
                string.Join(',', texts.Select(t => $"{t}={t}!")),
                isUnknown ? "?" : whole));
        }

        return lines;
    }

    private static async Task<List<string>> Read(Stream from, long limit)
    {
        using var reader = new NativeReader(from, limit);
        List<string> lines = [];
        while (await reader.Next(CancellationToken.None))
        {
            for (var i = 0; i < reader.Rows; i++)
            {
                var (texts, fields) = (reader["texts"], reader["fields"]);
                var list = Numbers(texts.List(i)).Select(n => Text(texts.Items, n));
                var map = Numbers(fields.List(i)).Select(n => $"{Text(fields.Items, n)}={Text(fields.MapValues, n)}");
                lines.Add(string.Join(
                    '|',
                    reader[0].Whole(i),
                    reader[1].Whole(i),
                    reader[2].Whole(i),
                    reader[3].Number(i),
                    Text(reader[4], i),
                    reader[5].Whole(i),
                    reader[6].Whole(i),
                    reader[7].Whole(i),
                    reader[8].IsUnknown(i) ? "?" : reader[8].Number(i),
                    string.Join(',', list),
                    Text(reader[10], i),
                    string.Join(',', map),
                    reader[12].IsUnknown(i) ? "?" : reader[12].Whole(i)));
            }
        }

        return lines;
    }

    private static IEnumerable<int> Numbers(Range range) => Enumerable.Range(range.Start.Value, range.End.Value - range.Start.Value);

    private static string Text(NativeValues values, int row) => Encoding.UTF8.GetString(values.Text(row));

    /// <summary>Gives a few bytes at a time, so that values are cut anywhere.</summary>
    private sealed class SlowStream(byte[] bytes) : MemoryStream(bytes)
    {
        private readonly Random _random = new(3);

        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
            base.ReadAsync(buffer[..Math.Min(buffer.Length, 1 + _random.Next(5_000))], cancellationToken);
    }
}
