using Aurum.Curves.Scenarios.Bands;

namespace Aurum.Curves.Scenarios.Running;

/// <summary>What a scenario assumed and how it was made, for people.</summary>
internal static class ScenarioWords
{
    public static IEnumerable<string> Of(IReadOnlyList<Driver> drivers, ScenarioInputs inputs, RunPlan plan)
    {
        yield return drivers.Count == 0
            ? "no driver: prices are those of the curves"
            : "drivers act in this order, each on the price that the ones before have left: "
                + string.Join(", ", drivers.Select(static d => d.Name));
        foreach (var driver in drivers)
        {
            var version = driver.Version is { } text ? $" (version {text})" : "";
            yield return $"{driver.Name}{version}: {driver.Explain(inputs)}; acts on {driver.Scope}";
        }

        foreach (var stack in inputs.SupplyStacks)
        {
            yield return stack.ToString();
        }

        foreach (var reference in inputs.References)
        {
            yield return $"reference {reference.Name} as of {reference.AsOf:uuuu-MM-dd} in {reference.Unit}";
        }

        yield return Of(inputs.Bands);
        if (plan.Paths > 0)
        {
            yield return FormattableString.Invariant(
                $"values are means over {plan.Paths} paths, seed {inputs.Seed}; ")
                + "bands join the spread of the paths and that of the market, taken as independent";
        }

        foreach (var note in plan.Notes)
        {
            yield return note;
        }

        yield return "strips are means of their months by hours of delivery; prices are rounded to millionths before and after "
            + "each driver";
    }

    private static string Of(BandModel model)
    {
        var horizon = model.HorizonYears is { } years ? FormattableString.Invariant($"{years:0.##} years ahead") : "until delivery";
        var factors = string.Join(", ", model.MonthFactors.Select(static f => FormattableString.Invariant($"{f:0.##}")));
        return FormattableString.Invariant($"bands hold {100 * model.Level:0.##} % of outcomes {horizon}: lognormal about the value, ")
            + FormattableString.Invariant($"yearly volatility {model.NearVolatility:0.####} near and {model.FarVolatility:0.####} far ")
            + FormattableString.Invariant($"(decay {model.DecayPerYear:0.##} a year) times factors of the month [{factors}], ")
            + FormattableString.Invariant($"correlation of months falling to {model.FarCorrelation:0.##} over ")
            + FormattableString.Invariant($"{model.CorrelationMonths:0.#} months");
    }
}
