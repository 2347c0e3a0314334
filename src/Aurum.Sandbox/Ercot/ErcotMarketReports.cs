using Aurum.Market.Time;
using Aurum.Sandbox.Publishing;
using Aurum.Sandbox.Worlds;
using NodaTime;

namespace Aurum.Sandbox.Ercot;

/// <summary>The reports of reserves, buses, constraints and demand of the sandbox's public API.</summary>
/// <remarks>Fields as public clients of the API name them.</remarks>
internal sealed class ErcotMarketReports(ErcotBooks books, ErcotMarkets markets)
{
    private const int QuarterSeconds = 900;

    /// <summary>Quarters of an hour are shown two minutes after their end.</summary>
    public static readonly Release Quarters = Release.AfterEnd(Duration.FromMinutes(2));

    private static readonly ErcotField Date = new("deliveryDate", "Delivery Date", "DATE");
    private static readonly ErcotField Hour = new("hourEnding", "Hour Ending", "VARCHAR");
    private static readonly ErcotField Flag = new("DSTFlag", "DST Flag", "BOOLEAN");
    private static readonly ErcotField Run = new("SCEDTimestamp", "SCED Timestamp", "TIMESTAMP");
    private static readonly ErcotField Repeat = new("repeatHourFlag", "Repeat Hour Flag", "BOOLEAN");

    public IReadOnlyList<ErcotReport> All =>
    [
        new("np4-188-cd", "dam_clear_price_for_cap", "DAM Clearing Prices for Capacity", "12329", "deliveryDate",
            "deliveryDate: DESC,hourEnding: ASC,ancillaryType: ASC", "MCPC",
            [Date, Hour, new("ancillaryType", "Ancillary Type", "VARCHAR"), new("MCPC", "MCPC", "DOUBLE"), Flag],
            (page, _, day, now) => Hourly(page, ErcotMarkets.DayAheadRelease, day, now, (service, start) =>
                markets.ReservePrice("day ahead", service, start))),
        new("np4-33-cd", "dam_as_plan", "DAM Ancillary Service Plan", "12316", "deliveryDate",
            "deliveryDate: DESC,hourEnding: ASC,ancillaryType: ASC", "quantity",
            [Date, Hour, new("ancillaryType", "Ancillary Type", "VARCHAR"), new("quantity", "Quantity", "DOUBLE"), Flag],
            (page, _, day, now) => Hourly(page, ErcotMarkets.PlanRelease, day, now, markets.Planned)),
        new("np6-331-cd", "rt_clear_price_cap", "Real-Time Clearing Prices for Capacity for 15-Minute Settlement Interval", "24898",
            "deliveryDate", "deliveryDate: DESC,deliveryHour: ASC,deliveryInterval: ASC,ASType: ASC", "MCPC",
            [
                Date, new("deliveryHour", "Delivery Hour", "INTEGER"), new("deliveryInterval", "Delivery Interval", "INTEGER"),
                new("repeatedHourFlag", "Repeated Hour Flag", "BOOLEAN"), new("ASType", "AS Type", "VARCHAR"),
                new("MCPC", "MCPC", "DOUBLE"),
            ],
            (page, _, day, now) => WriteQuarters(page, day, now)),
        new("np6-332-cd", "rt_clear_price_cap_sced", "Real-Time Clearing Prices for Capacity by SCED Interval", "24891", "SCEDTimestamp",
            "SCEDTimestamp: DESC,ASType: ASC", "MCPC",
            [Run, Repeat, new("ASType", "AS Type", "VARCHAR"), new("MCPC", "MCPC", "DOUBLE")],
            WriteRuns, IsSparse: true),
        new("np4-183-cd", "dam_hourly_lmp", "DAM Hourly LMPs", "12328", "deliveryDate",
            "deliveryDate: DESC,hourEnding: ASC,busName: ASC", "LMP",
            [Date, Hour, new("busName", "Bus Name", "VARCHAR"), new("LMP", "LMP", "DOUBLE"), Flag],
            (page, _, day, now) => WriteBuses(page, day, now)),
        new("np6-787-cd", "lmp_electrical_bus", "LMPs by Electrical Bus", "11485", "SCEDTimestamp",
            "SCEDTimestamp: DESC,electricalBus: ASC", "LMP",
            [Run, Repeat, new("electricalBus", "Electrical Bus", "VARCHAR"), new("LMP", "LMP", "DOUBLE")],
            WriteBusRuns, IsSparse: true),
        new("np4-191-cd", "dam_shadow_prices", "DAM Shadow Prices", "12332", "deliveryDate",
            "deliveryDate: DESC,hourEnding: ASC,constraintName: ASC", "shadowPrice",
            [
                Date, Hour, .. ConstraintFields("constraintLimit", "constraintValue", "violationAmount"),
                new("deliveryTime", "Delivery Time", "TIMESTAMP"), Flag,
            ],
            (page, _, day, now) => WriteConstraints(page, day, now), IsSparse: true),
        new("np6-86-cd", "shdw_prices_bnd_trns_const", "SCED Shadow Prices and Binding Transmission Constraints", "12302", "SCEDTimestamp",
            "SCEDTimestamp: DESC,constraintName: ASC", "shadowPrice",
            [Run, Repeat, .. ConstraintFields("limit", "value", "violatedMW")],
            WriteConstraintRuns, IsSparse: true),
        new("np6-235-cd", "system_wide_demand", "System-Wide Demand", "12340", "deliveryDate",
            "deliveryDate: DESC,timeEnding: ASC", "demand",
            [Date, new("timeEnding", "Time Ending", "VARCHAR"), new("demand", "Demand", "DOUBLE"), Flag],
            (page, _, day, now) => WriteDemand(page, day, now)),
    ];

    private static IEnumerable<ErcotField> ConstraintFields(string limit, string flow, string violation) =>
    [
        new("constraintID", "Constraint ID", "INTEGER"), new("constraintName", "Constraint Name", "VARCHAR"),
        new("contingencyName", "Contingency Name", "VARCHAR"), new(limit, limit, "DOUBLE"), new(flow, flow, "DOUBLE"),
        new(violation, violation, "DOUBLE"), new("shadowPrice", "Shadow Price", "DOUBLE"), new("fromStation", "From Station", "VARCHAR"),
        new("toStation", "To Station", "VARCHAR"), new("fromStationkV", "From Station kV", "DOUBLE"),
        new("toStationkV", "To Station kV", "DOUBLE"),
    ];

    /// <summary>Whether a run lies in the stretch of wall clock that was asked for.</summary>
    private static bool IsAsked(Query query, long run)
    {
        var label = LocalLabel.Of(run, MarketZones.Central);
        var text = $"{label.Year:0000}-{label.Month:00}-{label.Day:00}T{label.Hour:00}:{label.Minute:00}:{label.Second:00}";
        return string.CompareOrdinal(text, query["SCEDTimestampFrom"] ?? "") >= 0
            && string.CompareOrdinal(text, query["SCEDTimestampTo"] ?? "9") <= 0;
    }

    private static void Hourly(ErcotPage page, Release release, OperatingDay day, Instant now, Func<int, long, long> valueOf)
    {
        foreach (var start in ErcotHour.Labels(ErcotMarkets.Shown(release, day, now, 3600)).SelectMany(s => s))
        {
            for (var service = 0; service < ErcotMarkets.Services.Count; service++)
            {
                if (page.Begin(start))
                {
                    var hour = ErcotHour.Of(start);
                    page.Date(hour);
                    page.HourEnding(hour);
                    page.Quoted(ErcotMarkets.Services[service].Name);
                    page.Value(valueOf(service, start));
                    page.Flag(hour.IsRepeated);
                    page.End();
                }
            }
        }
    }

    private void WriteQuarters(ErcotPage page, OperatingDay day, Instant now)
    {
        foreach (var start in ErcotMarkets.Shown(Quarters, day, now, QuarterSeconds))
        {
            var minute = LocalLabel.Of(start, MarketZones.Central).Minute;
            for (var service = 0; service < ErcotMarkets.Services.Count; service++)
            {
                if (page.Begin(start))
                {
                    var hour = ErcotHour.Of(start - (minute * 60));
                    page.Date(hour);
                    page.Whole(hour.Ending);
                    page.Whole((minute / 15) + 1);
                    page.Flag(hour.IsRepeated);
                    page.Quoted(ErcotMarkets.Services[service].Name);
                    page.Value(markets.ReservePrice("real time", service, start));
                    page.End();
                }
            }
        }
    }

    private void WriteDemand(ErcotPage page, OperatingDay day, Instant now)
    {
        foreach (var start in ErcotMarkets.Shown(Quarters, day, now, QuarterSeconds))
        {
            if (page.Begin(start))
            {
                var minute = LocalLabel.Of(start, MarketZones.Central).Minute;
                var hour = ErcotHour.Of(start - (minute * 60));
                page.Date(hour);
                page.Quoted(minute == 45 ? $"{hour.Ending:00}:00" : $"{hour.Ending - 1:00}:{minute + 15:00}");
                page.Value(markets.Demand(start));
                page.Flag(hour.IsRepeated);
                page.End();
            }
        }
    }

    private void WriteRuns(ErcotPage page, Query query, OperatingDay day, Instant now)
    {
        foreach (var (slot, run) in books.Runs(day, now).Where(r => IsAsked(query, r.Run)).OrderByDescending(r => r.Run))
        {
            for (var service = 0; service < ErcotMarkets.Services.Count; service++)
            {
                if (BeginRun(page, slot, run))
                {
                    page.Quoted(ErcotMarkets.Services[service].Name);
                    page.Value(markets.ReservePrice("dispatch", service, slot));
                    page.End();
                }
            }
        }
    }

    private void WriteBuses(ErcotPage page, OperatingDay day, Instant now)
    {
        var book = markets.DayAheadBuses;
        var places = book.Corrected(day, now);
        foreach (var start in ErcotHour.Labels(book.Starts(day, now)).SelectMany(s => s))
        {
            var states = book.States(start);
            foreach (var (place, correction) in places)
            {
                if (page.Begin(start, place))
                {
                    var hour = ErcotHour.Of(start);
                    page.Date(hour);
                    page.HourEnding(hour);
                    page.Quoted(place.Id);
                    page.Value(book.Price(states, place, correction).Lmp);
                    page.Flag(hour.IsRepeated);
                    page.End();
                }
            }
        }
    }

    private void WriteBusRuns(ErcotPage page, Query query, OperatingDay day, Instant now)
    {
        var book = markets.DispatchBuses;
        var places = book.Corrected(day, now);
        foreach (var (slot, run) in books.Runs(day, now).Where(r => IsAsked(query, r.Run)).OrderByDescending(r => r.Run))
        {
            var states = book.States(slot);
            foreach (var (place, correction) in places)
            {
                if (BeginRun(page, slot, run))
                {
                    page.Quoted(place.Id);
                    page.Value(book.Price(states, place, correction).Lmp);
                    page.End();
                }
            }
        }
    }

    private void WriteConstraints(ErcotPage page, OperatingDay day, Instant now)
    {
        foreach (var start in ErcotHour.Labels(ErcotMarkets.Shown(ErcotMarkets.DayAheadRelease, day, now, 3600)).SelectMany(s => s))
        {
            for (var i = 0; i < ErcotMarkets.Constraints.Count; i++)
            {
                if (markets.Binding("day ahead", i, start) is { } binding && page.Begin(start))
                {
                    var hour = ErcotHour.Of(start);
                    page.Date(hour);
                    page.HourEnding(hour);
                    Constraint(page, i, binding);
                    page.Stamp(start);
                    page.Flag(hour.IsRepeated);
                    page.End();
                }
            }
        }
    }

    private void WriteConstraintRuns(ErcotPage page, Query query, OperatingDay day, Instant now)
    {
        foreach (var (slot, run) in books.Runs(day, now).Where(r => IsAsked(query, r.Run)).OrderByDescending(r => r.Run))
        {
            for (var i = 0; i < ErcotMarkets.Constraints.Count; i++)
            {
                if (markets.Binding("dispatch", i, slot) is { } binding && BeginRun(page, slot, run))
                {
                    Constraint(page, i, binding);
                    page.End();
                }
            }
        }
    }

    private static bool BeginRun(ErcotPage page, long slot, long run)
    {
        if (!page.Begin(slot))
        {
            return false;
        }

        page.Stamp(run);
        page.Flag(ErcotHour.Of(run).IsRepeated);
        return true;
    }

    private static void Constraint(ErcotPage page, int number, (long Price, long Limit, long Flow, long Violation) binding)
    {
        var (name, contingency, _) = ErcotMarkets.Constraints[number];
        page.Whole(number + 1);
        page.Quoted(name);
        page.Quoted(contingency);
        page.Value(binding.Limit);
        page.Value(binding.Flow);
        page.Value(binding.Violation);
        page.Value(binding.Price);
        page.Quoted("AAA");
        page.Quoted("BBB");
        page.Whole(138);
        page.Whole(138);
    }
}
