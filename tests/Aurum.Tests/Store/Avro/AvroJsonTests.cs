using System.Numerics;
using System.Text;
using System.Text.Json;
using Aurum.Store.Avro;

namespace Aurum.Tests.Store.Avro;

public sealed class AvroJsonTests
{
    [Theory]
    [InlineData("12345", 2, "123.45")]
    [InlineData("-79228162514264337593543950335", 0, "-79228162514264337593543950335")]
    [InlineData("79228162514264337593543950336", 2, null)]
    [InlineData("-79228162514264337593543950336", 2, null)]
    [InlineData("1", 29, null)]
    public void Decimals_are_numbers_and_bytes_where_they_have_more_digits_than_ours(string unscaled, int scale, string? number)
    {
        var type = AvroSchemaJson.Read(
            $$"""["null",{"type":"bytes","logicalType":"decimal","precision":{{Math.Max(28, scale)}},"scale":{{scale}}}]""");
        var bytes = BigInteger.Parse(unscaled, System.Globalization.CultureInfo.InvariantCulture).ToByteArray(isBigEndian: true);

        Assert.Equal(number ?? $"\"{Convert.ToBase64String(bytes)}\"", Json(type, bytes));
    }

    private static string Json(AvroType type, object? value)
    {
        using var bytes = new MemoryStream();
        using (var json = new Utf8JsonWriter(
            bytes, new JsonWriterOptions { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
        {
            AvroJson.Write(json, type, value);
        }

        return Encoding.UTF8.GetString(bytes.ToArray());
    }
}
