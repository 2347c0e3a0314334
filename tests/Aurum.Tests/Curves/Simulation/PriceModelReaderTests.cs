using System.Text;
using Aurum.Curves.Documents;
using Aurum.Curves.Simulation;

namespace Aurum.Tests.Curves.Simulation;

public sealed class PriceModelReaderTests
{
    [Fact]
    public void What_is_left_out_is_the_default()
    {
        var model = Read("""{ "reversion_per_day": 1.5, "spikes_up": { "mean_size": 200 } }""");

        Assert.Equal(1.5, model.ReversionPerDay);
        Assert.Equal(200, model.Up.MeanSize);
        Assert.Equal(new PriceModel().Up.PerYear, model.Up.PerYear);
        Assert.Equal(new PriceModel().ShortDeviation, model.ShortDeviation);
    }

    [Fact]
    public void Everything_that_is_wrong_is_told_with_its_path()
    {
        var refused = Assert.Throws<DocumentException>(() => Read(
            """{ "correlation": 2, "short_deviation": [0.1, 0.2], "spikes_down": { "half_life_hours": 0 }, "long_volatilty": 0.1 }"""));

        Assert.Equal(
            ["$.correlation", "$.long_volatilty", "$.short_deviation", "$.spikes_down.half_life_hours"],
            refused.Errors.Select(static e => e.Path).Order(StringComparer.Ordinal));
    }

    private static PriceModel Read(string json) =>
        DocumentReader.Read(Encoding.UTF8.GetBytes(json), static document => PriceModelReader.Read(document));
}
