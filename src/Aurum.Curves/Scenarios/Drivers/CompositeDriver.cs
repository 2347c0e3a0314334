using Aurum.Curves.Documents;
using Aurum.Curves.Scenarios.Running;

namespace Aurum.Curves.Scenarios.Drivers;

/// <summary>Several drivers that count as one.</summary>
/// <remarks>
/// <para>Every component acts on the price before the composite. <c>additive</c>: the sum of weight x effect.
/// <c>multiplicative</c>: the
/// product of <c>1 + weight x effect / |price|</c> less one, times |price|; where the price is zero, the sum. <c>conditional</c>:
/// weight x
/// effect of the first component that has one in the month.</para>
/// </remarks>
public sealed record CompositeDriver : Driver
{
    internal const string TypeName = "composite";

    private const int MaxComponents = 20;
    private const double WeightSumTolerance = 1e-9;

    private static readonly NumberRange WeightRange = new(-100, 100);

    public required IReadOnlyList<Driver> Components { get; init; }

    public required CompositionType CompositionType { get; init; }

    /// <summary>One for each component.</summary>
    public required IReadOnlyList<double> Weights { get; init; }

    /// <summary>Most that it may move a month either way, in the curve's unit; null: no limit. A run in which it moves more is
    /// refused.</summary>
    public double? MaxAbsEffect { get; init; }

    public override string Type => TypeName;

    public override IReadOnlyList<ReferenceNeed> References => [.. Components.SelectMany(static c => c.References)];

    public override IReadOnlyList<Driver> Inner => Components;

    internal static CompositeDriver Read(DocumentReader payload, DriverHead head, DriverReading reading)
    {
        var components = payload.Items(
            "components", 1, MaxComponents, "assumptions", (item, path) => reading.Inner(payload.Open(path, item), head.Scope));
        var known = components.OfType<Driver>().ToArray();
        var weights = payload.Has("weights")
            ? payload.Numbers("weights", components.Count, components.Count, WeightRange)
            : [.. Enumerable.Repeat(1.0, components.Count)];
        var rules = payload.Maybe("validation_rules");
        if ((rules?.FlagOr("weights_sum_to_one", false) ?? false) && Math.Abs(weights.Sum() - 1) > WeightSumTolerance)
        {
            payload.Refuse("weights", "weights that sum to 1, as validation_rules asks");
        }

        return new CompositeDriver
        {
            Name = head.Name,
            Path = head.Path,
            Version = head.Version,
            Scope = head.Scope,
            Components = known,
            CompositionType = payload.Choice<CompositionType>("composition_type"),
            Weights = weights.Count == known.Length ? weights : [.. known.Select(static _ => 1.0)],
            MaxAbsEffect = rules?.OptionalNumber("max_abs_effect", NumberRange.Above0(100_000)),
        };
    }

    /// <summary>Its components have scopes of their own within its own.</summary>
    internal override bool ActsOn(CurveView view) => Scope.CoversPlace(view.Curve) && Components.Any(c => c.ActsOn(view));

    internal override double Effect(in DeliveryState at)
    {
        var effect = CompositionType switch
        {
            CompositionType.Additive => Sum(at),
            CompositionType.Multiplicative => at.Price == 0 ? Sum(at) : Product(at),
            _ => First(at),
        };
        return MaxAbsEffect is not { } max || Math.Abs(effect) <= max
            ? effect
            : throw new DocumentException(
            [
                new DocumentError(
                    $"{Path}.payload.validation_rules.max_abs_effect", FormattableString.Invariant($"an effect of at most {max}"),
                    FormattableString.Invariant($"{effect:0.######} in {at.Month:uuuu-MM} of {at.View.Curve.Name}")),
            ]);
    }

    private double Sum(in DeliveryState at)
    {
        var sum = 0.0;
        for (var i = 0; i < Components.Count; i++)
        {
            sum += Weights[i] * Components[i].EffectWhereCovered(at);
        }

        return sum;
    }

    private double Product(in DeliveryState at)
    {
        var level = Math.Abs(at.Price);
        var product = 1.0;
        for (var i = 0; i < Components.Count; i++)
        {
            product *= 1 + (Weights[i] * Components[i].EffectWhereCovered(at) / level);
        }

        return level * (product - 1);
    }

    private double First(in DeliveryState at)
    {
        for (var i = 0; i < Components.Count; i++)
        {
            if (Components[i].EffectWhereCovered(at) is not 0 and var effect)
            {
                return Weights[i] * effect;
            }
        }

        return 0;
    }

    internal override void Check(CurveView view, DriverCheck check)
    {
        foreach (var component in Components.Where(c => c.ActsOn(view)))
        {
            component.Check(view, check);
        }
    }

    internal override string Explain(ScenarioInputs inputs)
    {
        var parts = Components.Select((c, i) => FormattableString.Invariant($"{Weights[i]:0.####} x [{c.Explain(inputs)}]"));
        return $"{ChoiceNames<CompositionType>.Of(CompositionType)} of {string.Join(", ", parts)}";
    }
}

/// <summary>How components make one driver. In text the names are lower-case.</summary>
public enum CompositionType
{
    Additive,
    Multiplicative,
    Conditional,
}
