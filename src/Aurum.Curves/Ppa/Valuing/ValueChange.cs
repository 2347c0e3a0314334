using Aurum.Curves.Ppa.Delivery;
using Aurum.Curves.Ppa.Terms;

namespace Aurum.Curves.Ppa.Valuing;

/// <summary>Explains a change of value: takes over the later view one thing after the other.</summary>
internal sealed class ValueChange
{
    private readonly PpaContract _contract;
    private readonly List<ValuePart> _parts = [];
    private decimal _total;

    private ValueChange(PpaContract contract, decimal value)
    {
        _contract = contract;
        _total = value;
    }

    public static PpaExplain Of(PpaContract contract, MarketView earlier, MarketView to)
    {
        if (to.ValuationDate < earlier.ValuationDate)
        {
            throw new ValuationRefusedException(
                $"expected a second valuation date from {earlier.ValuationDate:uuuu-MM-dd} on, found {to.ValuationDate:uuuu-MM-dd}");
        }

        var start = CaseBook.Of(contract, earlier).Of(contract, earlier).Value;
        var change = new ValueChange(contract, start);
        var end = to.ValuationDate > contract.End ? change.Over(to) : change.Walk(earlier, to);
        return new PpaExplain(
            earlier.ValuationDate, to.ValuationDate, contract.Currency, start, end, change._parts,
            [
                "each part is what the value changes when it alone is taken over from the later view, in the order of the list; parts sum "
                    + "exactly to the change",
                "what was delivered in between is taken out at the forward prices of the earlier view: it is cash by then, or still to "
                    + "be paid",
            ]);
    }

    private decimal Over(MarketView to)
    {
        Add("settled", $"Everything is delivered by {to.ValuationDate:uuuu-MM-dd}", 0);
        return _total;
    }

    private decimal Walk(MarketView earlier, MarketView to)
    {
        var old = CaseBook.Of(_contract, earlier, to.ValuationDate);
        Add("settled", $"Delivered and paid from {earlier.ValuationDate:uuuu-MM-dd} on", old.Of(_contract, earlier).Value);
        var view = earlier with { ValuationDate = to.ValuationDate };
        Add("time", "Time: the same money is nearer", old.Of(_contract, view).Value);

        view = WithGeneration(old, view, to);
        WalkPrices(old, view, to);
        view = view with { Forwards = to.Forwards, Beyond = to.Beyond };
        view = Step(old, view, view with { Shape = to.Shape }, "shape", "Hourly price shape");
        view = Step(old, view, view with { Cannibalisation = to.Cannibalisation }, "cannibalisation", "Assumed cannibalisation");
        view = Step(old, view, view with { Basis = to.Basis }, "basis", "Basis of the settlement point");

        var now = CaseBook.Of(_contract, to);
        view = view with { Rates = to.Rates };
        if (to.Forwards.Concat(earlier.Forwards).Any(c => c.Currency != _contract.Currency))
        {
            Add("fx", "Exchange rates", now.Of(_contract, view).Value);
        }

        var end = now.Of(_contract, to).Value;
        if (end != _total)
        {
            Add("discount", "Discount rates", end);
        }

        return end;
    }

    private MarketView WithGeneration(CaseBook book, MarketView view, MarketView to) =>
        Step(book, view, view with { Generation = to.Generation }, "volume", "Expected output of the plant");

    /// <summary>Forward prices year by year, under the shape and the exchange rates of the earlier view.</summary>
    private void WalkPrices(CaseBook book, MarketView view, MarketView to)
    {
        var before = book.HubOf(_contract, view);
        var moved = view with { Forwards = to.Forwards, Beyond = to.Beyond };
        var after = book.HubOf(_contract, moved);
        var mixed = (double[])before.Clone();
        var grid = book.Grid;
        for (var year = grid.First.Year; year <= grid.Last.Year; year++)
        {
            foreach (var month in grid.Months.Where(m => m.Month.Year == year))
            {
                after.AsSpan(month.FirstHour, month.Hours).CopyTo(mixed.AsSpan(month.FirstHour, month.Hours));
            }

            // A copy of its own: what was made of the hours is kept by their identity.
            var value = book.Of(_contract, moved, (double[])mixed.Clone()).Value;
            Add($"price_{year}", $"Forward prices of {year}", value);
        }
    }

    private MarketView Step(CaseBook book, MarketView before, MarketView after, string name, string label)
    {
        if (before != after)
        {
            Add(name, label, book.Of(_contract, after).Value);
        }

        return after;
    }

    private void Add(string name, string label, decimal value)
    {
        _parts.Add(new ValuePart(name, label, value - _total, value));
        _total = value;
    }
}
