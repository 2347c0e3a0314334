using Aurum.App.Api.Documents;
using Aurum.App.Api.Requests;
using Aurum.App.Api.Responses;
using Aurum.App.Api.Rows;
using Aurum.App.Health;
using Aurum.App.Ingest;
using Aurum.Market.Text;

namespace Aurum.App.Api.Resources;

/// <summary><c>/v1/admin/external</c>: how it goes with each publisher, its limits, its data and what was promised.</summary>
internal static class ExternalEndpoints
{
    private static readonly QueryParameter[] Parameters =
        [QueryParameter.Filter("provider", "Publisher: the first part of a feed id.", "caiso")];

    public static void Map(IEndpointRouteBuilder v1)
    {
        var external = v1.MapGroup("/admin/external").WithTags("operations");
        external.MapGet("/health", Health).Describe("ExternalHealth", "Health of all publishers",
            "Each publisher's circuit breakers, success and error rates of 24 hours, last outcome, and each feed's lag behind the "
            + "publisher's schedule.");
        external.MapGet("/health/{provider}", HealthOf).Describe("ExternalHealthOf", "Health of one publisher",
            "The same for one publisher, for example /v1/admin/external/health/caiso.");
        external.MapGet("/ratelimits", RateLimits).Describe("ExternalRateLimits", "Limits of sites and datasets",
            "Each limit with its use and headroom, and violations: throttled answers, overdrawn limits, refused requests.", Parameters);
        external.MapGet("/validation/{provider}", Validation).Describe("ExternalValidation", "Quality of one publisher's data",
            "What the quality gate made of each feed in the last seven days and of its latest batches, what it held back, and what was "
            + "noticed about stored rows.");
        external.MapGet("/sla", Sla).Describe("ExternalSla", "Promises and how they are kept",
            "Error rate, lateness, share of accepted rows and missing days of each collected publisher against their targets.", Parameters);
    }

    private static Answer<IReadOnlyList<ProviderHealth>> Health(HttpRequest request, RowServices services) =>
        Listed(
            request, services, [],
            _ => ProviderHealth.All(services.Api.Store, services.Feeds.Feeds, services.Api.Sites, services.Api.Now));

    private static Answer<ProviderHealth> HealthOf(string provider, HttpRequest request, RowServices services)
    {
        var started = services.Api.Time.GetTimestamp();
        _ = new QueryReader(request.Query, []);
        var known = Known(services, provider, StatusCodes.Status404NotFound);
        var feeds = services.Feeds.Feeds.Where(f => f.Id.Publisher == known);
        var health = ProviderHealth.All(services.Api.Store, feeds, services.Api.Sites, services.Api.Now)[0];
        return new Answer<ProviderHealth>(health, 1, services.Api.Time.GetElapsedTime(started).TotalMilliseconds);
    }

    private static Answer<IReadOnlyList<RateLimitStanding>> RateLimits(HttpRequest request, RowServices services) =>
        Listed<RateLimitStanding>(request, services, Parameters, provider =>
            [.. RateLimitStanding.All(SitesOf(services)).Where(s => provider is null || s.Provider == provider)]);

    private static Answer<IReadOnlyList<FeedValidation>> Validation(string provider, HttpRequest request, RowServices services)
    {
        var known = Known(services, provider, StatusCodes.Status404NotFound);
        return Listed(request, services, [], _ => FeedValidation.All(
            services.Store, services.Feeds.Feeds.Where(f => f.Id.Publisher == known), services.Api.Now));
    }

    private static Answer<IReadOnlyList<SlaRule>> Sla(HttpRequest request, RowServices services) =>
        Listed<SlaRule>(request, services, Parameters, provider =>
            [.. SlaRule.All(services.Api.Store, services.Feeds.Feeds, services.Api.Now)
                .Where(r => provider is null || r.Provider == provider)]);

    private static Answer<IReadOnlyList<T>> Listed<T>(
        HttpRequest request, RowServices services, IReadOnlyList<QueryParameter> parameters, Func<string?, IReadOnlyList<T>> read)
    {
        var started = services.Api.Time.GetTimestamp();
        var query = new QueryReader(request.Query, parameters);
        var provider = parameters.Count > 0 && query.Text("provider") is { } name
            ? Known(services, name, StatusCodes.Status400BadRequest)
            : null;
        var list = read(provider);
        return new Answer<IReadOnlyList<T>>(list, list.Count, services.Api.Time.GetElapsedTime(started).TotalMilliseconds);
    }

    private static SiteDirectory SitesOf(RowServices services) => services.Api.Sites
        ?? throw new RequestFormatException(
            "ratelimits", "a server that knows the publishers' sites", "one that only serves", StatusCodes.Status503ServiceUnavailable);

    /// <exception cref="RequestFormatException">No publisher has the name; the message names the nearest.</exception>
    private static string Known(RowServices services, string provider, int status)
    {
        var all = services.Feeds.Feeds.Select(f => f.Id.Publisher).Distinct().ToList();
        return all.Find(p => p == provider) ?? throw new RequestFormatException(
            "provider",
            NearestName.To(provider, all) is { } near ? $"a publisher; did you mean {near}?" : $"one of {string.Join(", ", all)}",
            $"'{provider}'",
            status);
    }
}
