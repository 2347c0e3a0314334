using Aurum.Market.Feeds;
using Aurum.Market.Power;
using Aurum.Market.Time;
using Aurum.Sources.Reading;

namespace Aurum.Sources.Nyiso;

/// <summary>NYISO clearing prices of reserves and regulation by zone, day-ahead and real-time.</summary>
/// <remarks>
/// <para>Source: MIS, damasp and rtasp. The form is that of 2016 and later, one line a zone, as maintained clients read it; no
/// recording is at hand. Older files with columns for East and West fail by name.</para>
/// <para>Shape: 11 zones × 4 products × 23, 24 or 25 hours; in real time 5 products × 12 intervals an hour, some at odd times.</para>
/// <para>Units: USD per MW held for an hour; NYISO writes $/MWHr. The movement of regulation is in USD per MW moved.</para>
/// <para>Time: New York clock with EDT or EST beside it: beginning of the hour day-ahead, end of the interval in real time.</para>
/// <para>Revisions: price corrections within a few days, in place.</para>
/// </remarks>
public static class AncillaryPrices
{
    private const string Capacity = "NYCA Regulation Capacity";
    private const string Movement = "NYCA Regulation Movement";

    private static readonly string[] Reserves = ["10 Min Spinning Reserve", "10 Min Non-Synchronous Reserve", "30 Min Operating Reserve"];

    public static readonly Feed<AncillaryPriceRow> DayAhead = Feed(
        new FeedId("nyiso/day-ahead-ancillary-prices"),
        "NYISO day-ahead prices of reserves and regulation",
        new FeedFacts(
            "NYISO MIS, damasp",
            "11 zones × 4 products × 23, 24 or 25 hours",
            "USD/MW for the hour, two decimals",
            "beginning of the hour, New York clock with EDT or EST beside it",
            "price corrections within a few days, in place"),
        NyisoSchedules.DayAhead,
        IsoMarket.DayAhead);

    public static readonly Feed<AncillaryPriceRow> RealTime = Feed(
        new FeedId("nyiso/real-time-ancillary-prices"),
        "NYISO real-time prices of reserves and regulation, 5 minutes",
        new FeedFacts(
            "NYISO MIS, rtasp",
            "11 zones × 5 products × 276, 288 or 300 intervals",
            "USD/MW for an hour, two decimals; the movement of regulation in USD per MW moved",
            "end of the interval, New York clock with EDT or EST beside it",
            "price corrections within a few days, in place"),
        NyisoSchedules.Running,
        IsoMarket.RealTime);

    private static Feed<AncillaryPriceRow> Feed(FeedId id, string title, FeedFacts facts, Schedule schedule, IsoMarket market)
    {
        var isRealTime = market == IsoMarket.RealTime;
        var minutes = isRealTime ? 5 : 60;
        var dataset = isRealTime ? "rtasp" : "damasp";
        return new Feed<AncillaryPriceRow>
        {
            Id = id,
            Title = title,
            Facts = facts,
            Zone = MarketZones.Eastern,
            Schedule = schedule,
            Contract = IsoContract.Of("NYISO", market, IsoProduct.Ancillary, MarketZones.Eastern, minutes),
            Suite = "iso_asm",
            IntervalMinutes = minutes,
            Table = PowerTables.AncillaryPrice,
            Locate = (day, now) => NyisoFiles.Locate(dataset, dataset, day, now),
            Recognizes = head =>
                head.HeaderHas("Time Stamp", "Time Zone", "PTID", Reserves[0], Capacity) && head.HeaderHas(Movement) == isRealTime,
            Parse = (file, output) => NyisoFiles.Parse<AncillaryPriceRow>(
                file, output, (csv, _, rows) => ReadDay(csv, rows, isRealTime)),
        };
    }

    private static IReadOnlyList<string> ReadDay(CsvReader csv, RowBuffer<AncillaryPriceRow> rows, bool isRealTime)
    {
        var times = new ZonedTimes(csv);
        var name = csv.Header.Required("Name");
        var ptid = csv.Header.Required("PTID");
        var prices = Columns(csv.Header, isRealTime);
        var zones = new NameTable<Location>(
            csv.File, text => new Location(text, NyisoPlaces.InLoadFile(text), publisherId: csv.Text(ptid)));
        var seconds = isRealTime ? 300 : 3600;
        while (csv.Read())
        {
            var zone = zones.Of(csv[name], csv.Line);
            var stamp = times.Read().ToUnixTimeSeconds();
            var delivery = DeliveryInterval.FromUnixSeconds(isRealTime ? stamp - seconds : stamp, seconds);
            foreach (var (column, product) in prices)
            {
                rows.Add(new AncillaryPriceRow(zone, product, delivery, csv.NumberOrNaN(column)));
            }
        }

        return [];
    }

    /// <summary>The products' columns; a product is called as its column, without the unit behind it.</summary>
    private static (int Column, Symbol Product)[] Columns(CsvHeader header, bool isRealTime)
    {
        List<(int, Symbol)> columns =
        [
            .. Reserves.Append(Capacity).Select(p => (header.Required($"{p} ($/MWHr)", $"{p} ($/MWH)"), new Symbol(p))),
        ];
        if (isRealTime)
        {
            columns.Add((header.Required($"{Movement} ($/MW)"), new Symbol(Movement)));
        }

        return [.. columns];
    }
}
