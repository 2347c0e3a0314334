using Aurum.App.Api.Documents;
using Aurum.App.Api.Requests;
using Aurum.App.Api.Responses;
using Aurum.App.Api.Rows;
using Aurum.Market.Power;
using Aurum.Store.Locations;
using Microsoft.AspNetCore.Http.HttpResults;
using NodaTime;

namespace Aurum.App.Api.Resources;

/// <summary><c>/v1/locations</c>: the places that are priced or metered.</summary>
internal static class LocationEndpoints
{
    /// <summary>Places looked through for one answer at most.</summary>
    private const int MaxPlaces = 1_000_000;

    private static readonly QueryParameter[] Parameters =
    [
        QueryParameter.Filter("iso", "Market operator.", "NYISO"),
        QueryParameter.ChoiceOf("location_type", "Kind of place.", [.. Enum.GetValues<LocationType>().Select(t => t.ToText())]),
        QueryParameter.Filter("q", "Part of the id or the name, in any case.", "N.Y.C."),
        new("mapped", ParameterForm.Boolean,
        "true: places of the reference data; false: places that merely turned up in rows.") { IsFilter = true },
        new("delivered", ParameterForm.Boolean,
            "true: places that rows were delivered of; false: places of the reference data that no delivery has had yet.")
        { IsFilter = true },
        new("on", ParameterForm.Date, "The operating day whose places are wanted.")
        {
            Default = "the current ones",
            Example = "2025-11-02",
            IsFilter = true,
        },
        QueryParameter.LimitOf(RowResource.MaxLimit, RowResource.DefaultLimit),
        RowResource.Cursor,
        ResponseFormats.Parameter,
    ];

    public static void Map(IEndpointRouteBuilder v1)
    {
        v1.MapGet("/locations", List).WithTags("locations").Describe("Locations", "Places",
            "Nodes, zones, hubs and areas of all markets, by market, id and type.", Parameters);
        v1.MapGet("/locations/{iso}/{id}", Get).WithTags("locations").Describe("Location", "One place",
            "The versions of one place; a publisher may use one id for places of different types.");
    }

    private static Answer<IReadOnlyList<LocationShape>> List(HttpRequest request, RowServices services)
    {
        var list = ListRequest.Read("locations", Parameters, request, services);
        var query = list.Query;
        var places = Places(services, new LocationQuery
        {
            Iso = query.Text("iso") is { } iso ? services.Feeds.RequireIso("iso", iso) : null,
            LocationType = query.Choice("location_type"),
            Text = query.Text("q"),
            IsMapped = query.Text("mapped") is null ? null : query.Boolean("mapped"),
            On = query.Date("on"),
            Limit = MaxPlaces,
        });
        if (query.Text("delivered") is not null)
        {
            var delivered = query.Boolean("delivered");
            places = places.Where(p => p.Delivered == delivered);
        }

        var ordered = places.OrderBy(p => p.IsoCode, StringComparer.Ordinal).ThenBy(p => p.LocationId, StringComparer.Ordinal)
            .ThenBy(p => p.LocationType, StringComparer.Ordinal).ThenBy(p => p.EffectiveFrom);
        var rest = list.After is { } after ? ordered.SkipWhile(p => Compare(Key(p), after) <= 0) : ordered.AsEnumerable();
        return list.Page([.. rest.Take(list.Limit + 1)], static place => place, Key);
    }

    private static Results<Answer<IReadOnlyList<LocationShape>>, Problem> Get(
        string iso, string id, HttpRequest request, RowServices services)
    {
        var started = services.Api.Time.GetTimestamp();
        _ = new QueryReader(request.Query, []);
        var places = Places(services, new LocationQuery { Iso = iso.ToUpperInvariant(), Text = id, Limit = MaxPlaces })
            .Where(p => p.LocationId == id).ToList();
        return places.Count == 0
            ? Problem.NotFound("id", $"a place of {iso.ToUpperInvariant()} as /v1/locations lists them", id)
            : new Answer<IReadOnlyList<LocationShape>>(places, places.Count,
                services.Api.Time.GetElapsedTime(started).TotalMilliseconds);
    }

    /// <summary>What deliveries had, and what the reference data knows beside it.</summary>
    private static IEnumerable<LocationShape> Places(RowServices services, LocationQuery query)
    {
        var registry = services.Api.Store.Locations;
        var others = registry.NeverDelivered().Where(place => IsAsked(place, query));
        return registry.List(query).Select(LocationShape.Of)
            .Concat(others.Select(place => LocationShape.Of(place, ZoneOf(services, place))));
    }

    private static bool IsAsked(KnownLocation place, LocationQuery query)
    {
        bool Has(string text) => text.Contains(query.Text!, StringComparison.OrdinalIgnoreCase);
        return query.IsMapped != false
            && (query.Iso is null || place.Iso == query.Iso)
            && (query.LocationType is null || place.Type.ToText() == query.LocationType)
            && (query.Text is null || Has(place.LocationId) || Has(place.Name))
            && (query.On is { } day
                ? !(place.EffectiveFrom > day) && !(place.EffectiveTo < day)
                : place.EffectiveTo is null);
    }

    private static string ZoneOf(RowServices services, KnownLocation place) =>
        place.Timezone ?? services.Feeds.Feeds.First(f => f.Contract?.IsoCode == place.Iso).Zone.Id;

    private static string[] Key(LocationShape place) =>
        [place.IsoCode, place.LocationId, place.LocationType, $"{place.EffectiveFrom:uuuu-MM-dd}"];

    private static int Compare(string[] key, IReadOnlyList<string> after)
    {
        for (var i = 0; i < key.Length; i++)
        {
            if (string.CompareOrdinal(key[i], after[i]) is var difference and not 0)
            {
                return difference;
            }
        }

        return 0;
    }
}

/// <summary>A place as it is known during a stretch of operating days.</summary>
/// <param name="IsoCode">Market operator.</param>
/// <param name="LocationId">The publisher's id.</param>
/// <param name="LocationType">Kind of place.</param>
/// <param name="Name">Name for people.</param>
/// <param name="PublisherId">The publisher's numeric id where it has one beside the name.</param>
/// <param name="Zone">Zone that it lies in, where known.</param>
/// <param name="Hub">Hub that it belongs to, where known.</param>
/// <param name="Timezone">IANA name of its clock.</param>
/// <param name="EffectiveFrom">First operating day of this version; null for a place that no delivery has had and of which the reference
/// data does not say it.</param>
/// <param name="EffectiveTo">Last operating day of this version; null for the current one.</param>
/// <param name="Mapped">Whether the reference data knows it.</param>
/// <param name="Delivered">Whether rows of it were ever delivered; false for a place that is known from the reference data
/// alone.</param>
/// <param name="FirstSeen">First operating day with rows.</param>
/// <param name="LastSeen">Last operating day with rows.</param>
internal sealed record LocationShape(
    string IsoCode, string LocationId, string LocationType, string Name, string? PublisherId, string? Zone, string? Hub,
    string Timezone,
    LocalDate? EffectiveFrom, LocalDate? EffectiveTo, bool Mapped, bool Delivered, LocalDate? FirstSeen, LocalDate? LastSeen)
{
    public static LocationShape Of(LocationRecord place) => new(
        place.Iso, place.LocationId, place.LocationType, place.Name, place.PublisherId, place.Zone, place.Hub, place.Timezone,
        place.EffectiveFrom, place.EffectiveTo, place.IsMapped, true, place.FirstSeen, place.LastSeen);

    /// <summary>A place that no delivery has had yet.</summary>
    public static LocationShape Of(KnownLocation place, string timezone) => new(
        place.Iso, place.LocationId, place.Type.ToText(), place.Name, null, place.Zone, place.Hub, timezone, place.EffectiveFrom,
        place.EffectiveTo, true, false, null, null);
}
