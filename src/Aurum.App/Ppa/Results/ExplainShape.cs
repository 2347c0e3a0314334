using Aurum.App.Ppa.Markets;
using Aurum.Curves.Manifests;
using Aurum.Curves.Ppa.Terms;
using Aurum.Curves.Ppa.Valuing;
using NodaTime;

namespace Aurum.App.Ppa.Results;

/// <summary>Why a contract is worth more or less than on an earlier date.</summary>
/// <param name="Contract">Its name.</param>
/// <param name="Side">buyer or seller: whose money it is.</param>
/// <param name="From">The earlier date.</param>
/// <param name="To">The later date.</param>
/// <param name="KnownAt">State of knowledge of both.</param>
/// <param name="Currency">Of all amounts.</param>
/// <param name="ValueFrom">Value on the earlier date.</param>
/// <param name="ValueTo">Value on the later date.</param>
/// <param name="Change">The difference.</param>
/// <param name="Parts">In the order in which they were changed; they sum to the change.</param>
/// <param name="Notes">What was assumed and done, a sentence each.</param>
internal sealed record ExplainShape(
    string Contract, string Side, LocalDate From, LocalDate To, Instant KnownAt, string Currency, decimal ValueFrom, decimal ValueTo,
    decimal Change, IReadOnlyList<PartShape> Parts, IReadOnlyList<string> Notes)
{
    public static ExplainShape Of(
        PpaContract contract, Instant knownAt, PpaExplain explained, ResolvedMarket from, ResolvedMarket to) => new(
        contract.Name,
        contract.Side.ToString().ToLowerInvariant(),
        explained.From,
        explained.To,
        knownAt,
        explained.Currency,
        explained.ValueFrom,
        explained.ValueTo,
        explained.ValueTo - explained.ValueFrom,
        [.. explained.Parts.Select(PartShape.Of)],
        [.. explained.Notes, .. Dated(from), .. Dated(to)]);

    private static IEnumerable<string> Dated(ResolvedMarket market) => market.Notes.Select(n => $"{market.AsOf:uuuu-MM-dd}: {n}");
}

/// <summary>An explanation, and what it hangs on.</summary>
internal sealed record ExplainedChange(ExplainShape Shape, RunManifest Manifest);
