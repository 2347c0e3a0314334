using Aurum.Curves.Ppa.Delivery;
using Aurum.Curves.Ppa.Terms;

namespace Aurum.Curves.Ppa.Valuing;

/// <summary>Splits a value by clause: begins with the bare contract (mean prices of the hub, the full output, the price as on the first
/// day) and adds one thing after the other; each is worth what it changes.</summary>
internal static class ClauseSplit
{
    public static IReadOnlyList<ValuePart> Of(CaseBook book, PpaContract contract, MarketView view)
    {
        var parts = new List<ValuePart>();
        var (bare, level) = Bare(contract, view);
        var total = book.Of(bare, level).Value;
        parts.Add(new ValuePart("energy", "Energy at the hub's mean prices against the contract price of the first day", total, total));
        foreach (var (name, label, add) in Steps(contract, view))
        {
            var (with, seen) = add((bare, level));
            if (with == bare && seen == level)
            {
                continue;
            }

            (bare, level) = (with, seen);
            var value = book.Of(bare, level).Value;
            parts.Add(new ValuePart(name, label, value - total, value));
            total = value;
        }

        return parts;
    }

    private static (PpaContract Contract, MarketView View) Bare(PpaContract contract, MarketView view) => (
        contract with
        {
            Point = contract.Point with { Basis = Basis.None },
            Volume = contract.Volume with
            {
                DegradationPercentPerYear = 0,
                AvailabilityPercent = [.. Enumerable.Repeat(100.0, 12)],
                Exceedance = Exceedance.P50,
                Band = null,
            },
            Price = contract.Price with { Escalator = null, Floor = null, Cap = null, UpsidePercent = 0, DownsidePercent = 0 },
            NegativePrice = NegativePriceClause.None,
            Fees = new PpaFees(0, 0),
            CreditPercentPerYear = 0,
            Upfront = null,
        },
        view with { Shape = null, Cannibalisation = null });

    /// <summary>What is added, in order. A step that changes nothing is left out of the result.</summary>
    private static IEnumerable<(string Name, string Label, Func<(PpaContract Contract, MarketView View), (PpaContract, MarketView)> Add)>
        Steps(PpaContract full, MarketView view)
    {
        yield return ("shape", "Hourly price shape", c => (c.Contract, c.View with { Shape = view.Shape }));
        yield return (
            "cannibalisation", "Cannibalisation", c => (c.Contract, c.View with { Cannibalisation = view.Cannibalisation }));
        yield return ("basis", "Basis of the settlement point", c => (c.Contract with { Point = full.Point }, c.View));
        yield return (
            "yield", "Yield: P90 in place of P50",
            c => (c.Contract with { Volume = c.Contract.Volume with { Exceedance = full.Volume.Exceedance } }, c.View));
        yield return (
            "availability", "Availability below 100 %",
            c => (WithAvailability(c.Contract, full), c.View));
        yield return (
            "degradation", "Degradation",
            c => (c.Contract with
            {
                Volume = c.Contract.Volume with { DegradationPercentPerYear = full.Volume.DegradationPercentPerYear },
            }, c.View));
        yield return (
            "escalator", "Escalation of the price",
            c => (c.Contract with { Price = c.Contract.Price with { Escalator = full.Price.Escalator } }, c.View));
        yield return (
            "price_bounds", "Floor, cap and shares of the price",
            c => (c.Contract with
            {
                Price = c.Contract.Price with
                {
                    Floor = full.Price.Floor,
                    Cap = full.Price.Cap,
                    UpsidePercent = full.Price.UpsidePercent,
                    DownsidePercent = full.Price.DownsidePercent,
                },
            }, c.View));
        yield return (
            "negative_price", "Clause on low prices", c => (c.Contract with { NegativePrice = full.NegativePrice }, c.View));
        yield return (
            "volume_band", "Annual volume band",
            c => (c.Contract with { Volume = c.Contract.Volume with { Band = full.Volume.Band } }, c.View));
        yield return ("fees", "Fees", c => (c.Contract with { Fees = full.Fees }, c.View));
        yield return (
            "credit", "Credit charge", c => (c.Contract with { CreditPercentPerYear = full.CreditPercentPerYear }, c.View));
        yield return ("upfront", "Payment made once", c => (c.Contract with { Upfront = full.Upfront }, c.View));
    }

    private static PpaContract WithAvailability(PpaContract contract, PpaContract full) =>
        full.Volume.AvailabilityPercent.All(static p => p == 100)
            ? contract
            : contract with { Volume = contract.Volume with { AvailabilityPercent = full.Volume.AvailabilityPercent } };
}
