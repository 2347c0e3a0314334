using Aurum.Curves.Workbooks;
using Aurum.Quality.Gates;

namespace Aurum.App.Curves;

/// <summary>A workbook and what the suites made of it.</summary>
/// <param name="Book">Its quotes.</param>
/// <param name="Verdicts">Why a quote is held back, by its place in the book; those that pass are not in it.</param>
/// <param name="Reports">One a suite, and the vendor's own bounds.</param>
internal sealed record JudgedBook(CurveBook Book, IReadOnlyDictionary<int, QuoteVerdict> Verdicts, IReadOnlyList<GateReport> Reports)
{
    /// <summary>Quotes that may be merged.</summary>
    public int Passing => Book.Quotes.Count - Verdicts.Count;

    public int Held => Verdicts.Count + Book.Quarantined.Count;

    public IEnumerable<(GateReport Report, ExpectationResult Result)> Failed =>
        Reports.SelectMany(r => r.Results.Where(x => x.Status == CheckStatus.Fail).Select(x => (r, x)));

    /// <summary>Held-back quotes by reason.</summary>
    public SortedDictionary<string, long> HeldByReason()
    {
        var counts = new SortedDictionary<string, long>(StringComparer.Ordinal);
        foreach (var reason in Book.Quarantined.Select(q => q.Reasons).Concat(Verdicts.Values.Select(v => v.Code)))
        {
            counts[reason] = counts.GetValueOrDefault(reason) + 1;
        }

        return counts;
    }
}

/// <summary>Why a quote is held back.</summary>
/// <param name="Expectation">The expectation that it failed.</param>
/// <param name="Code">Short code: <c>missing_currency</c>.</param>
/// <param name="Words">What was expected and found.</param>
internal sealed record QuoteVerdict(string Expectation, string Code, string Words);
