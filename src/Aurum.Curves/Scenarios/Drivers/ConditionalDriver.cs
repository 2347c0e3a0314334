using Aurum.Curves.Documents;
using Aurum.Curves.Scenarios.Running;

namespace Aurum.Curves.Scenarios.Drivers;

/// <summary>One driver where conditions hold, another or none where they do not; asked for every month and path.</summary>
public sealed record ConditionalDriver : Driver
{
    internal const string TypeName = "conditional";

    private const int MaxConditions = 20;

    public required IReadOnlyList<Condition> Conditions { get; init; }

    /// <summary>Whether all conditions must hold, or any of them.</summary>
    public EvaluationLogic EvaluationLogic { get; init; }

    public required Driver TrueDriver { get; init; }

    /// <summary>Null: nothing happens where the conditions do not hold.</summary>
    public Driver? FalseDriver { get; init; }

    public override string Type => TypeName;

    public override IReadOnlyList<ReferenceNeed> References => [.. Inner.SelectMany(static d => d.References)];

    public override IReadOnlyList<Driver> Inner => FalseDriver is null ? [TrueDriver] : [TrueDriver, FalseDriver];

    internal static ConditionalDriver? Read(DocumentReader payload, DriverHead head, DriverReading reading)
    {
        var conditions = payload.List("conditions", 1, MaxConditions, Condition.Read);
        var logic = payload.ChoiceOr("evaluation_logic", EvaluationLogic.All);
        var whenTrue = reading.Inner(payload.At("true_driver"), head.Scope);
        var whenFalse = payload.Maybe("false_driver") is { } other ? reading.Inner(other, head.Scope) : null;
        return whenTrue is null ? null : new ConditionalDriver
        {
            Name = head.Name,
            Path = head.Path,
            Version = head.Version,
            Scope = head.Scope,
            Conditions = conditions,
            EvaluationLogic = logic,
            TrueDriver = whenTrue,
            FalseDriver = whenFalse,
        };
    }

    /// <summary>Its drivers have scopes of their own within its own.</summary>
    internal override bool ActsOn(CurveView view) => Scope.CoversPlace(view.Curve) && Inner.Any(d => d.ActsOn(view));

    internal override double Effect(in DeliveryState at) => Holds(at)
        ? TrueDriver.EffectWhereCovered(at)
        : FalseDriver?.EffectWhereCovered(at) ?? 0;

    private bool Holds(in DeliveryState at)
    {
        foreach (var condition in Conditions)
        {
            if (condition.Holds(at) != (EvaluationLogic == EvaluationLogic.All))
            {
                return EvaluationLogic == EvaluationLogic.Any;
            }
        }

        return EvaluationLogic == EvaluationLogic.All;
    }

    internal override void Check(CurveView view, DriverCheck check)
    {
        foreach (var driver in Inner.Where(d => d.ActsOn(view)))
        {
            driver.Check(view, check);
        }
    }

    internal override string Explain(ScenarioInputs inputs)
    {
        var joined = string.Join(EvaluationLogic == EvaluationLogic.All ? " and " : " or ", Conditions);
        return $"where {joined}: {TrueDriver.Explain(inputs)}"
            + (FalseDriver is { } other ? $"; elsewhere: {other.Explain(inputs)}" : "; elsewhere nothing");
    }
}

/// <summary>How conditions are joined. In text the names are lower-case.</summary>
public enum EvaluationLogic
{
    All,
    Any,
}
