using Aurum.App.Api.Documents;
using Aurum.App.Api.Requests;
using Aurum.App.Api.Responses;
using Aurum.App.Api.Rows;
using Aurum.App.Api.Slices;
using Aurum.Store.Reading;
using NodaTime;

namespace Aurum.App.Api.Resources;

/// <summary><c>/v1/iso/lmp</c> and its views: all rows, all revisions, the last 24 hours, negative prices of a week.</summary>
internal static class LmpEndpoints
{
    private const int LastHours = 24;
    private const int NegativeDays = 7;

    /// <summary>Seconds by which the end of "the last hours" may lag behind the clock where answers are kept.</summary>
    private const int ClockSeconds = 5;

    private static readonly RowResource Lmp = RowResources.Lmp;

    private static readonly RowResource Revisions = Lmp with { Name = "lmp-revisions" };

    private static readonly RowResource Last24Hours = Lmp with
    {
        Name = "lmp-last-24h",
        Parameters = Without(RowResource.Start,
        RowResource.End),
    };

    private static readonly RowResource Negative = Lmp with
    {
        Name = "lmp-negative",
        Parameters = Without(RowResource.Start, RowResource.End, RowResource.Order, RowResource.Cursor),
    };

    public static void Map(IEndpointRouteBuilder v1)
    {
        var lmp = v1.MapGroup("/iso/lmp").WithTags("iso");
        lmp.MapGet("", Get).DescribeRows("Lmp", "Locational marginal prices",
            "Prices by interval start, then place; as of any instant.", Lmp.Parameters, Lmp.Fields).Kept(Rule(Lmp));
        lmp.MapGet("/revisions", GetRevisions).DescribeRows("LmpRevisions", "Revisions of prices",
            "Every revision that we received, not only the latest: what was corrected, and when we knew.", Revisions.Parameters,
            Lmp.Fields).Kept(Rule(Revisions));
        lmp.MapGet("/last-24h", GetLast24Hours).DescribeRows("LmpLast24Hours", "Prices of the last 24 hours",
            "Prices of intervals that began in the 24 hours before now, or before as_of.", Last24Hours.Parameters, Lmp.Fields)
            .Kept(Rule(Last24Hours, ClockSeconds));
        lmp.MapGet("/negative", GetNegative).DescribeRows("LmpNegative", "Negative prices of the last 7 days",
            "Prices below zero in the 7 days before now, or before as_of, lowest first.", Negative.Parameters, Lmp.Fields)
            .Kept(Rule(Negative, ClockSeconds));
    }

    private static SliceRule Rule(RowResource resource, int clockSeconds = 0) =>
        SliceRule.OfRows(resource.Name, resource.Table, clockSeconds);

    private static Page Get(HttpRequest request, RowServices services, CancellationToken cancel) =>
        RowPages.Read(Lmp, RowRequest.Read(Lmp, request, services), services, cancel);

    private static Page GetRevisions(HttpRequest request, RowServices services, CancellationToken cancel) =>
        RowPages.Read(Revisions, RowRequest.Read(Revisions, request, services) with { IsAllRevisions = true }, services, cancel);

    private static Page GetLast24Hours(HttpRequest request, RowServices services, CancellationToken cancel)
    {
        var asked = RowRequest.Read(Last24Hours, request, services);
        return RowPages.Read(Last24Hours, asked with { Start = asked.AsOf - Duration.FromHours(LastHours), End = asked.AsOf },
            services, cancel);
    }

    private static Page GetNegative(HttpRequest request, RowServices services, CancellationToken cancel)
    {
        var asked = RowRequest.Read(Negative, request, services);
        return RowPages.Read(Negative, asked with
        {
            Start = asked.AsOf - Duration.FromDays(NegativeDays),
            End = asked.AsOf,
            Below = [new ColumnBound("lmp", 0)],
            OrderBy = "lmp",
        }, services, cancel);
    }

    private static IReadOnlyList<QueryParameter> Without(params QueryParameter[] parameters) =>
        [.. Lmp.Parameters.Except(parameters)];
}
