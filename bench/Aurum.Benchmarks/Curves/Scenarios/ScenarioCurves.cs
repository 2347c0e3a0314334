using System.Text.Json;
using Aurum.Curves.Building.Calendars;
using Aurum.Curves.Building.Units;
using Aurum.Curves.Scenarios;
using Aurum.Curves.Scenarios.Grid;
using Aurum.Market.Curves;
using Aurum.Market.Time;
using NodaTime;

namespace Aurum.Benchmarks.Curves.Scenarios;

/// <summary>Moves a hundred curves of ten years by five drivers, with strips, attribution and bands.</summary>
/// <remarks>Budget: 12,000 months within 100 ms of CPU time. The baseline is the same task as a notebook does it, in
/// <see cref="TextbookScenario"/>: month by month, looking everything up where it is needed, without bands.</remarks>
internal static class ScenarioCurves
{
    private const int CurveCount = 100;
    private const int MonthCount = 120;

    private const string Assumptions =
        """
        [{"driver_type":"load_growth","payload":{"annual_growth_pct":1.5,"start_year":2027}},
         {"driver_type":"fuel_curve","payload":{"fuel":"natural_gas","reference_series":"henry_hub","change_pct":20}},
         {"driver_type":"carbon","payload":{"change_per_tonne":10,"start_year":2027,"end_year":2030}},
         {"driver_type":"fleet_change","payload":
           {"fleet_id":"unit 1","change_type":"retire","effective_date":"2028-05-17","capacity_mw":1280,"technology":"nuclear"}},
         {"driver_type":"policy","payload":{"policy_name":"levy","effects":[{"type":"price_adder","amount_per_mwh":1.5}]}}]
        """;

    private static readonly LocalDate AsOf = new(2026, 9, 15);
    private static readonly YearMonth First = new(2026, 10);

    /// <summary>The figure, as a part of the benchmark of that name.</summary>
    public static BenchResult Run(BenchOptions options, string name)
    {
        using var json = JsonDocument.Parse(Assumptions);
        var drivers = DriverReader.Read(json.RootElement);
        var curves = Enumerable.Range(0, Math.Max(options.Scaled(CurveCount), 1)).Select(static i => CurveOf(i)).ToArray();
        var inputs = new ScenarioInputs
        {
            Curves = curves,
            References =
            [
                new ReferenceCurve("henry_hub", null, AsOf, PriceUnits.Parse("USD/MMBtu").Value!,
                    [.. Enumerable.Range(0, MonthCount).Select(static i => new ReferencePrice(First.PlusMonths(i), 3 + (i % 12 / 12.0)))]),
            ],
            SupplyStacks = [Stack()],
        };
        var race = Race.Run(
            options,
            new Contestant("Aurum", () => ScenarioEngine.Run(drivers, inputs, null, CancellationToken.None).Curves.Count * MonthCount),
            new Contestant("month by month, everything looked up", () => TextbookScenario.Run(inputs)));
        var input = FormattableString.Invariant($"{curves.Length} curves x {MonthCount} months x {drivers.Count} drivers with strips");
        return BenchResult.OfRates(name, "months", race[0], race[1], input);
    }

    private static ScenarioCurve CurveOf(int number)
    {
        Block[] blocks = [Block.AllHours, Block.OnPeak, Block.OffPeak];
        var block = blocks[number % blocks.Length];
        var calendar = new DeliveryCalendar(PeakCalendars.Shipped["ercot"], block);
        ScenarioMonth[] months =
        [
            .. Enumerable.Range(0, MonthCount).Select(static i => (Month: First.PlusMonths(i), i)).Select(m => new ScenarioMonth(
                m.Month, calendar.HoursOf(m.Month), 40 + (12 * Math.Cos(m.i * Math.PI / 6)) + number)),
        ];
        return new ScenarioCurve
        {
            Name = $"hub {number}",
            Identity = new CurveIdentity(
                AssetClass.Power, "ERCOT", "US", $"hub {number}", null, "power", BlockNames.Text(block), null),
            AsOf = AsOf,
            Unit = PriceUnits.Parse("USD/MWh").Value,
            Calendar = calendar,
            Months = months,
            Strips = ScenarioCurve.WholeStrips(months),
        };
    }

    private static SupplyStack Stack() => SupplyStack.Fit(
        [
            .. Enumerable.Range(0, 8_760).Select(static i => (Load: 20_000 + (40_000.0 * (i % 97) / 97), i)).Select(static h =>
                new StackHour(
                    (h.i / 730) + 1, h.i % 24 is > 6 and < 23, h.Load, h.Load + 8_000, 15 + Math.Pow(h.Load / 10_000, 2))),
        ],
        null, "a made-up system").Value!;
}
