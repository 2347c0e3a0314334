using System.Globalization;
using System.Text;
using Aurum.Market.Series;
using Aurum.Market.Time;
using Aurum.Sandbox.Publishing;
using NodaTime;
using NodaTime.Text;

namespace Aurum.Sandbox.Ercot;

/// <summary>The archive of the sandbox's public API: listings of the two-day reports of ancillary services, and their zips.</summary>
/// <remarks>Form of both: recorded answers. Some of the recorded 26 tables; the day of 23 hours, which was not recorded, counts its
/// hours through like the day of 25.</remarks>
internal sealed class ErcotArchive(ErcotMarkets markets)
{
    public const string Path = "/api/public-reports/archive/np3-911-er";

    private const int FirstDocument = 1_000_000_000;
    private const int PostedAfterDays = 2;

    /// <summary>Services as files name them, with the name in the column's title.</summary>
    private static readonly (string Service, string Title, int Number)[] Services =
        [("REGUP", "RegUp", 3), ("REGDN", "RegDown", 2), ("NSPIN", "NonSpin", 1), ("ECRSS", "ECRSS", 0), ("RRSPFR", "RRSPFR", 4)];

    public static bool IsPosted(OperatingDay day, Instant now) => now >= PostedAt(day);

    public SandboxResponse Answer(Query query, Moment moment)
    {
        if (query["download"] is { } id)
        {
            return int.TryParse(id, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
                && DayOf(number) is { } day && IsPosted(day, moment.Now)
                    ? Document(day, number, moment)
                    : SandboxResponse.Text(404, "application/json", """{ "statusCode": 404, "message": "Resource not found" }""");
        }

        var from = LocalDateTimePattern.GeneralIso.Parse(query["postDatetimeFrom"] ?? "");
        var to = LocalDateTimePattern.GeneralIso.Parse(query["postDatetimeTo"] ?? "");
        return from.Success && to.Success && to.Value > from.Value && to.Value.Date < from.Value.Date.PlusDays(100)
            ? SandboxResponse.Text(200, "application/json", Listing(from.Value, to.Value, moment.Now))
            : SandboxResponse.Text(
                400, "application/json", """{ "statusCode": 400, "message": "Bad Request: the range of dates is not valid" }""");
    }

    /// <summary>The true points of a day.</summary>
    public IEnumerable<SeriesPoint> Points(OperatingDay day)
    {
        var start = day.Start.ToUnixTimeSeconds();
        foreach (var service in Services)
        {
            foreach (var hour in Hours(day))
            {
                var delivery = DeliveryInterval.FromUnixSeconds(start + ((hour - 1) * 3600L), 3600);
                yield return new SeriesPoint(
                    new SeriesKey($"2d_cleared_dam_as/{service.Service}", "MW"), delivery, Cleared(service.Number, delivery) / 10.0);
                yield return new SeriesPoint(
                    new SeriesKey($"2d_self_arranged_as/{service.Service}", "MW"), delivery, SelfArranged(service.Number, delivery) / 10.0);
                foreach (var (price, mw) in Offers(service.Number, delivery))
                {
                    var text = (price / 100m).ToString("0.##", CultureInfo.InvariantCulture);
                    yield return new SeriesPoint(
                        new SeriesKey($"2d_agg_as_offers/{service.Service}/{text}", "MW"), delivery, mw / 10.0);
                }
            }
        }
    }

    private static Instant PostedAt(OperatingDay day) =>
        (day.Date.PlusDays(PostedAfterDays) + new LocalTime(3, 13, 31)).InZoneLeniently(MarketZones.Central).ToInstant();

    private static OperatingDay? DayOf(int document) => document is >= FirstDocument and < FirstDocument + 100_000
        ? new OperatingDay(new LocalDate(1970, 1, 1).PlusDays(document - FirstDocument), MarketZones.Central)
        : null;

    private static int DocumentOf(LocalDate day) => FirstDocument + Period.DaysBetween(new LocalDate(1970, 1, 1), day);

    private static IEnumerable<int> Hours(OperatingDay day) => Enumerable.Range(1, (int)(day.End - day.Start).TotalHours);

    private static string Listing(LocalDateTime from, LocalDateTime to, Instant now)
    {
        var documents = new List<string>();
        for (var date = to.Date; date >= from.Date; date = date.PlusDays(-1))
        {
            var day = new OperatingDay(date.PlusDays(-PostedAfterDays), MarketZones.Central);
            var posted = date + new LocalTime(3, 13, 31);
            if (posted >= from && posted < to && IsPosted(day, now))
            {
                var id = DocumentOf(day.Date);
                documents.Add(string.Create(
                    CultureInfo.InvariantCulture,
                    $"{{\"docId\":{id},\"friendlyName\":\"2_Day_AS_Disclosure\",\"postDatetime\":\"{posted:uuuu-MM-dd'T'HH:mm:ss}.000\","
                    + $"\"_links\":{{\"endpoint\":{{\"href\":\"https://api.ercot.com{Path}?download={id}\"}}}}}}"));
            }
        }

        return $"{{\"_meta\":{{\"totalRecords\":{documents.Count},\"pageSize\":1000,\"totalPages\":1,\"currentPage\":1,"
            + "\"query\":{\"sortedBy\":\"postDatetime: DESC\"}},\"product\":{\"emilId\":\"NP3-911-ER\","
            + $"\"name\":\"2-Day Ancillary Services Reports\",\"reportTypeId\":13057}},\"archives\":[{string.Join(',', documents)}]}}";
    }

    private SandboxResponse Document(OperatingDay day, int number, Moment moment)
    {
        var stamp = day.Date.PlusDays(PostedAfterDays).ToString("dd-MMM-yy", CultureInfo.InvariantCulture).ToUpperInvariant();
        var hourTitle = "Hour Ending";
        if (moment.Tampering.RenamesColumn)
        {
            hourTitle = "HE";
            moment.Tampering.Note("Hour Ending is called HE");
        }

        var files = new List<(string, Action<Stream>)>();
        foreach (var service in Services)
        {
            Add("Cleared_DAM_AS", $"Total Cleared AS - {service.Title}", (text, hour, at) =>
                text.Append(CultureInfo.InvariantCulture, $"{day.Date:MM/dd/uuuu},{hour},{Tenths(Cleared(service.Number, at))}\n"));
            Add("Self_Arranged_AS", $"Total Self-Arranged AS - {service.Title}", (text, hour, at) =>
                text.Append(CultureInfo.InvariantCulture, $"{day.Date:MM/dd/uuuu},{hour},{Tenths(SelfArranged(service.Number, at))}\n"));
            Add("Agg_AS_Offers", $"MW Offered,{service.Service} Offer Price", (text, hour, at) =>
            {
                foreach (var (price, mw) in Offers(service.Number, at))
                {
                    var usd = (price / 100m).ToString(".##", CultureInfo.InvariantCulture);
                    text.Append(
                        CultureInfo.InvariantCulture, $"{day.Date:MM/dd/uuuu},{hour:00},{Tenths(mw)},{(usd.Length == 0 ? "0" : usd)}\n");
                }
            });

            void Add(string kind, string title, Action<StringBuilder, int, DeliveryInterval> write)
            {
                var text = new StringBuilder($"Delivery Date,{hourTitle},{title}\n");
                foreach (var hour in Hours(day))
                {
                    write(text, hour, DeliveryInterval.FromUnixSeconds(day.Start.ToUnixTimeSeconds() + ((hour - 1) * 3600L), 3600));
                }

                var bytes = Encoding.UTF8.GetBytes(text.ToString());
                files.Add(($"2d_{kind}_{service.Service}-{stamp}.csv", stream => stream.Write(bytes)));
            }
        }

        return SandboxResponse.Of(200, "application/zip", Zips.Many(files, moment.Stamp))
            .With("Content-Disposition", $"attachment; filename={number}.zip");
    }

    private static string Tenths(long value) => (value / 10m).ToString("0.#", CultureInfo.InvariantCulture);

    private long Cleared(int service, DeliveryInterval hour) => markets.Planned(service, hour.StartUnixSeconds) / 11;

    private long SelfArranged(int service, DeliveryInterval hour) => service == 1 ? 0 : Cleared(service, hour) / 4;

    /// <summary>Prices in hundredths, rising, and the tenths of a MW offered at each or less.</summary>
    private IEnumerable<(long Price, long Mw)> Offers(int service, DeliveryInterval hour)
    {
        var (price, mw) = (0L, 0L);
        for (var step = 0; step < 3; step++)
        {
            mw += (Cleared(service, hour) / 2) + (10 * step);
            yield return (price, mw);
            price += 1 + (markets.ReservePrice("day ahead", service, hour.StartUnixSeconds) % (200 * (step + 1)));
        }
    }
}
