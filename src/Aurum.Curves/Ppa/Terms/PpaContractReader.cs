using Aurum.Curves.Documents;
using Aurum.Market.Time;
using NodaTime;

namespace Aurum.Curves.Ppa.Terms;

/// <summary>Reads a contract's document. Its fields are in docs/ppa.md and in <see cref="PpaContractSchema"/>.</summary>
public static class PpaContractReader
{
    /// <summary>Longest delivery, years.</summary>
    public const int MaxYears = 40;

    private static readonly IReadOnlyList<string> Markets = [.. PeakCalendars.Shipped.All.Select(static c => c.Name)];

    /// <param name="json">UTF-8.</param>
    /// <exception cref="DocumentException">Anything is wrong with it: all faults at once, with path, what is allowed and what was
    /// found.</exception>
    public static PpaContract Read(ReadOnlyMemory<byte> json) => DocumentReader.Read(json, ReadContract);

    private static PpaContract ReadContract(DocumentReader root)
    {
        var (start, end) = ReadDays(root);
        var known = root.OptionalDate("start");
        var volume = VolumeReader.Read(root.At("volume"));
        var contract = new PpaContract
        {
            Name = root.Text("name"),
            Side = root.Choice<PpaSide>("side"),
            Counterparty = root.Text("counterparty"),
            Technology = root.Choice<PpaTechnology>("technology"),
            Start = start,
            End = end,
            Market = ReadMarket(root),
            Currency = ReadCurrency(root),
            Curves = ReadCurves(root.At("curves")),
            Point = PointReader.Read(root.At("point")),
            Volume = volume,
            Price = PriceReader.Read(root.At("price"), known),
            NegativePrice = root.Maybe("negative_price") is { } clause ? ReadClause(clause, volume) : NegativePriceClause.None,
            Discounting = ReadDiscounting(root.At("discount")),
            Upfront = root.Maybe("upfront") is { } upfront ? ReadUpfront(upfront) : null,
        };
        return WithSettlement(contract, root);
    }

    private static PpaContract WithSettlement(PpaContract contract, DocumentReader root)
    {
        var settlement = root.At("settlement");
        var fees = root.Maybe("fees");
        return contract with
        {
            Settlement = settlement.Choice<PpaSettlementType>("type"),
            SettlementMinutes = ReadMinutes(settlement),
            Fees = fees is null
                ? new PpaFees(0, 0)
                : new PpaFees(fees.NumberOr("per_mwh", 0, Ranges.Fee), fees.NumberOr("per_month", 0, Ranges.MonthlyFee)),
            CreditPercentPerYear = root.Maybe("credit")?.Number("percent_per_year", Ranges.Credit) ?? 0,
        };
    }

    private static (LocalDate Start, LocalDate End) ReadDays(DocumentReader root)
    {
        var faults = root.Errors.Count;
        var (start, end) = (root.Date("start"), root.Date("end"));
        if (root.Errors.Count == faults && (end < start || end >= start.PlusYears(MaxYears)))
        {
            root.Refuse("end", $"a day from {start:uuuu-MM-dd} on, before {start.PlusYears(MaxYears):uuuu-MM-dd} ({MaxYears} years)");
        }

        return (start, end);
    }

    private static PeakCalendar ReadMarket(DocumentReader root)
    {
        if (!root.Has("market"))
        {
            root.Refuse("market", $"one of {string.Join(", ", Markets)}");
        }

        return PeakCalendars.Shipped[root.OneOf("market", Markets) ?? Markets[0]];
    }

    private static string ReadCurrency(DocumentReader root)
    {
        const string expected = "a currency of three capital letters such as USD";
        if (!root.Has("currency"))
        {
            root.Refuse("currency", expected);
            return "";
        }

        var faults = root.Errors.Count;
        var text = root.OptionalText("currency", 3) ?? "";
        if (root.Errors.Count == faults && (text.Length != 3 || !text.All(char.IsAsciiLetterUpper)))
        {
            root.Refuse("currency", expected);
        }

        return text;
    }

    private static PpaCurves ReadCurves(DocumentReader curves)
    {
        var (all, on, off) = (curves.OptionalText("all_hours"), curves.OptionalText("on_peak"), curves.OptionalText("off_peak"));
        var (hasAll, hasOn, hasOff) = (curves.Has("all_hours"), curves.Has("on_peak"), curves.Has("off_peak"));
        var isKnown = curves.Names.All(static n => n is "all_hours" or "on_peak" or "off_peak");
        if (isKnown && (hasAll == (hasOn || hasOff) || hasOn != hasOff))
        {
            var found = string.Join(" and ", curves.Names.DefaultIfEmpty("nothing"));
            curves.RefuseAt(curves.Path, "a curve of all_hours, or one of on_peak and one of off_peak", found);
        }

        return new PpaCurves(all, on, off);
    }

    private static int ReadMinutes(DocumentReader settlement)
    {
        var minutes = settlement.IntegerOr("minutes", 60, 5, 60, "minutes");
        if (minutes is not (5 or 15 or 60))
        {
            settlement.Refuse("minutes", "5, 15 or 60 minutes");
        }

        return minutes;
    }

    private static NegativePriceClause ReadClause(DocumentReader clause, PpaVolume volume)
    {
        var kind = clause.Choice<NegativePriceKind>("type");
        if (clause.OptionalChoice<NegativePriceKind>("type") is null)
        {
            clause.Forgive();
        }

        var hasBound = kind is NegativePriceKind.NoPayBelow or NegativePriceKind.Consecutive or NegativePriceKind.Curtail;
        if (kind == NegativePriceKind.Curtail && volume.Kind == VolumeKind.ProxyGeneration)
        {
            clause.Refuse(
                "type", "another clause for proxy_generation, which is settled whether the plant runs or not", "'curtail'");
        }

        return new NegativePriceClause(
            kind,
            hasBound ? clause.NumberOr("below", 0, Ranges.Price) : 0,
            kind == NegativePriceKind.Consecutive ? clause.Integer("hours", 1, 48, "hours") : 1,
            kind == NegativePriceKind.Curtail ? clause.NumberOr("compensation_percent", 0, NumberRange.Percent) : 0);
    }

    private static Discounting ReadDiscounting(DocumentReader discount)
    {
        var lag = discount.IntegerOr("payment_lag_days", 0, 0, 180, "days");
        var hasRate = discount.Has("annual_percent");
        if (hasRate == discount.Has("zero_curve"))
        {
            discount.RefuseAt(
                discount.Path, "annual_percent or zero_curve, one of the two", hasRate ? "both" : "neither");
        }

        var rate = discount.NumberOr("annual_percent", 0, Ranges.Rate);
        var zeros = discount.Has("zero_curve")
            ? discount.List("zero_curve", 1, 600, static z => new ZeroRate(z.Date("date"), z.Number("annual_percent", Ranges.Rate)))
            : [];
        for (var i = 1; i < zeros.Count; i++)
        {
            if (zeros[i].Date <= zeros[i - 1].Date)
            {
                var path = $"{discount.Path}.zero_curve[{i}].date";
                discount.RefuseAt(path, $"a day after {zeros[i - 1].Date:uuuu-MM-dd}", $"'{zeros[i].Date:uuuu-MM-dd}'");
            }
        }

        return new Discounting(rate, zeros, lag);
    }

    private static Upfront ReadUpfront(DocumentReader upfront) =>
        new(upfront.Number("amount", Ranges.Upfront), upfront.OptionalDate("date"));
}
