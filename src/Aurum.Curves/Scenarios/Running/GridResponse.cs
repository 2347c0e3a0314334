namespace Aurum.Curves.Scenarios.Running;

/// <summary>What the price does where load or supply changes: by a driver's own number, by the supply stack, or by the assumed
/// elasticity, whichever is there first.</summary>
internal static class GridResponse
{
    /// <summary>Price change where load changes by a share of itself.</summary>
    /// <param name="share">0.02 for 2 % more.</param>
    /// <param name="elasticity">The driver's own; null: stack or assumption.</param>
    /// <param name="level">Price that an elasticity is of; null: the price before the driver acts.</param>
    public static double OfLoadShare(in DeliveryState at, double share, double? elasticity, double? level)
    {
        if (elasticity is null && level is null && at.View.Stack is { } stack)
        {
            return at.View.PerMwh * stack.ChangeOfShare(at.Month.Month, at.OnPeakShare, share);
        }

        return (elasticity ?? at.View.Grid.PriceElasticityToLoad) * Math.Abs(level ?? at.Price) * share;
    }

    /// <summary>Price change where residual load changes by megawatts.</summary>
    /// <param name="megawatts">More load, or less supply, is above zero.</param>
    /// <param name="slopePerMw">The driver's own; null: stack or assumption.</param>
    public static double OfMegawatts(in DeliveryState at, double megawatts, double? slopePerMw)
    {
        if (slopePerMw is { } slope)
        {
            return at.View.PerMwh * slope * megawatts;
        }

        return at.View.Stack is { } stack
            ? at.View.PerMwh * stack.ChangeOfMegawatts(at.Month.Month, at.OnPeakShare, megawatts)
            : at.View.Grid.PriceElasticityToLoad * Math.Abs(at.Price) * megawatts / at.View.Grid.SystemLoadMw!.Value;
    }

    /// <summary>Notes where nothing says what a megawatt moves, or the unit of a curve cannot take a stack's prices.</summary>
    public static void Check(Driver driver, CurveView view, DriverCheck check, double? own, bool isInMegawatts)
    {
        if (own is not null && !isInMegawatts)
        {
            return;
        }

        if (own is not null || view.Stack is not null)
        {
            CheckUnit(driver, view, check);
        }
        else if (isInMegawatts && view.Grid.SystemLoadMw is null)
        {
            check.Refuse(
                $"{driver.Path}.payload", "slope_per_mw, a supply stack of the region, or grid.system_load_mw",
                $"none of them for curve {view.Curve.Name}");
        }
    }

    /// <summary>Notes where amounts per MWh cannot be brought into the unit of a curve.</summary>
    public static void CheckUnit(Driver driver, CurveView view, DriverCheck check)
    {
        if (double.IsNaN(view.PerMwh))
        {
            check.Refuse(driver.Path, $"curves with a price per MWh, or a scope without {view.Curve.Name}", $"{view.Curve.Unit}");
        }
    }

    /// <summary>Where the response of a driver comes from, for people.</summary>
    public static string Explain(ScenarioInputs inputs, double? elasticity, double? slopePerMw)
    {
        if (elasticity is { } own)
        {
            return FormattableString.Invariant($"price elasticity to load {own:0.####} (the driver's own)");
        }

        if (slopePerMw is { } slope)
        {
            return FormattableString.Invariant($"{slope:0.######} per MWh a MW (the driver's own)");
        }

        var assumed = FormattableString.Invariant($"price elasticity to load {inputs.Grid.PriceElasticityToLoad:0.####} (assumed)");
        var load = inputs.Grid.SystemLoadMw is { } mw ? FormattableString.Invariant($", mean load {mw:0.#} MW (assumed)") : "";
        return inputs.SupplyStacks.Count == 0
            ? assumed + load
            : $"the supply stack of the curve's region; where there is none, {assumed}{load}";
    }
}
