using System.Globalization;
using System.Text.Json;
using Aurum.Curves.Building;
using Aurum.Curves.Building.Shapes;
using Aurum.Curves.Building.Units;
using Aurum.Curves.Ppa.Delivery;
using Aurum.Curves.Ppa.Terms;
using Aurum.Curves.Ppa.Valuing;
using Aurum.Market.Time;
using NodaTime.Text;

namespace Aurum.Tests.Curves.Ppa.Valuing;

/// <summary>Contracts whose cash flows were worked out by Fixtures/make_cashflows.py, hour by hour and without Aurum's code.</summary>
public sealed class CashflowGoldenTests
{
    public static TheoryData<string> Cases => new(
        Directory.GetFiles(Golden.Fixture("Curves/Ppa", "Cashflows"), "*.json").Order(StringComparer.Ordinal)
            .Select(static p => Path.GetFileName(p)));

    [Fact]
    public void There_are_twenty_of_them() => Assert.True(Cases.Count >= 20);

    [Theory]
    [MemberData(nameof(Cases))]
    public void Cash_flows_are_those_worked_out_by_hand(string name)
    {
        var golden = JsonDocument.Parse(File.ReadAllText(Path.Combine(Golden.Fixture("Curves/Ppa", "Cashflows"), name))).RootElement;
        var contract = PpaContractReader.Read(JsonSerializer.SerializeToUtf8Bytes(golden.GetProperty("contract")));
        var valuation = PpaValuer.Value(contract, ViewOf(golden.GetProperty("view")));

        var expected = golden.GetProperty("expected");
        var months = expected.GetProperty("months").EnumerateArray().ToList();
        Assert.Equal(months.Count, valuation.Cashflows.Count);
        foreach (var (month, flow) in months.Zip(valuation.Cashflows))
        {
            Assert.Equal(month.GetProperty("month").GetString(), YearMonthPattern.Iso.Format(flow.Month));
            Assert.Equal(month.GetProperty("payment_day").GetString(), LocalDatePattern.Iso.Format(flow.Payment));
            Assert.Equal(month.GetProperty("expected_mwh").GetDouble(), flow.ExpectedMwh, 5);
            Assert.Equal(month.GetProperty("delivered_mwh").GetDouble(), flow.DeliveredMwh, 5);
            Assert.Equal(
                ["market_value", "contract_payment", "clause_effect", "band_effect", "fees", "credit_charge", "net", "present_value"],
                NamesOf(month, flow));
        }

        Assert.Equal(Money(expected, "net_present_value"), valuation.NetPresentValue);
    }

    /// <summary>The names of the amounts, each with its value where it is not the expected one.</summary>
    private static IEnumerable<string> NamesOf(JsonElement month, PpaCashflow flow)
    {
        (string Name, decimal Value)[] amounts =
        [
            ("market_value", flow.MarketValue), ("contract_payment", flow.ContractPayment), ("clause_effect", flow.ClauseEffect),
            ("band_effect", flow.BandEffect), ("fees", flow.Fees), ("credit_charge", flow.CreditCharge), ("net", flow.Net),
            ("present_value", flow.PresentValue),
        ];
        return amounts.Select(a => Money(month, a.Name) == a.Value
            ? a.Name
            : $"{a.Name} of {flow.Month}: {a.Value}, expected {Money(month, a.Name)}");
    }

    private static decimal Money(JsonElement json, string name) =>
        decimal.Parse(json.GetProperty(name).GetString()!, CultureInfo.InvariantCulture);

    private static MarketView ViewOf(JsonElement view)
    {
        var date = LocalDatePattern.Iso.Parse(view.GetProperty("valuation_date").GetString()!).Value;
        return new MarketView
        {
            ValuationDate = date,
            Forwards = [.. view.GetProperty("forwards").EnumerateArray().Select(CurveOf)],
            Shape = view.TryGetProperty("shape", out var shape) ? ShapeOf(shape) : null,
            Rates = view.TryGetProperty("fx", out var fx) ? new FxRates([new FxFixing(date, "USD", fx.GetDouble())]) : FxRates.None,
        };
    }

    private static BlockCurve CurveOf(JsonElement curve)
    {
        var block = curve.GetProperty("block").GetString()! switch
        {
            "on_peak" => Block.OnPeak,
            "off_peak" => Block.OffPeak,
            _ => Block.AllHours,
        };
        var prices = curve.GetProperty("prices");
        return new BlockCurve(block, curve.GetProperty("currency").GetString()!,
        [
            .. from month in Deals.Months(2026, 4)
            let name = YearMonthPattern.Iso.Format(month)
            where prices.TryGetProperty(name, out _) || prices.TryGetProperty("all", out _)
            select new MonthForward(month, prices.GetProperty(prices.TryGetProperty(name, out _) ? name : "all").GetDouble()),
        ]);
    }

    private static HourlyShape ShapeOf(JsonElement shape)
    {
        var hours = shape.GetProperty("hours").EnumerateArray().Select(static h => h.GetDouble()).ToArray();
        var kind = shape.GetProperty("kind").GetString() == "ratio" ? ShapeKind.Ratio : ShapeKind.Difference;
        return HourlyShape.Level(Deals.Ercot) with
        {
            Kind = kind,
            Rows = [.. HourlyShape.Level(Deals.Ercot).Rows.Select(r => r with { ByHour = hours })],
        };
    }
}
