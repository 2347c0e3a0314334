using Aurum.Curves.Manifests;
using NodaTime;

namespace Aurum.Tests.Curves.Manifests;

public sealed class RunManifestTests
{
    private static readonly RunManifest Example = new()
    {
        Curves = [new CurvePin(new string('a', 64), "EU German power", new LocalDate(2025, 9, 17),
            Instant.FromUtc(2025, 9, 18, 6, 0), "EUR/MWh", new string('b', 64))],
        Series = [new SeriesPin("pjm/day-ahead-lmp", "WESTERN HUB", Instant.FromUtc(2024, 1, 1, 5, 0),
            Instant.FromUtc(2025, 1, 1, 5, 0), Instant.FromUtc(2025, 9, 18, 6, 0), 8_784, "USD/MWh", new string('c', 64))],
        CodeVersion = "1.2.3",
        Seed = ulong.MaxValue,
        Inputs = """{"assumptions":[],"name":"Ä <b>"}""",
    };

    [Fact]
    public void Reads_what_it_wrote()
    {
        var read = RunManifest.Parse(Example.ToJson());
        Assert.Equal(Example.ToJson(), read.ToJson());
        Assert.Equal(Example.Sha256, read.Sha256);
        Assert.Equal(Example.Curves, read.Curves);
        Assert.Equal(Example.Series, read.Series);
        Assert.Equal(ulong.MaxValue, read.Seed);
    }

    [Fact]
    public void Another_seed_curve_or_input_is_another_manifest()
    {
        string[] hashes =
        [
            Example.Sha256, (Example with { Seed = 1 }).Sha256, (Example with { Curves = [] }).Sha256,
            (Example with { Inputs = "{}" }).Sha256, (Example with { TzdbVersion = "x" }).Sha256,
            (Example with { CalendarVersion = "x" }).Sha256, (Example with { CodeVersion = "x" }).Sha256,
        ];
        Assert.Equal(hashes.Length, hashes.Distinct().Count());
    }

    [Theory]
    [InlineData("""{"b":1.0,"a":[1e0, 2.50]}""", """{"a":[1,2.5],"b":1}""")]
    [InlineData("""{"a":18446744073709551615,"b":0.1}""", """{"a":18446744073709551615,"b":0.1}""")]
    [InlineData("""{"z":{"y":null,"x":true}}""", """{"z":{"x":true,"y":null}}""")]
    public void Equal_inputs_have_one_text(string json, string canonical) => Assert.Equal(canonical, CanonicalJson.Of(json));

    [Theory]
    [InlineData("{}")]
    [InlineData("nothing")]
    [InlineData("""{"version":7}""")]
    public void Refuses_what_is_no_manifest(string json) => Assert.Throws<FormatException>(() => RunManifest.Parse(json));
}
