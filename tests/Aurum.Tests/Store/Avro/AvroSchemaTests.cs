using Aurum.Store.Avro;

namespace Aurum.Tests.Store.Avro;

public sealed class AvroSchemaTests
{
    [Theory]
    [InlineData("{", "which is JSON")]
    [InlineData("7", "/: expected an Avro type, found 7")]
    [InlineData("\"text\"", "/: expected a primitive type or a name that was defined before, found 'text'")]
    [InlineData("[\"int\", \"int\"]", "/1: expected a union of types that differ and are no unions, found int")]
    [InlineData("[\"int\", [\"long\"]]", "/1: expected a union of types that differ and are no unions")]
    [InlineData("[]", "/: expected a union of at least one type, found none")]
    [InlineData("{\"type\": \"fixed\", \"name\": \"F\", \"size\": -1}", "/size: expected a number of bytes, found -1")]
    [InlineData("{\"type\": \"enum\", \"name\": \"E\", \"symbols\": [\"a-b\"]}", "/symbols: expected letters, digits and _, found 'a-b'")]
    [InlineData("{\"type\": \"enum\", \"name\": \"E\", \"symbols\": [\"A\", \"A\"]}", "/symbols: expected symbols that differ")]
    [InlineData(
        "{\"type\": \"enum\", \"name\": \"E\", \"symbols\": [\"A\"], \"default\": \"B\"}",
        "/default: expected one of the symbols, found 'B'")]
    [InlineData("{\"type\": \"record\", \"name\": \"1R\", \"fields\": []}", "/name: expected letters, digits and _")]
    [InlineData("{\"type\": \"record\", \"name\": \"R\"}", "/fields: expected a list, found nothing")]
    [InlineData(
        "{\"type\": \"record\", \"name\": \"R\", \"fields\": [{\"name\": \"x\", \"type\": \"int\"}, {\"name\": \"x\", \"type\": \"int\"}]}",
        "/fields: expected each field once, found 'x' again")]
    [InlineData(
        "{\"type\": \"record\", \"name\": \"R\", \"fields\": [{\"name\": \"x\", \"type\": \"int\", \"default\": \"7\"}]}",
        "/fields/x/default: expected a default of type int, found \"7\"")]
    [InlineData(
        "{\"type\": \"record\", \"name\": \"R\", \"fields\": [{\"name\": \"x\", \"type\": [\"string\", \"null\"], \"default\": null}]}",
        "/fields/x/default: expected a default of type string, found null")]
    [InlineData(
        "{\"type\": \"record\", \"name\": \"R\", \"fields\": ["
        + "{\"name\": \"x\", \"type\": {\"type\": \"fixed\", \"name\": \"R\", \"size\": 1}}]}",
        "/fields/x/type: expected a name that is not taken, found 'R'")]
    public void What_is_wrong_with_a_schema_is_said_with_its_place(string schema, string message) =>
        Assert.Contains(message, Assert.Throws<FormatException>(() => AvroSchemaJson.Read(schema)).Message, StringComparison.Ordinal);

    [Fact]
    public void A_schema_uses_types_of_other_schemas_by_their_full_name()
    {
        var place = AvroSchemaJson.Read("""{"type": "enum", "name": "a.Place", "symbols": ["HUB"]}""");

        var type = AvroSchemaJson.Read(
            """{"type": "record", "name": "a.R", "fields": [{"name": "p", "type": "Place"}]}""",
            new Dictionary<string, AvroType> { [place.FullName] = place });

        Assert.Same(place, type.Fields[0].Type);
    }

    [Fact]
    public void Nothing_is_too_deep_to_be_refused() => Assert.Throws<FormatException>(
        () => AvroSchemaJson.Read(string.Concat(Enumerable.Repeat("{\"type\":\"array\",\"items\":", 10_000)) + "\"int\""
            + new string('}', 10_000)));

    [Theory]
    [InlineData(15)]
    [InlineData(40)]
    public void Defaults_that_lead_to_ever_more_values_are_refused(int levels) => Assert.Contains(
        "expected defaults of at most 65536 values in a schema",
        Assert.Throws<FormatException>(() => AvroSchemaJson.Read(AvroSamples.DoublingDefaults(levels))).Message,
        StringComparison.Ordinal);

    [Fact]
    public void Defaults_that_lead_to_ever_more_text_are_refused()
    {
        var text = new string('x', 100_000);
        var schema = AvroSamples.DoublingDefaults(6).Replace(
            "\"R0\",\"fields\":[]",
            $$"""
            "R0","fields":[{"name":"t","type":"string","default":"{{text}}"}]
            """,
            StringComparison.Ordinal);

        Assert.Contains(
            "expected defaults of at most 4194304 letters in a schema",
            Assert.Throws<FormatException>(() => AvroSchemaJson.Read(schema)).Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void Many_ordinary_defaults_are_taken()
    {
        var fields = Enumerable.Range(0, 200).Select(static i =>
            $$"""{"name":"f{{i}}","type":{"type":"array","items":"string"},"default":["a","b","c"]}""");

        var type = AvroSchemaJson.Read($$"""{"type":"record","name":"R","fields":[{{string.Join(',', fields)}}]}""");

        Assert.Equal(200, type.Fields.Count(static f => f.HasDefault));
        Assert.Equal(10, AvroSchemaJson.Read(AvroSamples.DoublingDefaults(9)).Fields.Count);
    }

    [Theory]
    [InlineData("0", "00")]
    [InlineData("1.27", "7f")]
    [InlineData("1.28", "0080")]
    [InlineData("-1.28", "80")]
    [InlineData("-0.01", "ff")]
    public void Decimals_are_whole_numbers_in_the_fewest_bytes(string value, string hex)
    {
        var type = AvroSchemaJson.Read("""{"type": "bytes", "logicalType": "decimal", "precision": 12, "scale": 2}""");
        var number = decimal.Parse(value, System.Globalization.CultureInfo.InvariantCulture);

        Assert.Equal(hex, Convert.ToHexStringLower(AvroDecimal.Encode(type, number)));
        Assert.Equal(number, AvroDecimal.Decode(type, AvroDecimal.Encode(type, number)));
    }

    [Fact]
    public void Decimals_of_fixed_size_keep_their_sign_and_refuse_what_does_not_fit()
    {
        var type = AvroSchemaJson.Read(
            """{"type": "fixed", "name": "D", "size": 4, "logicalType": "decimal", "precision": 9, "scale": 3}""");

        Assert.Equal("ffffffff", Convert.ToHexStringLower(AvroDecimal.Encode(type, -0.001m)));
        Assert.Equal(-999_999.999m, AvroDecimal.Decode(type, AvroDecimal.Encode(type, -999_999.999m)));
        Assert.Throws<ArgumentException>(() => AvroDecimal.Encode(type, 1_000_000m));
        Assert.Throws<ArgumentException>(() => AvroDecimal.Encode(type, 0.0001m));
    }
}
