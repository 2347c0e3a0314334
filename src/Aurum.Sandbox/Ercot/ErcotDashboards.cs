using System.Globalization;
using System.Text.Json;
using Aurum.Market.Time;
using Aurum.Sandbox.Faults;
using Aurum.Sandbox.Publishing;
using NodaTime;

namespace Aurum.Sandbox.Ercot;

/// <summary>The dashboards of ERCOT's web site in their form of 2025: indented JSON, stamps with offset, today and yesterday.</summary>
internal sealed class ErcotDashboards(ErcotBooks books)
{
    private static readonly JsonWriterOptions Indented = new() { Indented = true, IndentSize = 2, NewLine = "\n" };

    /// <summary>Body of a dashboard; null where there is none of that name.</summary>
    public byte[]? Write(string name, Moment moment) => name switch
    {
        "fuel-mix" => Document(moment, FuelMix),
        "system-wide-demand" => Document(moment, Demand),
        "energy-storage-resources" => Document(moment, Storage),
        _ => null,
    };

    /// <summary>Instants of a day's fuel readings: four seconds before each five minutes.</summary>
    public static IEnumerable<long> FuelReadings(OperatingDay day, Instant now)
    {
        for (var at = day.Start.ToUnixTimeSeconds() + 296; at < day.End.ToUnixTimeSeconds() && at <= now.ToUnixTimeSeconds(); at += 300)
        {
            yield return at;
        }
    }

    /// <summary>Instants of a day's storage readings: 00:00:00 to 23:55:00.</summary>
    public static IEnumerable<long> StorageReadings(OperatingDay day, Instant now)
    {
        for (var at = day.Start.ToUnixTimeSeconds(); at < day.End.ToUnixTimeSeconds() && at <= now.ToUnixTimeSeconds(); at += 300)
        {
            yield return at;
        }
    }

    /// <summary>Whether the load of an hour is shown: two minutes after its end.</summary>
    public static bool IsMetered(long start, Instant now) => start + 3720 <= now.ToUnixTimeSeconds();

    private static byte[] Document(Moment moment, Action<Utf8JsonWriter, OperatingDay, Moment> write)
    {
        using var body = new MemoryStream();
        using (var json = new Utf8JsonWriter(body, Indented))
        {
            json.WriteStartObject();
            json.WriteString("lastUpdated", Stamp(moment.Stamp.ToUnixTimeSeconds()));
            if (moment.Tampering.AddsColumn)
            {
                moment.Tampering.Note("a property added");
                json.WriteString("remark", "");
            }

            write(json, OperatingDay.Of(moment.Now, MarketZones.Central), moment);
            json.WriteEndObject();
        }

        return body.ToArray();
    }

    private void FuelMix(Utf8JsonWriter json, OperatingDay today, Moment moment)
    {
        var name = Renamed(moment, "gen", "generation");
        json.WriteStartObject("monthlyCapacity");
        foreach (var (fuel, mw) in ((string, int)[])[("Coal and Lignite", 12812), ("Hydro", 581), ("Natural Gas", 66981), ("Nuclear", 5268),
            ("Other", 152), ("Power Storage", 14077), ("Solar", 33396), ("Wind", 40455)])
        {
            json.WriteNumber(fuel, mw);
        }

        json.WriteEndObject();
        json.WriteStartArray("types");
        foreach (var fuel in ErcotBooks.Fuels.Order(StringComparer.Ordinal))
        {
            json.WriteStringValue(fuel);
        }

        json.WriteEndArray();
        json.WriteStartObject("data");
        foreach (var day in (OperatingDay[])[today.Previous, today])
        {
            json.WriteStartObject($"{day.Date:uuuu-MM-dd}");
            foreach (var at in FuelReadings(day, moment.Now).Where(at => moment.Tampering.Fate(at, null, at) != RowFate.Drop))
            {
                json.WriteStartObject(Stamp(at));
                foreach (var fuel in ErcotBooks.Fuels)
                {
                    json.WriteStartObject(fuel);
                    json.WriteNumber(name, books.Generation(fuel, at));
                    json.WriteEndObject();
                }

                json.WriteEndObject();
            }

            json.WriteEndObject();
        }

        json.WriteEndObject();
    }

    private void Demand(Utf8JsonWriter json, OperatingDay today, Moment moment)
    {
        var name = Renamed(moment, "timestamp", "intervalEnding");
        foreach (var (part, day) in ((string, OperatingDay)[])[
            ("previousDay", today.Previous), ("currentDay", today), ("nextDay", today.Next)])
        {
            Day(json, part, day, ErcotPostings.Hours(day), moment, start =>
            {
                var hour = ErcotHour.Of(start);
                json.WriteNumber("hourEnding", hour.Ending);
                json.WriteString("dstFlag", hour.IsRepeated ? "Y" : "N");
                json.WriteNumber("currentLoadForecast", (decimal)(books.SystemLoad(start) + 9000) / 100);
                if (part != "nextDay")
                {
                    json.WriteNumber("dayAheadForecast", (decimal)(books.SystemLoad(start) - 14_000) / 100);
                }

                Headroom(json, part, start, moment.Now);
                if (IsMetered(start, moment.Now))
                {
                    json.WriteNumber("systemLoad", (decimal)books.SystemLoad(start) / 100);
                }

                json.WriteString(name, Stamp(start + 3600));
                json.WriteNumber("epoch", (start + 3600) * 1000);
            });
        }
    }

    /// <summary>What plants could give: as planned a day ahead, and for hours that are over as it was.</summary>
    private void Headroom(Utf8JsonWriter json, string part, long start, Instant now)
    {
        var hsl = (decimal)(books.SystemLoad(start) * 14 / 100) / 10;
        if (IsMetered(start, now))
        {
            json.WriteNumber("currentDayHsl", hsl);
        }

        if (part != "nextDay")
        {
            json.WriteNumber("dayAheadHsl", hsl + 812.5m);
        }
    }

    private void Storage(Utf8JsonWriter json, OperatingDay today, Moment moment)
    {
        var name = Renamed(moment, "timestamp", "readAt");
        foreach (var (part, day) in ((string, OperatingDay)[])[("previousDay", today.Previous), ("currentDay", today)])
        {
            Day(json, part, day, StorageReadings(day, moment.Now), moment, at =>
            {
                json.WriteString("tagCLastTime", Stamp(at)[..19]);
                json.WriteString("dstFlag", ErcotHour.Of(at).IsRepeated ? "Y" : "N");
                json.WriteNumber("totalCharging", (decimal)books.Charging(at) / 1000);
                json.WriteNumber("totalDischarging", (decimal)books.Discharging(at) / 1000);
                json.WriteNumber("netOutput", (decimal)books.NetStorage(at) / 1000);
                json.WriteString(name, Stamp(at));
                json.WriteNumber("epoch", at * 1000);
            });
        }
    }

    private static void Day(Utf8JsonWriter json, string part, OperatingDay day, IEnumerable<long> starts, Moment moment, Action<long> write)
    {
        json.WriteStartObject(part);
        json.WriteString("dayDate", Stamp(day.Start.ToUnixTimeSeconds()));
        json.WriteStartArray("data");
        foreach (var start in starts)
        {
            var fate = moment.Tampering.Fate(start, null, start);
            for (var times = fate == RowFate.Repeat ? 2 : fate == RowFate.Drop ? 0 : 1; times > 0; times--)
            {
                json.WriteStartObject();
                write(start);
                json.WriteEndObject();
            }
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static string Renamed(Moment moment, string name, string other)
    {
        if (!moment.Tampering.RenamesColumn)
        {
            return name;
        }

        moment.Tampering.Note($"{name} is called {other}");
        return other;
    }

    /// <summary><c>2025-10-08 00:04:56-0500</c>.</summary>
    private static string Stamp(long at) => Instant.FromUnixTimeSeconds(at).InZone(MarketZones.Central)
        .ToString("uuuu-MM-dd HH:mm:sso<+HHmm>", CultureInfo.InvariantCulture);
}
