using Aurum.Curves.Scenarios.Drivers;
using Aurum.Curves.Scenarios.Running;

namespace Aurum.Curves.Scenarios;

/// <summary>Something that moves prices: one assumption of a scenario.</summary>
public abstract record Driver
{
    /// <summary>Its name in attributions: the assumption's own, else its type, numbered where the type is there twice.</summary>
    public required string Name { get; init; }

    /// <summary>Where it stands in the document: <c>$.assumptions[0]</c>.</summary>
    public required string Path { get; init; }

    /// <summary>What the user calls this version of it.</summary>
    public string? Version { get; init; }

    /// <summary>Which curves and months it acts on.</summary>
    public DriverScope Scope { get; init; } = DriverScope.AllPower;

    /// <summary>Its kind as documents write it: <c>load_growth</c>.</summary>
    public abstract string Type { get; }

    /// <summary>The curves that it names.</summary>
    public virtual IReadOnlyList<ReferenceNeed> References => [];

    /// <summary>The drivers inside of it.</summary>
    public virtual IReadOnlyList<Driver> Inner => [];

    /// <summary>Numbers of it that a stochastic driver can draw.</summary>
    internal virtual IReadOnlyList<DriverParameter> Parameters => [];

    /// <summary>Whether it, or a driver inside of it, is stochastic.</summary>
    internal bool HasChance => this is StochasticDriver || Inner.Any(static d => d.HasChance);

    /// <summary>What it adds to the price of a month, in the curve's unit. Only asked for where it covers curve and month.</summary>
    internal abstract double Effect(in DeliveryState at);

    /// <summary>Whether it acts on a curve at all.</summary>
    internal virtual bool ActsOn(CurveView view) => Scope.Covers(view.Curve);

    /// <summary>Notes what it lacks to act on a curve.</summary>
    internal virtual void Check(CurveView view, DriverCheck check)
    {
    }

    /// <summary>What it does and assumes, for people.</summary>
    internal abstract string Explain(ScenarioInputs inputs);

    /// <summary>What it adds in a month; zero where it does not cover curve or month.</summary>
    internal double EffectWhereCovered(in DeliveryState at) =>
        ActsOn(at.View) && Scope.Covers(at.Month) ? Effect(at) : 0;
}

/// <summary>A curve that a driver names.</summary>
/// <param name="Name">Name or curve key.</param>
/// <param name="Path">The field that names it.</param>
/// <param name="Kind">What it is a price of.</param>
public readonly record struct ReferenceNeed(string Name, string Path, ReferenceKind Kind);

/// <summary>What a reference is a price of, and so the unit that it is brought into.</summary>
public enum ReferenceKind
{
    /// <summary>Currency of the curve per MMBtu.</summary>
    Fuel,

    /// <summary>Currency of the curve per tonne of CO2.</summary>
    Carbon,

    /// <summary>The curve's own unit.</summary>
    Power,
}
