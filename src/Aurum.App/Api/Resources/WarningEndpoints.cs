using System.Globalization;
using Aurum.App.Api.Documents;
using Aurum.App.Api.Requests;
using Aurum.App.Api.Responses;
using Aurum.App.Api.Rows;
using Aurum.Market.Feeds;
using Aurum.Store.Watch;
using NodaTime;

namespace Aurum.App.Api.Resources;

/// <summary><c>/v1/warnings</c>: what was noticed about stored rows. <c>/v1/balances</c>: what is left between numbers that must
/// agree.</summary>
internal static class WarningEndpoints
{
    public static void Map(IEndpointRouteBuilder v1)
    {
        v1.MapGet("/warnings", Get).WithTags("health of the data").Describe(
            "Warnings", "What was noticed about stored rows",
            "Balances that do not hold and values outside of what their history lets expect, newest first. They hold nothing back; a "
            + "correction that mends a value takes its warning away.",
            ListRequest.OfDays);
        v1.MapGet("/balances", GetBalances).WithTags("health of the data").Describe(
            "Balances", "What is left between numbers that must agree",
            "Residuals of each hour, newest first, each change as a revision: load against generation and interchange, a system against "
            + "its zones, day-ahead against real-time prices. The feed is the one whose rows made the residual be computed.",
            ListRequest.OfDays);
    }

    private static Answer<IReadOnlyList<WarningShape>> Get(HttpRequest request, RowServices services)
    {
        var list = ListRequest.Read("warnings", ListRequest.OfDays, request, services);
        return list.Page(services.Store.Findings(list.ToRecordQuery(services)), WarningShape.Of,
            row => [row.Id.ToString(CultureInfo.InvariantCulture)]);
    }

    private static Answer<IReadOnlyList<BalanceShape>> GetBalances(HttpRequest request, RowServices services)
    {
        var list = ListRequest.Read("balances", ListRequest.OfDays, request, services);
        return list.Page(services.Store.Residuals(list.ToRecordQuery(services)), BalanceShape.Of,
            row => [row.Id.ToString(CultureInfo.InvariantCulture)]);
    }
}

/// <summary>Something about stored rows that a person should look at.</summary>
/// <param name="Id">Number of the record.</param>
/// <param name="Feed">Feed id; of a balance, the one that its left side begins with.</param>
/// <param name="Day">Operating day.</param>
/// <param name="Expectation">Name of the balance, or of the expectation of the feed's suite.</param>
/// <param name="Place">Place, series or authority.</param>
/// <param name="AtUtc">Start of the interval; null where it is about a whole day.</param>
/// <param name="Found">The value.</param>
/// <param name="Least">Least expected value; null for none.</param>
/// <param name="Most">Most expected value; null for none.</param>
/// <param name="Unit">Unit of the three.</param>
/// <param name="Reason">In words.</param>
/// <param name="KnownAt">When the rows came that show it.</param>
internal sealed record WarningShape(
    long Id, FeedId Feed, LocalDate Day, string Expectation, string Place, Instant? AtUtc, double? Found, double? Least, double? Most,
    string Unit, string Reason, Instant KnownAt)
{
    public static WarningShape Of(FindingRecord record) => new(
        record.Id, record.Feed, record.Day, record.Finding.Expectation, record.Finding.Place, record.Finding.AtUtc,
        Known(record.Finding.Found), Known(record.Finding.Least), Known(record.Finding.Most), record.Finding.Unit, record.Finding.Reason,
        record.KnownAt);

    private static double? Known(double value) => double.IsNaN(value) ? null : value;
}

/// <summary>What is left of a balance in an hour.</summary>
/// <param name="Id">Number of the record.</param>
/// <param name="Balance">Name of the balance, for example <c>nyiso/load</c>.</param>
/// <param name="Place">Place or authority; the market where it has one balance.</param>
/// <param name="Feed">Feed whose rows made it be computed.</param>
/// <param name="Day">Operating day of that feed.</param>
/// <param name="IntervalStartUtc">Start of the hour.</param>
/// <param name="Left">Left side.</param>
/// <param name="Right">Right side.</param>
/// <param name="Residual">Left less right.</param>
/// <param name="Allowed">What the two may differ by without a warning.</param>
/// <param name="Unit">Unit of the numbers.</param>
/// <param name="KnownAt">When the rows came that it was computed from.</param>
/// <param name="Revision">1 for the first; a later one where rows were corrected.</param>
internal sealed record BalanceShape(
    long Id, string Balance, string Place, FeedId Feed, LocalDate Day, Instant IntervalStartUtc, double Left, double Right,
    double Residual, double Allowed, string Unit, Instant KnownAt, int Revision)
{
    public static BalanceShape Of(ResidualRecord record) => new(
        record.Id, record.Balance, record.Place, record.Feed, record.Day, record.StartUtc, record.Left, record.Right,
        Math.Round(record.Left - record.Right, 3), record.Allowed, record.Unit, record.KnownAt, record.Revision);
}
