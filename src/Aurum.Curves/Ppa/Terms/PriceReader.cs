using Aurum.Curves.Documents;
using NodaTime;

namespace Aurum.Curves.Ppa.Terms;

/// <summary>Reads a contract's price.</summary>
internal static class PriceReader
{
    private const int MaxSteps = 500;

    /// <param name="start">First day of the contract; null where it could not be read, so that nothing is held against it.</param>
    public static PpaPrice Read(DocumentReader price, LocalDate? start)
    {
        var kind = price.OptionalChoice<PriceKind>("type");
        if (kind is null)
        {
            price.Choice<PriceKind>("type");
            price.Forgive();
            return new PpaPrice { Kind = PriceKind.Fixed };
        }

        return kind.Value switch
        {
            PriceKind.Stepped => new PpaPrice { Kind = kind.Value, Steps = ReadSteps(price, "steps", "price", Ranges.Price, start) },
            PriceKind.Share => ReadShare(price),
            PriceKind.Fixed or PriceKind.Escalator => new PpaPrice
            {
                Kind = kind.Value,
                Price = price.Number("price", Ranges.Price),
                Escalator = kind == PriceKind.Escalator ? ReadEscalator(price.At("escalator")) : null,
            },
            _ => ReadIndex(price, kind.Value, start),
        };
    }

    private static PpaPrice ReadShare(DocumentReader price) => WithBounds(price, new PpaPrice
    {
        Kind = PriceKind.Share,
        Price = price.Number("price", Ranges.Price),
        UpsidePercent = price.Number("upside_percent", NumberRange.Percent),
        DownsidePercent = price.Number("downside_percent", NumberRange.Percent),
        Escalator = price.Maybe("escalator") is { } escalator ? ReadEscalator(escalator) : null,
    });

    private static PpaPrice ReadIndex(DocumentReader price, PriceKind kind, LocalDate? start)
    {
        if (kind is PriceKind.Floor or PriceKind.Collar && !price.Has("floor"))
        {
            price.Refuse("floor", $"a number {Ranges.Price}");
        }

        if (kind is PriceKind.Cap or PriceKind.Collar && !price.Has("cap"))
        {
            price.Refuse("cap", $"a number {Ranges.Price}");
        }

        var reference = price.ChoiceOr("reference", IndexReference.SettlementPoint);
        var index = new PpaPrice
        {
            Kind = kind,
            Factor = price.NumberOr("factor", 1, Ranges.Factor),
            Adder = price.NumberOr("adder", 0, Ranges.Price),
            Reference = reference,
            IndexValues = reference == IndexReference.Given ? ReadSteps(price, "values", "value", Ranges.IndexValue, start) : [],
            Escalator = price.Maybe("escalator") is { } escalator ? ReadEscalator(escalator) : null,
        };
        return WithBounds(price, index);
    }

    private static PpaPrice WithBounds(DocumentReader price, PpaPrice read)
    {
        var (floor, cap) = (
            read.Kind == PriceKind.Cap ? null : price.OptionalNumber("floor", Ranges.Price),
            read.Kind == PriceKind.Floor ? null : price.OptionalNumber("cap", Ranges.Price));
        if (floor > cap)
        {
            price.Refuse("cap", FormattableString.Invariant($"a number from the floor, {floor}, on"));
        }

        return read with { Floor = floor, Cap = cap };
    }

    private static Escalator ReadEscalator(DocumentReader escalator) => new(
        escalator.Number("percent_per_year", Ranges.Growth), escalator.ChoiceOr("step", EscalatorStep.Anniversary));

    private static IReadOnlyList<PriceStep> ReadSteps(
        DocumentReader price, string name, string value, NumberRange range, LocalDate? start)
    {
        var faults = price.Errors.Count;
        var steps = price.List(name, 1, MaxSteps, s => new PriceStep(s.Date("from"), s.Number(value, range)));
        for (var i = 0; i < steps.Count && price.Errors.Count == faults; i++)
        {
            if (i == 0 && steps[i].From > start)
            {
                price.RefuseAt(
                    $"{price.Path}.{name}[0].from", $"a day up to the start, {start:uuuu-MM-dd}", $"'{steps[i].From:uuuu-MM-dd}'");
            }
            else if (i > 0 && steps[i].From <= steps[i - 1].From)
            {
                price.RefuseAt(
                    $"{price.Path}.{name}[{i}].from", $"a day after {steps[i - 1].From:uuuu-MM-dd}", $"'{steps[i].From:uuuu-MM-dd}'");
            }
        }

        return steps.Count > 0 ? steps : [new PriceStep(start ?? default, 0)];
    }
}
