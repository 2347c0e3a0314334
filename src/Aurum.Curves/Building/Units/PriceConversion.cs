using NodaTime;

namespace Aurum.Curves.Building.Units;

/// <summary>Turns prices of one unit into another: one factor, and what it is made of.</summary>
/// <param name="From">Unit before.</param>
/// <param name="To">Unit after.</param>
/// <param name="Multiplier">A price in <paramref name="From"/> times this is one in <paramref name="To"/>.</param>
/// <param name="Rate">The exchange rate in it; null where the currency stays.</param>
/// <param name="Contents">What was said about contents and used.</param>
public sealed record PriceConversion(PriceUnit From, PriceUnit To, double Multiplier, FxRate? Rate, IReadOnlyList<ContentRatio> Contents)
{
    public double Apply(double price) => price * Multiplier;

    /// <summary>Finds the factor between two units as of a date.</summary>
    /// <param name="contents">How much of a quantity is in another where their kinds differ; nothing is guessed.</param>
    /// <returns>A refusal where a content or a rate is missing.</returns>
    public static Built<PriceConversion> Between(
        PriceUnit from, PriceUnit to, LocalDate asOf, FxRates rates, IReadOnlyList<ContentRatio>? contents = null)
    {
        var (share, used) = ShareOf(to.Quantity, from.Quantity, contents ?? []);
        if (double.IsNaN(share))
        {
            return Built<PriceConversion>.Refuse(
                RefusalReason.MissingHeatContent,
                $"expected a content that leads from {from.Quantity.Name} ({from.Quantity.Kind}) to {to.Quantity.Name} "
                + $"({to.Quantity.Kind}), like '5.8 MMBtu/bbl', found none");
        }

        var rate = rates.Of(from.Currency, to.Currency, asOf);
        return rate.Value is { } fx
            ? new PriceConversion(
                from, to, from.Factor / to.Factor * fx.Rate * share, from.Currency == to.Currency ? null : fx, used)
            : rate.Refusal!;
    }

    /// <summary>How much of the source quantity one of the target is: directly, or over contents that lead from kind to kind.</summary>
    private static (double Share, IReadOnlyList<ContentRatio> Used) ShareOf(
        Quantity target, Quantity source, IReadOnlyList<ContentRatio> contents)
    {
        var amounts = new Dictionary<string, (double Amount, ContentRatio[] Used)> { [target.Kind] = (target.Amount, []) };
        for (var grown = true; grown && !amounts.ContainsKey(source.Kind);)
        {
            grown = false;
            foreach (var content in contents)
            {
                var perIn = content.Amount * content.Of.Amount / content.In.Amount;
                grown |= Lead(amounts, content.In.Kind, content.Of.Kind, perIn, content)
                    || Lead(amounts, content.Of.Kind, content.In.Kind, 1 / perIn, content);
            }
        }

        return amounts.TryGetValue(source.Kind, out var found) ? (found.Amount / source.Amount, found.Used) : (double.NaN, []);
    }

    private static bool Lead(
        Dictionary<string, (double Amount, ContentRatio[] Used)> amounts, string from, string to, double factor, ContentRatio by)
    {
        if (!amounts.TryGetValue(from, out var known) || amounts.ContainsKey(to))
        {
            return false;
        }

        amounts[to] = (known.Amount * factor, [.. known.Used, by]);
        return true;
    }

    /// <summary>For people, a line each: units, rate, contents.</summary>
    public IEnumerable<string> Explain()
    {
        yield return FormattableString.Invariant($"{From} times {Multiplier:0.##########} is {To}");
        if (Rate is not null)
        {
            yield return Rate.ToString();
        }

        foreach (var content in Contents)
        {
            yield return content.ToString();
        }
    }
}
