using Aurum.Store.Avro;

namespace Aurum.Tests.Store.Avro;

public sealed class AvroResolverTests
{
    [Fact]
    public void A_reader_finds_renamed_added_promoted_and_dropped_fields()
    {
        var writer = AvroSchemaJson.Read("""
            {"type": "record", "name": "a.Price", "fields": [
              {"name": "gone", "type": {"type": "array", "items": "string"}},
              {"name": "mw", "type": "int"},
              {"name": "kind", "type": {"type": "enum", "name": "Kind", "symbols": ["HUB", "TIE"]}},
              {"name": "note", "type": "bytes"},
              {"name": "lmp", "type": "float"}]}
            """);
        var reader = AvroSchemaJson.Read("""
            {"type": "record", "name": "b.Price", "fields": [
              {"name": "price", "aliases": ["lmp"], "type": ["null", "double"]},
              {"name": "mw", "type": "double"},
              {"name": "kind", "type": {"type": "enum", "name": "Kind", "symbols": ["HUB", "OTHER"], "default": "OTHER"}},
              {"name": "note", "type": "string"},
              {"name": "unit", "type": "string", "default": "MWh"},
              {"name": "tags", "type": {"type": "map", "values": "long"}, "default": {"x": 7}}]}
            """);
        var bytes = AvroSamples.Bytes(writer, new AvroRecord(writer)
        {
            ["gone"] = new List<object?> { "a", "b" }, ["mw"] = -5, ["kind"] = "TIE", ["note"] = "é"u8.ToArray(), ["lmp"] = 31.5f,
        });

        var record = (AvroRecord)new AvroResolver(reader, writer).Read(bytes)!;

        Assert.Equal(31.5, record["price"]);
        Assert.Equal(-5.0, record["mw"]);
        Assert.Equal("OTHER", record["kind"]);
        Assert.Equal("é", record["note"]);
        Assert.Equal("MWh", record["unit"]);
        Assert.Equal(7L, ((IReadOnlyDictionary<string, object?>)record["tags"]!)["x"]);
    }

    [Fact]
    public void A_type_that_holds_itself_is_read()
    {
        const string schema = """
            {"type": "record", "name": "Node", "fields": [
              {"name": "v", "type": "NUMBER"}, {"name": "next", "type": ["null", "Node"], "default": null}]}
            """;
        var writer = AvroSchemaJson.Read(schema.Replace("NUMBER", "int", StringComparison.Ordinal));
        var reader = AvroSchemaJson.Read(schema.Replace("NUMBER", "long", StringComparison.Ordinal));
        AvroRecord? list = null;
        for (var i = 0; i < 50; i++)
        {
            list = new AvroRecord(writer) { ["v"] = i, ["next"] = list };
        }

        var read = (AvroRecord?)new AvroResolver(reader, writer).Read(AvroSamples.Bytes(writer, list));

        for (var i = 49L; i >= 0; i--, read = (AvroRecord?)read!["next"])
        {
            Assert.Equal(i, read!["v"]);
        }

        Assert.Null(read);
    }

    [Fact]
    public void A_value_goes_into_the_branch_of_its_full_name_before_one_that_has_its_name_elsewhere()
    {
        const string first = """{"type": "record", "name": "a.Price", "fields": [{"name": "x", "type": "int", "default": 1}]}""";
        const string second = """{"type": "record", "name": "b.Price", "fields": [{"name": "x", "type": "int", "default": 2}]}""";
        var writer = AvroSchemaJson.Read(second);
        var bytes = AvroSamples.Bytes(writer, new AvroRecord(writer) { ["x"] = 7 });

        var read = (AvroRecord)new AvroResolver(AvroSchemaJson.Read($"[{first}, {second}]"), writer).Read(bytes)!;
        var other = (AvroRecord)new AvroResolver(AvroSchemaJson.Read(first), writer).Read(bytes)!;

        Assert.Equal(("b.Price", 7), (read.Type!.FullName, read["x"]));
        Assert.Equal(("a.Price", 7), (other.Type!.FullName, other["x"]));
    }

    [Theory]
    [InlineData("\"int\"", "\"long\"", "/: TYPE_MISMATCH: reader expects int, writer has long")]
    [InlineData(
        "[\"null\",\"int\"]",
        "[\"null\",\"string\"]",
        "/1: MISSING_UNION_BRANCH: reader expects one of null, int, writer has string")]
    [InlineData(
        "{\"type\":\"record\",\"name\":\"R\",\"fields\":[{\"name\":\"a\",\"type\":\"int\"}]}",
        "{\"type\":\"record\",\"name\":\"R\",\"fields\":[]}",
        "/fields/a: READER_FIELD_MISSING_DEFAULT_VALUE: reader expects a field a of int without default, writer has no such field")]
    [InlineData(
        "{\"type\":\"enum\",\"name\":\"E\",\"symbols\":[\"A\"]}",
        "{\"type\":\"enum\",\"name\":\"E\",\"symbols\":[\"A\",\"B\"]}",
        "/symbols: MISSING_ENUM_SYMBOLS: reader expects symbols A, writer has also B")]
    [InlineData(
        "{\"type\":\"fixed\",\"name\":\"F\",\"size\":2}",
        "{\"type\":\"fixed\",\"name\":\"F\",\"size\":3}",
        "/size: FIXED_SIZE_MISMATCH: reader expects 2 bytes, writer has 3 bytes")]
    [InlineData(
        "{\"type\":\"bytes\",\"logicalType\":\"decimal\",\"precision\":9,\"scale\":2}",
        "{\"type\":\"bytes\",\"logicalType\":\"decimal\",\"precision\":9,\"scale\":3}",
        "/logicalType: DECIMAL_MISMATCH: reader expects 9 digits, 2 of them decimals, writer has 9 digits, 3 of them decimals")]
    public void What_breaks_is_said_with_place_rule_and_both_sides(string reader, string writer, string message) =>
        Assert.Equal(
            [message], AvroCompatibility.Check(AvroSchemaJson.Read(reader), AvroSchemaJson.Read(writer)).Select(i => i.ToString()));

    [Fact]
    public void Damaged_bytes_end_in_a_sentence_and_never_in_a_crash_or_a_full_memory()
    {
        var random = new Random(17);
        var type = AvroSchemaJson.Read("""
            {"type": "record", "name": "R", "fields": [
              {"name": "n", "type": {"type": "array", "items": "null"}},
              {"name": "e", "type": {"type": "array", "items": {"type": "record", "name": "Empty", "fields": []}}},
              {"name": "m", "type": {"type": "map", "values": ["null", "string", "R", "double"]}},
              {"name": "k", "type": {"type": "enum", "name": "K", "symbols": ["A", "B"]}},
              {"name": "f", "type": {"type": "fixed", "name": "F", "size": 3}},
              {"name": "r", "type": ["null", "R"]}]}
            """);
        var resolver = new AvroResolver(type, type);
        var (read, refused) = (0, 0);
        for (var i = 0; i < 3_000; i++)
        {
            var bytes = i % 2 == 0 ? new byte[random.Next(60)] : AvroSamples.Bytes(type, AvroSamples.Random(type, random));
            if (i % 2 == 0)
            {
                random.NextBytes(bytes);
            }
            else if (bytes.Length > 0)
            {
                bytes[random.Next(bytes.Length)] ^= (byte)(1 << random.Next(8));
            }

            var before = GC.GetAllocatedBytesForCurrentThread();
            try
            {
                resolver.Read(bytes);
                read++;
            }
            catch (FormatException)
            {
                refused++;
            }

            Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 64 << 20);
        }

        Assert.True(read > 100 && refused > 1_000, $"{read} read, {refused} refused");
    }
}
