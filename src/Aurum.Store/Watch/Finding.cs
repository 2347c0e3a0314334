using Aurum.Market.Feeds;
using NodaTime;

namespace Aurum.Store.Watch;

/// <summary>Something about stored rows that a person should look at. It holds nothing back.</summary>
/// <param name="Expectation">What was expected: a balance or an expectation of the feed's suite.</param>
/// <param name="Place">Place, series or authority.</param>
/// <param name="AtUtc">Start of the interval; null where it is about a whole day.</param>
/// <param name="Found">The value.</param>
/// <param name="Least">Least expected value; NaN for none.</param>
/// <param name="Most">Most expected value; NaN for none.</param>
/// <param name="Unit">Unit of the three.</param>
/// <param name="Reason">In words.</param>
public sealed record Finding(
    string Expectation, string Place, Instant? AtUtc, double Found, double Least, double Most, string Unit, string Reason);

/// <summary>A finding as it is kept: what was found in the latest look at the feed's day.</summary>
/// <param name="Id">Number of the record.</param>
/// <param name="Feed">Feed.</param>
/// <param name="Day">Operating day.</param>
/// <param name="Finding">What was found.</param>
/// <param name="KnownAt">When the rows came that show it.</param>
public sealed record FindingRecord(long Id, FeedId Feed, LocalDate Day, Finding Finding, Instant KnownAt);

/// <summary>What is left of a balance in an hour.</summary>
/// <param name="Id">Number of the record.</param>
/// <param name="Balance">Name of the balance.</param>
/// <param name="Place">Place, or the market.</param>
/// <param name="Feed">The feed whose rows made it be computed.</param>
/// <param name="Day">Operating day of that feed.</param>
/// <param name="StartUtc">Start of the hour.</param>
/// <param name="Left">Left side.</param>
/// <param name="Right">Right side.</param>
/// <param name="Allowed">What the two may differ by.</param>
/// <param name="Unit">Unit of the three.</param>
/// <param name="KnownAt">When the rows came that it was computed from.</param>
/// <param name="Revision">1 for the first; a later one where rows were corrected.</param>
public sealed record ResidualRecord(
    long Id, string Balance, string Place, FeedId Feed, LocalDate Day, Instant StartUtc, double Left, double Right, double Allowed,
    string Unit, Instant KnownAt, int Revision);
