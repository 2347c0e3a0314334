using Aurum.Curves.Ppa.Delivery;
using Aurum.Curves.Ppa.Terms;

namespace Aurum.Curves.Ppa.Valuing;

/// <summary>Moves assumptions one at a time, down and up.</summary>
internal static class SensitivityReport
{
    private const double Tenth = 0.1;
    private const double ShapeShare = 0.2;
    private const double AvailabilityPoints = 2;
    private const double DegradationPoints = 0.25;
    private const double CapturePoints = 1;

    /// <returns>Largest first.</returns>
    public static IReadOnlyList<Sensitivity> Of(CaseBook book, PpaContract contract, MarketView view, decimal value)
    {
        var all = new List<Sensitivity>();
        void Add(string name, string label, string unit, double step, Func<double, (PpaContract Contract, MarketView View)> move)
        {
            var (down, up) = (move(-step), move(step));
            string LabelOf(double moved) => FormattableString.Invariant($"{label} {moved:+0.##;-0.##} {unit}");
            var scale = unit == "%" && step < 1 ? 100 : 1;
            all.Add(new Sensitivity(
                name, LabelOf(-step * scale), LabelOf(step * scale),
                book.Of(down.Contract, down.View).Value - value, book.Of(up.Contract, up.View).Value - value));
        }

        Add("discount", "discount rates", "points", 1, points => (
            contract, view with { Discounting = (view.Discounting ?? contract.Discounting).Moved(points) }));
        Add("volume", "volume", "%", Tenth, share => (WithVolume(contract, 1 + share), view));
        if (contract.Volume.Kind == VolumeKind.PayAsProduced)
        {
            Add("availability", "availability", "points", AvailabilityPoints, points => (WithAvailability(contract, points), view));
        }

        if (contract.Volume.IsProduced)
        {
            Add("degradation", "degradation a year", "points", DegradationPoints, points => (WithDegradation(contract, points), view));
            var now = view.Cannibalisation ?? new Cannibalisation(0, view.ValuationDate.Year + 1);
            Add("capture", "yearly decline of the capture price", "points", CapturePoints, points => (
                contract, view with { Cannibalisation = now with { DeclinePercentPerYear = now.DeclinePercentPerYear + points } }));
        }

        Add("basis", "basis", $"{contract.Currency}/MWh", 1, amount => (WithBasis(contract, amount), WithBasis(view, amount)));
        if (view.Shape is { } shape)
        {
            Add("shape", "distance of hourly prices from their mean", "%", ShapeShare, share => (
                contract, view with { Shape = HubPrices.Scaled(shape, 1 + share) }));
        }

        Add("price", "forward prices", "%", Tenth, share => (contract, view with { Forwards = Scaled(view.Forwards, 1 + share) }));
        return [.. all.OrderByDescending(static s => s.Size).ThenBy(static s => s.Name, StringComparer.Ordinal)];
    }

    /// <summary>Curves with every price times a factor.</summary>
    public static IReadOnlyList<BlockCurve> Scaled(IReadOnlyList<BlockCurve> curves, double factor) =>
        [.. curves.Select(c => c with { Months = [.. c.Months.Select(m => m with { Price = m.Price * factor })] })];

    private static PpaContract WithVolume(PpaContract contract, double factor) => contract with
    {
        Volume = contract.Volume with
        {
            CapacityMw = contract.Volume.CapacityMw * factor,
            Profile = [.. contract.Volume.Profile.Select(p => p * factor)],
        },
    };

    private static PpaContract WithAvailability(PpaContract contract, double points) => contract with
    {
        Volume = contract.Volume with
        {
            AvailabilityPercent = [.. contract.Volume.AvailabilityPercent.Select(p => Math.Clamp(p + points, 0, 100))],
        },
    };

    private static PpaContract WithDegradation(PpaContract contract, double points) => contract with
    {
        Volume = contract.Volume with { DegradationPercentPerYear = contract.Volume.DegradationPercentPerYear + points },
    };

    private static PpaContract WithBasis(PpaContract contract, double amount)
    {
        var basis = contract.Point.Basis;
        var moved = basis with
        {
            Amount = basis.Amount + amount,
            ByMonth = [.. basis.ByMonth.Select(b => b + amount)],
            Months = [.. basis.Months.Select(b => b with { Amount = b.Amount + amount })],
        };
        return contract with { Point = contract.Point with { Basis = moved } };
    }

    private static MarketView WithBasis(MarketView view, double amount) =>
        view with { Basis = [.. view.Basis.Select(b => b with { Amount = b.Amount + amount })] };
}
