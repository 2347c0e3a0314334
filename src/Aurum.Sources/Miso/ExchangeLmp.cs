using Aurum.Market.Feeds;
using Aurum.Market.Power;
using Aurum.Market.Time;
using Aurum.Sources.Reading;
using NodaTime;

namespace Aurum.Sources.Miso;

/// <summary>MISO prices from the keyed Data Exchange: day-ahead by hour, and real-time by 5 minutes for days that the web site no longer
/// shows.</summary>
/// <remarks>
/// <para>Source: Data Exchange pricing/v1, day-ahead and real-time lmp-expost, page by page.</para>
/// <para>Shape: about 2,500 nodes × 24 hours or 288 intervals. Kinds of places by name.</para>
/// <para>Units: USD/MWh, numbers; energy is printed.</para>
/// <para>Time: start and end of the interval, Eastern Standard Time all year.</para>
/// <para>Revisions: real-time prices are preliminary and then final, as <see cref="HourlyLmp"/>: the final ones are revisions.</para>
/// </remarks>
public static class ExchangeLmp
{
    private const int Node = 1;
    private const int Lmp = 2;
    private const int Energy = 3;
    private const int Congestion = 4;
    private const int Loss = 5;

    /// <summary>From so long after the day's end on, final prices are asked for.</summary>
    private static readonly Duration FinalAfter = Duration.FromDays(5);

    public static readonly Feed<LmpRow> DayAhead = Of(
        "miso/day-ahead-lmp-exchange", "MISO day-ahead prices, ex-post, from the Data Exchange", "day-ahead", IsoMarket.DayAhead, 60,
        new Schedule(
            FirstAt: Duration.FromHours(-10),
            CompleteAt: Duration.FromHours(-8),
            RefreshEvery: null,
            CorrectionsFor: Duration.FromDays(5),
            CorrectionChecks: Duration.FromDays(5)),
        "seldom replaced in place within days",
        static (_, _) => "");

    public static readonly Feed<LmpRow> RealTime = Of(
        "miso/real-time-lmp-exchange", "MISO real-time prices, 5 minutes, preliminary then final, from the Data Exchange", "real-time",
        IsoMarket.RealTime, 5,
        new Schedule(
            FirstAt: Duration.FromHours(28),
            CompleteAt: Duration.FromHours(30),
            RefreshEvery: null,
            CorrectionsFor: Duration.FromDays(7),
            CorrectionChecks: Duration.FromDays(6)),
        "preliminary on the next day; the final prices, asked for five days after the day's end, are revisions of them",
        static (day, now) =>
            $"preliminaryFinal={(now < day.End + FinalAfter ? "Preliminary" : "Final")}&timeResolution=5min&");

    private static Feed<LmpRow> Of(
        string id, string title, string market, IsoMarket isoMarket, int minutes, Schedule schedule, string revisions,
        Func<OperatingDay, Instant, string> filter) => new()
    {
        Id = new FeedId(id),
        Title = title,
        Facts = new FeedFacts(
            $"MISO Data Exchange, pricing/v1/{market}/DATE/lmp-expost",
            $"about 2,500 nodes × {1440 / minutes} intervals, page by page; kinds of places by name",
            "USD/MWh with energy, congestion and loss",
            "start and end of the interval, Eastern Standard Time all year",
            revisions),
        Zone = MarketZones.EasternStandard,
        Schedule = schedule,
        Contract = IsoContract.Of("MISO", isoMarket, IsoProduct.Lmp, MarketZones.EasternStandard, minutes),
        Suite = "iso_lmp",
        IntervalMinutes = minutes,
        Table = PowerTables.Lmp,
        Locate = (day, now) => [ExchangePages.First(market, day, "lmp-expost", filter(day, now))],
        NextPage = ExchangePages.Next,
        Recognizes = head => PublicApi.IsJson(head) && head.Has("\"mec\"") && head.Has("\"timeInterval\"")
            && head.Has("\"preliminaryFinal\"") == (minutes == 5),
        Parse = (file, output) => Parse(file, output, minutes),
    };

    private static ParseResult Parse(FeedFile file, IRowOutput<LmpRow> output, int minutes)
    {
        var places = NameTables.Locations(file.Name, MisoPlaces.OfName);
        return ExchangePages.Parse<LmpRow>(
            file,
            output,
            (ref JsonStream json, JsonFields fields, JsonFields intervals, ShownRows<LmpRow> rows) =>
                ReadRow(ref json, fields, intervals, rows, places, minutes),
            "timeInterval", "node", "lmp", "mec", "mcc", "mlc", "interval", "preliminaryFinal");
    }

    private static void ReadRow(
        ref JsonStream json, JsonFields fields, JsonFields intervals, ShownRows<LmpRow> rows, NameTable<Location> places, int minutes)
    {
        DeliveryInterval delivery = default;
        Location? place = null;
        var (lmp, energy, congestion, loss) = (double.NaN, double.NaN, double.NaN, double.NaN);
        fields.Begin();
        for (var field = fields.Next(ref json); field >= 0; field = fields.Next(ref json))
        {
            switch (field)
            {
                case ExchangePages.Interval:
                    delivery = ExchangePages.ReadInterval(ref json, intervals, minutes);
                    break;
                case Node:
                    place = places.Of(json.Utf8());
                    break;
                case Lmp:
                    lmp = json.NumberOrNaN();
                    break;
                case Energy:
                    energy = json.NumberOrNaN();
                    break;
                case Congestion:
                    congestion = json.NumberOrNaN();
                    break;
                case Loss:
                    loss = json.NumberOrNaN();
                    break;
                default:
                    break;
            }
        }

        fields.Require(json.File, ExchangePages.Interval, Node, Lmp, Energy, Congestion, Loss);
        rows.Add(delivery, new LmpRow(place!, delivery, lmp, energy, congestion, loss, double.NaN));
    }
}
