using Aurum.Curves.Documents;
using Aurum.Curves.Scenarios.Running;

namespace Aurum.Curves.Scenarios.Drivers;

/// <summary>A policy, as the effects that it is stated to have; one without effects changes nothing, and the result says
/// so.</summary>
/// <remarks>Effects act one after the other, each on the price that the one before has left.</remarks>
public sealed record PolicyDriver : Driver
{
    internal const string TypeName = "policy";

    private const int MaxEffects = 20;
    private const int MaxDescription = 2_000;

    private static readonly DriverParameter[] Numbers =
    [
        DriverParameter.Of<PolicyDriver>(
            "amount", new NumberRange(-20_000, 20_000, "of its only effect"),
            static d => d.Effects.Count == 1 ? d.Effects[0].Amount : null,
            static (d, v) => d with { Effects = [d.Effects[0] with { Amount = v }] }),
    ];

    public required string PolicyName { get; init; }

    public string? Description { get; init; }

    /// <summary>Year from whose January effects act that have no day of their own; null: always.</summary>
    public int? StartYear { get; init; }

    public IReadOnlyList<PolicyEffect> Effects { get; init; } = [];

    public override string Type => TypeName;

    public override IReadOnlyList<ReferenceNeed> References =>
    [
        .. Effects.Index().Where(static e => e.Item.Reference is not null)
            .Select(e => new ReferenceNeed(
                e.Item.Reference!, $"{Path}.payload.effects[{e.Index}].reference_series", ReferenceKind.Carbon)),
    ];

    internal override IReadOnlyList<DriverParameter> Parameters => Numbers;

    internal static PolicyDriver Read(DocumentReader payload, DriverHead head)
    {
        int? year = payload.Has("start_year") ? payload.IntegerOr("start_year", 1900, 1900, 2100) : null;
        return new PolicyDriver
        {
            Name = head.Name,
            Path = head.Path,
            Version = head.Version,
            Scope = head.Scope,
            PolicyName = payload.Text("policy_name"),
            StartYear = year,
            Description = payload.OptionalText("description", MaxDescription),
            Effects = payload.List("effects", 0, MaxEffects, effect => PolicyEffect.Read(effect, year)),
        };
    }

    internal override double Effect(in DeliveryState at)
    {
        var price = at.Price;
        foreach (var effect in Effects)
        {
            price += effect.Effect(at.At(price));
        }

        return price - at.Price;
    }

    internal override void Check(CurveView view, DriverCheck check)
    {
        if (Effects.Count > 0)
        {
            GridResponse.CheckUnit(this, view, check);
        }
    }

    internal override string Explain(ScenarioInputs inputs) => Effects.Count == 0
        ? $"policy {PolicyName} states no effects and changes nothing"
        : $"policy {PolicyName}: {string.Join("; ", Effects.Select(e => e.Explain(inputs)))}";
}
