using Aurum.App.Api.Documents;
using Aurum.App.Api.Requests;
using Aurum.App.Api.Responses;
using Aurum.App.Api.Rows;
using Aurum.App.Api.Slices;
using Aurum.App.Curves;
using Aurum.Market.Time;

namespace Aurum.App.Api.Resources;

/// <summary><c>/v1/metadata</c>: what curves are told apart by, which units they are in, and the calendars of peak hours.</summary>
internal static class MetadataEndpoints
{
    private static readonly string[] Dimensions =
        ["asset_class", "block", "iso", "location", "market", "product", "region", "spark_location", "tenor_type", "vendor"];

    public static void Map(IEndpointRouteBuilder v1)
    {
        v1.MapGet("/metadata/dimensions", (HttpRequest request, RowServices services, CancellationToken cancel) => Read(
                "metadata-dimensions", selection => CurveQueries.Dimensions(selection, Dimensions), request, services, cancel))
            .WithTags("curves").Describe("Dimensions", "What curves are told apart by",
                "The values of each dimension, with how many curves and quotes have them; of the newest quotes, or of an as-of date.",
                CurveParameters.OfMetadata)
            .Produces<IReadOnlyList<Dictionary<string, object?>>>(StatusCodes.Status200OK, "application/json", "text/csv")
            .Kept(SliceRule.OfMetadata("metadata-dimensions"));
        v1.MapGet("/metadata/units", (HttpRequest request, RowServices services, CancellationToken cancel) => Read(
                "metadata-units", CurveQueries.Units, request, services, cancel))
            .WithTags("curves").Describe("Units", "Units of curves",
                "The units that quotes are in, as written and as currency and quantity, by vendor and asset class.",
                CurveParameters.OfMetadata)
            .Produces<IReadOnlyList<Dictionary<string, object?>>>(StatusCodes.Status200OK, "application/json", "text/csv")
            .Kept(SliceRule.OfMetadata("metadata-units"));
        v1.MapGet("/metadata/calendars", Calendars).WithTags("curves").Describe("Calendars", "Calendars of peak hours",
            "Which hours of which days are peak in each market, with the source of the definition.",
            [QueryParameter.LimitOf(RowResource.MaxLimit, RowResource.DefaultLimit), RowResource.Cursor, ResponseFormats.Parameter]);
    }

    private static Page Read(
        string resource, Func<CurveSelection, string> query, HttpRequest request, RowServices services, CancellationToken cancel)
    {
        var list = ListRequest.Read(resource, CurveParameters.OfMetadata, request, services);
        return CurvePages.Read(list, query(CurveParameters.Selection(list, services)), services, cancel);
    }

    private static Answer<IReadOnlyList<CalendarShape>> Calendars(HttpRequest request, RowServices services)
    {
        var list = ListRequest.Read(
            "metadata-calendars",
            [QueryParameter.LimitOf(RowResource.MaxLimit, RowResource.DefaultLimit), RowResource.Cursor, ResponseFormats.Parameter],
            request, services);
        return list.Page(CurvePages.From(PeakCalendars.Shipped.All, list), CalendarShape.Of, _ => CurvePages.Next(list));
    }
}

/// <summary>A calendar of peak hours.</summary>
/// <param name="Name">Name.</param>
/// <param name="Timezone">Its clock.</param>
/// <param name="FirstPeakHour">First peak hour, hour ending.</param>
/// <param name="LastPeakHour">Last peak hour, hour ending.</param>
/// <param name="LastPeakWeekday">Peak days run from Monday to this day.</param>
/// <param name="Holidays">Name of its holidays, which are off-peak.</param>
/// <param name="Source">Whose definition it is.</param>
internal sealed record CalendarShape(
    string Name, string Timezone, int FirstPeakHour, int LastPeakHour, string LastPeakWeekday, string Holidays, string Source)
{
    public static CalendarShape Of(PeakCalendar calendar) => new(
        calendar.Name, calendar.Zone.Id, calendar.FirstPeakHour, calendar.LastPeakHour, calendar.LastPeakWeekday.ToString(),
        calendar.Holidays.Name, calendar.Source);
}
