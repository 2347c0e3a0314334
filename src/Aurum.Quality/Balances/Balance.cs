using Aurum.Market.Feeds;
using Aurum.Quality.Suites;

namespace Aurum.Quality.Balances;

/// <summary>Two numbers of the same hour that come by different ways and must agree: load and what serves it, a system and the sum of
/// its zones, the prices of two markets. Read from YAML; what is left between them is stored, and what is too much of it warns.</summary>
/// <param name="Id">Name, <c>eia/demand</c>: the market, then what is balanced.</param>
/// <param name="Title">In words, left side first.</param>
/// <param name="Unit">Unit of both sides: MW (MWh of an hour) or USD/MWh.</param>
/// <param name="Tolerance">Difference that is always allowed, in the unit.</param>
/// <param name="ToleranceShare">Share of the larger side that is allowed beside it.</param>
/// <param name="Left">Terms of the left side.</param>
/// <param name="Right">Terms of the right side.</param>
/// <param name="Place">Where it stands.</param>
public sealed record Balance(
    string Id, string Title, string Unit, double Tolerance, double ToleranceShare, IReadOnlyList<BalanceTerm> Left,
    IReadOnlyList<BalanceTerm> Right, SuitePlace Place)
{
    /// <summary>All terms, those of the left side first.</summary>
    public IEnumerable<BalanceTerm> Terms => Left.Concat(Right);

    /// <summary>The feeds that it needs, each once.</summary>
    public IEnumerable<FeedId> Feeds => Terms.Select(static t => t.Feed).Distinct();

    /// <summary>What the two sides may differ by, in the unit.</summary>
    public double Limit(double left, double right) =>
        Tolerance + (ToleranceShare * Math.Max(Math.Abs(left), Math.Abs(right)));
}

/// <summary>Rows of one feed that are averaged by the hour and added up.</summary>
/// <param name="Feed">Feed.</param>
/// <param name="Sign">1 or -1.</param>
/// <param name="Series">Pattern of series ids, where the feed holds series: <c>*</c> is any text, <c>{place}</c> the part that names the
/// place; null for the other tables.</param>
/// <param name="Each">Column that names the place; null where all rows are of one place.</param>
/// <param name="When">Which rows; null for all.</param>
/// <param name="Place">Where it stands.</param>
public sealed record BalanceTerm(FeedId Feed, double Sign, string? Series, string? Each, RowCondition? When, SuitePlace Place)
{
    /// <summary>The part of <see cref="Series"/> that names the place.</summary>
    public const string PlaceMark = "{place}";

    /// <summary>Whether each hour has several balances, one a place.</summary>
    public bool HasPlaces => Each is not null || Series?.Contains(PlaceMark, StringComparison.Ordinal) == true;
}
