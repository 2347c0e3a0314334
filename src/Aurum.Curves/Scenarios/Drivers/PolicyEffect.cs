using Aurum.Curves.Documents;
using Aurum.Curves.Scenarios.Grid;
using Aurum.Curves.Scenarios.Running;
using NodaTime;

namespace Aurum.Curves.Scenarios.Drivers;

/// <summary>One thing that a policy does to prices, from a day to another.</summary>
public sealed record PolicyEffect
{
    private static readonly NumberRange AdderRange = new(-1_000, 1_000, "per MWh");
    private static readonly NumberRange PercentRange = new(-100, 1_000, "%");
    private static readonly NumberRange TonneRange = NumberRange.From0(2_000, "a tonne");
    private static readonly NumberRange TonneAdderRange = new(-1_000, 1_000, "a tonne");
    private static readonly NumberRange EmissionRange = NumberRange.From0(3, "t/MWh");
    private static readonly NumberRange PriceRange = new(-1_000, 20_000, "per MWh");

    public required PolicyEffectKind Kind { get; init; }

    /// <summary>Amount per MWh, percent, amount per tonne, or target share in percent: what the kind says.</summary>
    public required double Amount { get; init; }

    /// <summary>First day; null: always.</summary>
    public LocalDate? From { get; init; }

    /// <summary>Last day; null: for ever.</summary>
    public LocalDate? To { get; init; }

    /// <summary>Of a carbon floor: the carbon curve, by name or key.</summary>
    public string? Reference { get; init; }

    /// <summary>Of carbon: t CO2/MWh of the marginal unit; null: the assumption.</summary>
    public ByBlock? EmissionRate { get; init; }

    /// <summary>Of a renewable target: share of load that the curve has priced in, percent.</summary>
    public double BaseSharePct { get; init; }

    /// <summary>Of a renewable target: percent of price for a percent of load; null: stack, or the assumption.</summary>
    public double? Elasticity { get; init; }

    /// <summary>Of a renewable target: the years in which the share grows from base to target.</summary>
    public Ramp Ramp { get; init; }

    internal static PolicyEffect Read(DocumentReader reader, int? startYear)
    {
        var kind = reader.Choice<PolicyEffectKind>("type");
        var from = reader.OptionalDate("from") ?? (startYear is { } year ? new LocalDate(year, 1, 1) : null);
        var effect = new PolicyEffect { Kind = kind, Amount = 0, From = from, To = reader.OptionalDate("to") };
        if (effect.To < effect.From)
        {
            reader.Refuse("to", $"a day from {effect.From:uuuu-MM-dd} on");
        }

        return kind switch
        {
            PolicyEffectKind.PriceAdder => effect with { Amount = reader.Number("amount_per_mwh", AdderRange) },
            PolicyEffectKind.PricePercent => effect with { Amount = reader.Number("percent", PercentRange) },
            PolicyEffectKind.PriceFloor or PolicyEffectKind.PriceCap => effect with { Amount = reader.Number("price_per_mwh", PriceRange) },
            PolicyEffectKind.CarbonAdder => effect with
            {
                Amount = reader.Number("amount_per_tonne", TonneAdderRange),
                EmissionRate = BlockNumbers.Read(reader, "emission_rate_t_per_mwh", EmissionRange),
            },
            PolicyEffectKind.CarbonFloor => effect with
            {
                Amount = reader.Number("price_per_tonne", TonneRange),
                Reference = reader.Text("reference_series"),
                EmissionRate = BlockNumbers.Read(reader, "emission_rate_t_per_mwh", EmissionRange),
            },
            _ => ReadTarget(reader, effect),
        };
    }

    private static PolicyEffect ReadTarget(DocumentReader reader, PolicyEffect effect) => effect with
    {
        Amount = reader.Number("target_share_pct", NumberRange.Percent),
        BaseSharePct = reader.Number("base_share_pct", NumberRange.Percent),
        Elasticity = reader.OptionalNumber("elasticity", NumberRange.From0(20)),
        Ramp = Ramp.Read(reader),
    };

    /// <summary>What it adds to the price, in the curve's unit.</summary>
    internal double Effect(in DeliveryState at)
    {
        var share = MonthShares.Between(at, From, To);
        return share == 0 ? 0 : share * Whole(at);
    }

    private double Whole(in DeliveryState at) => Kind switch
    {
        PolicyEffectKind.PriceAdder => at.View.PerMwh * Amount,
        PolicyEffectKind.PricePercent => Math.Abs(at.Price) * Amount / 100,
        PolicyEffectKind.PriceFloor => Math.Max(0, (at.View.PerMwh * Amount) - at.Price),
        PolicyEffectKind.PriceCap => Math.Min(0, (at.View.PerMwh * Amount) - at.Price),
        PolicyEffectKind.CarbonAdder => at.View.PerMwh * Amount * Emission(at),
        PolicyEffectKind.CarbonFloor =>
            at.View.PerMwh * Math.Max(0, Amount - at.View.Reference(Reference!, ReferenceKind.Carbon)[at.Index]) * Emission(at),
        PolicyEffectKind.RenewableTarget => GridResponse.OfLoadShare(
            at, (BaseSharePct - Amount) / 100 * Ramp.ShareAt(at.Month, at.View.Curve.AsOf), Elasticity, null),
        _ => throw new ArgumentOutOfRangeException(nameof(at), Kind, "expected an effect"),
    };

    private double Emission(in DeliveryState at) => (EmissionRate ?? at.View.Grid.EmissionTonnesPerMwh()).At(at.OnPeakShare);

    /// <summary>For people.</summary>
    internal string Explain(ScenarioInputs inputs)
    {
        var amount = FormattableString.Invariant($"{Amount:0.####}");
        var emission = $"emission rate {Fields.Told(EmissionRate, inputs.Grid.EmissionTonnesPerMwh())} t/MWh";
        var what = Kind switch
        {
            PolicyEffectKind.PriceAdder => $"adds {amount} per MWh",
            PolicyEffectKind.PricePercent => $"adds {amount} % of the price",
            PolicyEffectKind.PriceFloor => $"lifts a month's price to at least {amount} per MWh (hours below it are not seen)",
            PolicyEffectKind.PriceCap => $"keeps a month's price at or below {amount} per MWh (hours above it are not seen)",
            PolicyEffectKind.CarbonAdder => $"adds {amount} a tonne of carbon, {emission}",
            PolicyEffectKind.CarbonFloor => $"lifts carbon of {Reference} to at least {amount} a tonne, {emission}",
            _ => FormattableString.Invariant($"lifts renewables from {BaseSharePct:0.####} % to {amount} % of load{Ramp}, ")
                + $"which takes that share off residual load; {GridResponse.Explain(inputs, Elasticity, null)}",
        };
        return what + (From is { } from ? $" from {from:uuuu-MM-dd}" : "") + (To is { } to ? $" to {to:uuuu-MM-dd}" : "");
    }
}

/// <summary>What a policy can do. In text the names are lower-case with underscores: <c>price_adder</c>.</summary>
public enum PolicyEffectKind
{
    /// <summary>An amount per MWh.</summary>
    PriceAdder,

    /// <summary>A percentage of the price.</summary>
    PricePercent,

    /// <summary>A month's price is at least this.</summary>
    PriceFloor,

    /// <summary>A month's price is at most this.</summary>
    PriceCap,

    /// <summary>An amount per tonne of CO2, through the emission rate.</summary>
    CarbonAdder,

    /// <summary>Carbon is at least this, through the emission rate.</summary>
    CarbonFloor,

    /// <summary>Another share of load from renewables, which takes load off the stack.</summary>
    RenewableTarget,
}
