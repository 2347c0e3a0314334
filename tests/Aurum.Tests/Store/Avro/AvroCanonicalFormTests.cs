using System.Globalization;
using Aurum.Store.Avro;

namespace Aurum.Tests.Store.Avro;

public sealed class AvroCanonicalFormTests
{
    /// <summary>Source: share/test/data/schema-tests.txt of Apache Avro.</summary>
    [Theory]
    [InlineData("\"null\"", "63dd24e7cc258f8a")]
    [InlineData("\"boolean\"", "9f42fc78a4d4f764")]
    [InlineData("\"int\"", "7275d51a3f395c8f")]
    [InlineData("\"long\"", "d054e14493f41db7")]
    [InlineData("\"float\"", "4d7c02cb3ea8d790")]
    [InlineData("\"double\"", "8e7535c032ab957e")]
    [InlineData("\"bytes\"", "4fc016dac3201965")]
    [InlineData("\"string\"", "8f014872634503c7")]
    public void Fingerprints_are_those_of_the_specification(string schema, string fingerprint) => Assert.Equal(
        fingerprint, AvroCanonicalForm.Fingerprint(AvroSchemaJson.Read(schema)).ToString("x16", CultureInfo.InvariantCulture));

    [Fact]
    public void Only_what_decides_how_data_is_read_is_left()
    {
        var type = AvroSchemaJson.Read("""
            {"namespace": "a.b", "doc": "d", "type": "record", "name": "R", "aliases": ["Q"], "fields": [
              {"doc": "d", "name": "x", "default": null, "type": ["null", {"type": "long", "logicalType": "timestamp-micros"}]},
              {"name": "f", "type": {"type": "fixed", "size": 4, "name": "F", "namespace": "c"}},
              {"name": "g", "type": "c.F"},
              {"name": "e", "type": {"type": "enum", "name": "E", "symbols": ["A", "B"], "default": "A"}},
              {"name": "next", "type": ["null", "R"], "order": "ignore"},
              {"name": "m", "type": {"type": "map", "values": {"type": "array", "items": "string"}}}]}
            """);

        Assert.Equal(
            """
            {"name":"a.b.R","type":"record","fields":[{"name":"x","type":["null","long"]},{"name":"f","type":{"name":"c.F","type":"fixed","size":4}},{"name":"g","type":"c.F"},{"name":"e","type":{"name":"a.b.E","type":"enum","symbols":["A","B"]}},{"name":"next","type":["null","a.b.R"]},{"name":"m","type":{"type":"map","values":{"type":"array","items":"string"}}}]}
            """.Trim(),
            AvroCanonicalForm.Of(type));
    }

    [Fact]
    public void A_schema_that_is_written_is_read_as_the_same()
    {
        var type = AvroSchemaJson.Read("""
            {"type": "record", "name": "R", "namespace": "a.b", "doc": "d", "aliases": ["Q"], "fields": [
              {"name": "n", "type": {"type": "record", "name": "c.N", "fields": [
                {"name": "r", "type": ["null", "a.b.R"], "default": null}]}},
              {"name": "d", "type": {"type": "bytes", "logicalType": "decimal", "precision": 9, "scale": 2}, "aliases": ["dd"]},
              {"name": "e", "type": {"type": "enum", "name": "E", "symbols": ["A"], "default": "A"}, "default": "A"}]}
            """);

        var text = AvroSchemaJson.Write(type);
        var again = AvroSchemaJson.Read(text);

        Assert.Equal(text, AvroSchemaJson.Write(again));
        Assert.Equal(AvroCanonicalForm.Of(type), AvroCanonicalForm.Of(again));
        Assert.Equal((9, 2), again.Find("d")!.Type.Decimal);
        Assert.Equal(["a.b.Q"], again.Aliases);
        Assert.Equal("A", again.Find("e")!.Type.DefaultSymbol);
        Assert.Same(again, again.Find("n")!.Type.Fields[0].Type.Branches[1]);
    }
}
