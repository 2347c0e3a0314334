using System.Text;
using System.Text.Json.Nodes;
using Aurum.Curves.Building;
using Aurum.Curves.Building.Shapes;
using Aurum.Curves.Ppa.Delivery;
using Aurum.Curves.Ppa.Settling;
using Aurum.Curves.Ppa.Terms;
using Aurum.Market.Time;
using NodaTime;

namespace Aurum.Tests.Curves.Ppa;

/// <summary>Contracts and views of the market for tests, all made up.</summary>
internal static class Deals
{
    public const string Plain = """
        {
          "name": "Alpha", "side": "buyer", "counterparty": "Windpark Nord", "technology": "solar",
          "start": "2027-01-01", "end": "2028-12-31", "market": "ercot", "currency": "USD",
          "curves": { "all_hours": "north" },
          "point": { "type": "hub", "name": "HB_NORTH" },
          "settlement": { "type": "financial" },
          "volume": { "type": "baseload", "capacity_mw": 10 },
          "price": { "type": "fixed", "price": 40 },
          "discount": { "annual_percent": 0 }
        }
        """;

    public static readonly PeakCalendar Ercot = PeakCalendars.Shipped["ercot"];

    /// <summary>The plain contract with fields replaced; <c>null</c> takes a field away.</summary>
    public static PpaContract Of(string changes = "{}") => PpaContractReader.Read(Json(changes));

    public static byte[] Json(string changes)
    {
        var plain = JsonNode.Parse(Plain)!.AsObject();
        foreach (var (name, value) in JsonNode.Parse(changes)!.AsObject())
        {
            plain[name] = value?.DeepClone();
            if (value is null)
            {
                plain.Remove(name);
            }
        }

        return Encoding.UTF8.GetBytes(plain.ToJsonString());
    }

    /// <summary>Forty years of one price.</summary>
    public static MarketView Flat(double price, string date = "2027-01-01") => View(date, _ => price);

    public static MarketView View(string date, Func<YearMonth, double> priceOf) => new()
    {
        ValuationDate = NodaTime.Text.LocalDatePattern.Iso.Parse(date).Value,
        Forwards = [Curve(Block.AllHours, priceOf)],
    };

    public static MarketView Blocks(string date, Func<YearMonth, double> onPeak, Func<YearMonth, double> offPeak) =>
        View(date, onPeak) with { Forwards = [Curve(Block.OnPeak, onPeak), Curve(Block.OffPeak, offPeak)] };

    public static BlockCurve Curve(Block block, Func<YearMonth, double> priceOf, int years = 40, string currency = "USD") => new(
        block, currency, [.. Months(2026, years).Select(m => new MonthForward(m, priceOf(m)))]);

    public static IEnumerable<YearMonth> Months(int year, int years) =>
        from y in Enumerable.Range(year, years) from m in Enumerable.Range(1, 12) select new YearMonth(y, m);

    /// <summary>A sine over the day, higher in the evening, and lower on Sundays.</summary>
    public static HourlyShape Wave(ShapeKind kind, double size, PeakCalendar? calendar = null) => new(
        kind,
        calendar ?? Ercot,
        [
            .. from month in Enumerable.Range(1, 12)
            from day in Enum.GetValues<DayType>()
            select new ShapeRow(
                month, day,
                [
                    .. Enumerable.Range(0, 24).Select(h => (kind == ShapeKind.Ratio ? 1 : 0)
                        + (size * (Math.Sin((h - 12) * Math.PI / 12) + (0.1 * month) - (0.2 * (int)day)))),
                ],
                10, 0),
        ],
        [new YearMonth(2025, 1)],
        []);

    /// <summary>288 factors of a sunny day, longer in summer.</summary>
    public static string SolarShape()
    {
        static double FactorOf(int month, int hour)
        {
            var daylight = 9 + (4 * Math.Sin((month - 1) * Math.PI / 11));
            return Math.Max(0, Math.Round(0.7 * Math.Cos((hour - 12.5) * Math.PI / daylight), 4));
        }

        var months = Enumerable.Range(1, 12).Select(static m => "[" + string.Join(
            ',', Enumerable.Range(0, 24).Select(h => FormattableString.Invariant($"{FactorOf(m, h):0.####}"))) + "]");
        return $$"""{"type":"month_hours","factors":[{{string.Join(',', months)}}]}""";
    }

    public static double NetOf(SettlementPlan plan) =>
        Settlement.PresentValue(plan, Settlement.Of(plan, plan.ForwardPrice, plan.ExpectedVolume));
}
