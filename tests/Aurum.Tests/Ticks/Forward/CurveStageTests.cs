using Aurum.Market.Ticks;
using Aurum.Ticks;
using Aurum.Ticks.Forward;

namespace Aurum.Tests.Ticks.Forward;

public sealed class CurveStageTests
{
    [Fact]
    public void A_curve_has_the_last_quote_of_each_month()
    {
        var (stage, points) = Run(("2026-04", 40, 0), ("2026-05", 38, 1), ("2026-04", 41, 2), ("2026-04", 7, -5), ("", 99, 3));
        Assert.Equal([40.0, 38.0, 41.0], points.Select(p => p.Price));
        var curve = stage.Snapshot(0);
        Assert.Equal(("acme", "CAISO.NP15.RT5", TickMessages.Occurred + 2), (curve.Tenant, curve.CurveId, curve.AsOfMicros));
        Assert.Equal([(202604, 41.0), (202605, 38.0)], curve.Points.Select(p => (p.ContractMonth, p.Price)));
        Assert.Equal(1, stage.Count);
    }

    [Fact]
    public void A_calendar_spread_is_near_less_far()
    {
        var curve = Run(("2026-04", 40, 0), ("2026-12", 52.5, 1)).Stage.Snapshot(0);
        Assert.Equal(-12.5, curve.CalendarSpread(202604, 202612));
        Assert.Equal(double.NaN, curve.CalendarSpread(202604, 202605));
    }

    [Fact]
    public void Months_between_quotes_are_filled_and_others_are_not()
    {
        var curve = Run(("2025-11", 30, 0), ("2026-02", 60, 1)).Stage.Snapshot(0);
        Assert.Equal([30.0, 40.0, 50.0, 60.0], new[] { 202511, 202512, 202601, 202602 }.Select(m => curve.PriceOf(m)));
        Assert.Equal(double.NaN, curve.PriceOf(202510));
        Assert.Equal(double.NaN, curve.PriceOf(202603));
        Assert.Equal(40.0, curve.PriceOf(202512, CurveInterpolation.MonotoneCubic), 12);
    }

    [Fact]
    public void A_monotone_cubic_meets_its_quotes_and_never_leaves_their_range()
    {
        var random = new Random(4);
        for (var round = 0; round < 50; round++)
        {
            var quotes = Enumerable.Range(1, 6)
                .Select(q => ($"2026-{q * 2:00}", Math.Round(random.NextDouble() * 100, 2), (long)q)).ToArray();
            var curve = Run(quotes).Stage.Snapshot(0);
            for (var month = 2; month <= 12; month++)
            {
                var price = curve.PriceOf(202600 + month, CurveInterpolation.MonotoneCubic);
                var (left, right) = (quotes[(month / 2) - 1].Item2, quotes[Math.Min((month + 1) / 2, 6) - 1].Item2);
                Assert.InRange(price, Math.Min(left, right) - 1e-9, Math.Max(left, right) + 1e-9);
            }
        }
    }

    private static (CurveStage Stage, CurvePoint[] Points) Run(params (string Month, double Price, long After)[] quotes)
    {
        var normalized = TickMessages.Normalize(TickMessages.Lines(quotes.Select((q, i) =>
            TickMessages.B($"e{i}", TickMessages.Occurred + q.After).WithRaw(Raw(q.Month, q.Price)))));
        var stage = new CurveStage(normalized.Stage.Instruments);
        using var output = new Batch<CurvePoint>();
        stage.OnBatch(normalized.Ticks, output);
        return (stage, output.Items.ToArray());
    }

    private static string Raw(string month, double price) => month.Length == 0
        ? FormattableString.Invariant($"{{\"price\":{price}}}")
        : FormattableString.Invariant($"{{\"price\":{price},\"contract_month\":\"{month}\"}}");
}
