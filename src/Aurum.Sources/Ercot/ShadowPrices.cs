using Aurum.Market.Feeds;
using Aurum.Market.Series;
using Aurum.Market.Time;

namespace Aurum.Sources.Ercot;

/// <summary>What ERCOT's two reports of binding constraints share: by constraint and contingency, a price and three
/// quantities.</summary>
/// <remarks>Series: <c>shdw_prices_bnd_trns_const/6056__A/DBIGKEN5/ShadowPrice</c>, and the same with Limit, Value and ViolatedMW;
/// the day-ahead market calls them ConstraintLimit, ConstraintValue and ViolationAmount.</remarks>
internal static class ShadowPrices
{
    public const string Shape =
        "a row for each binding constraint and contingency: shadow price, limit, flow and violation, each a series; none where "
        + "nothing binds";

    public const string Units = "shadow price in USD/MWh; limit, flow and violation in MW";

    public static void Read(
        ErcotReport report, RowBuffer<SeriesPoint> rows, string endpoint, string[] quantities, Func<DeliveryInterval> readDelivery)
    {
        var series = new ErcotSeries(report.FileName, endpoint);
        var constraint = report.Header.Required("constraintName");
        var contingency = report.Header.Required("contingencyName");
        var price = report.Header.Required("shadowPrice");
        var columns = new (int Column, byte[] Name)[quantities.Length];
        for (var i = 0; i < columns.Length; i++)
        {
            columns[i] = (report.Header.Required(quantities[i]), System.Text.Encoding.ASCII.GetBytes(quantities[i]));
        }

        report.Header.Ignore(
            "constraintId", "maxShadowPrice", "fromStation", "toStation", "fromStationkV", "toStationkV", "CCTStatus", "deliveryTime",
            "systemLambda");
        while (report.Read())
        {
            var delivery = readDelivery();
            Add("ShadowPrice"u8, price, "USD/MWh");
            foreach (var (column, name) in columns)
            {
                Add(name, column, "MW");
            }

            void Add(ReadOnlySpan<byte> what, int column, string unit) => rows.Add(new SeriesPoint(
                series.Begin().Add(report[constraint]).Add(report[contingency]).Add(what).Key(unit), delivery,
                report.NumberOrNaN(column)));
        }
    }
}
