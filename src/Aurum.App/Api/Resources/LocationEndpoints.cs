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
        var places = services.Api.Store.Locations.List(new LocationQuery
        {
            Iso = query.Text("iso") is { } iso ? services.Feeds.RequireIso("iso", iso) : null,
            LocationType = query.Choice("location_type"),
            Text = query.Text("q"),
            IsMapped = query.Text("mapped") is null ? null : query.Boolean("mapped"),
            On = query.Date("on"),
            Limit = MaxPlaces,
        });
        var ordered = places.OrderBy(p => p.Iso, StringComparer.Ordinal).ThenBy(p => p.LocationId, StringComparer.Ordinal)
            .ThenBy(p => p.LocationType, StringComparer.Ordinal).ThenBy(p => p.EffectiveFrom);
        var rest = list.After is { } after ? ordered.SkipWhile(p => Compare(Key(p), after) <= 0) : ordered.AsEnumerable();
        return list.Page([.. rest.Take(list.Limit + 1)], LocationShape.Of, Key);
    }

    private static Results<Answer<IReadOnlyList<LocationShape>>, Problem> Get(
        string iso, string id, HttpRequest request, RowServices services)
    {
        var started = services.Api.Time.GetTimestamp();
        _ = new QueryReader(request.Query, []);
        var places =
            services.Api.Store.Locations.List(new LocationQuery { Iso = iso.ToUpperInvariant(), Text = id, Limit = MaxPlaces })
            .Where(p => p.LocationId == id).Select(LocationShape.Of).ToList();
        return places.Count == 0
            ? Problem.NotFound("id", $"a place of {iso.ToUpperInvariant()} as /v1/locations lists them", id)
            : new Answer<IReadOnlyList<LocationShape>>(places, places.Count,
                services.Api.Time.GetElapsedTime(started).TotalMilliseconds);
    }

    private static string[] Key(LocationRecord place) =>
        [place.Iso, place.LocationId, place.LocationType, $"{place.EffectiveFrom:uuuu-MM-dd}"];

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
/// <param name="EffectiveFrom">First operating day of this version.</param>
/// <param name="EffectiveTo">Last operating day of this version; null for the current one.</param>
/// <param name="Mapped">Whether the reference data knows it.</param>
/// <param name="FirstSeen">First operating day with rows.</param>
/// <param name="LastSeen">Last operating day with rows.</param>
internal sealed record LocationShape(
    string IsoCode, string LocationId, string LocationType, string Name, string? PublisherId, string? Zone, string? Hub,
    string Timezone,
    LocalDate EffectiveFrom, LocalDate? EffectiveTo, bool Mapped, LocalDate? FirstSeen, LocalDate? LastSeen)
{
    public static LocationShape Of(LocationRecord place) => new(
        place.Iso, place.LocationId, place.LocationType, place.Name, place.PublisherId, place.Zone, place.Hub, place.Timezone,
        place.EffectiveFrom, place.EffectiveTo, place.IsMapped, place.FirstSeen, place.LastSeen);
}
