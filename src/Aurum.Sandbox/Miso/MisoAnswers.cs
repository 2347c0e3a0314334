using System.Globalization;
using System.Text.Json;
using Aurum.Market.Time;
using Aurum.Sandbox.Faults;
using Aurum.Sandbox.Publishing;
using Aurum.Sandbox.Worlds;
using NodaTime;

namespace Aurum.Sandbox.Miso;

/// <summary>The answers behind MISO's web site: JSON in which numbers are text.</summary>
internal sealed class MisoAnswers(MisoBooks books)
{
    /// <summary>Body of an address; null where there is none of that name.</summary>
    public byte[]? Write(string path, Moment moment)
    {
        var today = OperatingDay.Of(moment.Now, MarketZones.EasternStandard);
        return path switch
        {
            "FuelMix/Today" => Document(json => FuelMix(json, today, moment)),
            "FuelMix/Yesterday" => Document(json => FuelMix(json, today.Previous, moment)),
            "RealTimeTotalLoad" => Document(json => Load(json, moment)),
            "WindSolar/GetCombined" => Document(json => WindSolar(json, moment)),
            "MarketPricing/GetLmpConsolidatedTable" => Document(json => new MisoTable(books).Write(json, moment)),
            "MarketPricing/GetRealTimeFiveMinExPost/Rolling" => Prices(today, moment),
            "MarketPricing/GetRealTimeFiveMinExPost/Previous" => Prices(today.Previous, moment),
            _ => null,
        };
    }

    /// <summary><c>02-Oct-2026 - Interval 16:45 EST</c>.</summary>
    public static string Reference(long at) => Local(at).ToString("dd-MMM-uuuu' - Interval 'HH:mm' EST'", CultureInfo.InvariantCulture);

    /// <summary>The name of a property, or another one where that is the fault.</summary>
    public static string Named(Moment moment, string name)
    {
        if (!moment.Tampering.RenamesColumn)
        {
            return name;
        }

        moment.Tampering.Note($"{name} is called New{name}");
        return "New" + name;
    }

    /// <summary>Writes an object of a list as often as its fate says.</summary>
    public static void Row(Utf8JsonWriter json, Moment moment, long at, Place? place, long row, Action write)
    {
        var fate = moment.Tampering.Fate(at, place, row);
        for (var times = fate == RowFate.Repeat ? 2 : fate == RowFate.Drop ? 0 : 1; times > 0; times--)
        {
            json.WriteStartObject();
            write();
            if (moment.Tampering.AddsColumn)
            {
                moment.Tampering.Note("a property added");
                json.WriteString("Remark", "");
            }

            json.WriteEndObject();
        }
    }

    private static LocalDateTime Local(long at) =>
        Instant.FromUnixTimeSeconds(at).InZone(MarketZones.EasternStandard).LocalDateTime;

    /// <summary><c>2026-10-02 4:45:00 PM</c>.</summary>
    private static string Stamp(long at) => Local(at).ToString("uuuu-MM-dd h:mm:ss tt", CultureInfo.InvariantCulture);

    private static string Hundredths(long value) => ((decimal)value / 100).ToString("0.00", CultureInfo.InvariantCulture);

    private static string Text(long value) => value.ToString(CultureInfo.InvariantCulture);

    private static byte[] Document(Action<Utf8JsonWriter> write)
    {
        using var body = new MemoryStream();
        using (var json = new Utf8JsonWriter(body))
        {
            json.WriteStartObject();
            write(json);
            json.WriteEndObject();
        }

        return body.ToArray();
    }

    private void FuelMix(Utf8JsonWriter json, OperatingDay day, Moment moment)
    {
        var shown = MisoMoment.OfReadings(moment.Now);
        var name = Named(moment, "ACT");
        json.WriteString("RefId", Reference(shown.Reference));
        json.WriteString("TotalMW", "0");
        json.WriteStartObject("Fuel");
        json.WriteStartArray("Type");
        foreach (var at in shown.FiveMinutes(day))
        {
            foreach (var fuel in MisoBooks.Fuels.Order(StringComparer.Ordinal))
            {
                var mw = books.Generation(fuel, at);
                Row(json, moment, at, null, at + fuel.Length, () =>
                {
                    json.WriteString("INTERVALEST", Stamp(at));
                    json.WriteString("CATEGORY", fuel);
                    json.WriteString(name, Text(mw));
                    json.WriteString("FUEL_CATEGORY", string.Create(CultureInfo.InvariantCulture, $"{fuel}  ({mw:N0} MW)"));
                });
            }
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private void Load(Utf8JsonWriter json, Moment moment)
    {
        var shown = MisoMoment.OfReadings(moment.Now);
        json.WriteStartObject("LoadInfo");
        json.WriteString("RefId", Reference(shown.Reference));
        var next = shown.Day.Start.ToUnixTimeSeconds();
        Wrapped(json, "ClearedMW", "ClearedMWHourly", MisoMoment.Hours(shown.Day), moment, hour =>
        {
            json.WriteString("Hour", Text(((hour - next) / 3600) + 1));
            json.WriteString(Named(moment, "Value"), Text(books.ClearedLoad(hour)));
        });
        Wrapped(json, "MediumTermLoadForecast", "Forecast", MisoMoment.Hours(shown.Day), moment, hour =>
        {
            json.WriteString("HourEnding", Text(((hour - next) / 3600) + 1));
            json.WriteString(Named(moment, "LoadForecast"), Text(books.LoadForecast(hour, shown.Hour)));
        });
        Wrapped(json, "FiveMinTotalLoad", "Load", shown.FiveMinutes(shown.Day), moment, at =>
        {
            json.WriteString("Time", Local(at).ToString("HH:mm", CultureInfo.InvariantCulture));
            json.WriteString(Named(moment, "Value"), Text(books.Load(at)));
        });
        json.WriteEndObject();
    }

    private static void Wrapped(
        Utf8JsonWriter json, string list, string wrapper, IEnumerable<long> starts, Moment moment, Action<long> write)
    {
        json.WriteStartArray(list);
        foreach (var at in starts)
        {
            var fate = moment.Tampering.Fate(at, null, at);
            for (var times = fate == RowFate.Repeat ? 2 : fate == RowFate.Drop ? 0 : 1; times > 0; times--)
            {
                json.WriteStartObject();
                json.WriteStartObject(wrapper);
                write(at);
                if (moment.Tampering.AddsColumn)
                {
                    moment.Tampering.Note("a property added");
                    json.WriteString("Remark", "");
                }

                json.WriteEndObject();
                json.WriteEndObject();
            }
        }

        json.WriteEndArray();
    }

    private void WindSolar(Utf8JsonWriter json, Moment moment)
    {
        var shown = MisoMoment.OfReadings(moment.Now);
        var first = shown.Day.Start.ToUnixTimeSeconds();
        json.WriteStartArray("instance");
        foreach (var hour in MisoMoment.Hours(shown.Day).Concat(MisoMoment.Hours(shown.Day.Next)))
        {
            var ending = Text(((hour - first) / 3600 % 24) + 1);
            Row(json, moment, hour, null, hour, () =>
            {
                json.WriteString("ForecastDateTimeEST", Stamp(hour));
                json.WriteString("ForecastHourEndingEST", ending);
                json.WriteString(Named(moment, "ForecastWindValue"), Hundredths(100 * books.Forecast(isWind: true, hour, shown.Hour)));
                json.WriteString(Named(moment, "ForecastSolarValue"), Hundredths(100 * books.Forecast(isWind: false, hour, shown.Hour)));
                var isMetered = shown.HasEnded(hour);
                json.WriteString("ActualDateTimeEST", isMetered ? Stamp(hour) : null);
                json.WriteString("ActualHourEndingEST", isMetered ? ending : null);
                json.WriteString(Named(moment, "ActualWindValue"), isMetered ? Hundredths(books.Metered(isWind: true, hour)) : null);
                json.WriteString(Named(moment, "ActualSolarValue"), isMetered ? Hundredths(books.Metered(isWind: false, hour)) : null);
            });
        }

        json.WriteEndArray();
        json.WriteString("RefId", Reference(shown.Hour));
        json.WriteString("MktDay", $"{shown.Day.Date.Month:00}-{shown.Day.Date.Day:00}-{shown.Day.Date.Year}");
    }

    private byte[] Prices(OperatingDay day, Moment moment)
    {
        var book = books.FiveMinutes;
        using var body = new MemoryStream();
        var writer = new RowWriter(body, RowForm.JsonArrays, moment.Tampering);
        var added = moment.Tampering.AddsColumn ? ",\"REMARK\"" : "";
        writer.Text($"{{\"headers\":[\"INTERVAL\",\"CPNODE\",\"LMP\",\"MLC\",\"{Named(moment, "MCC")}\"{added}],\"data\":[");
        var places = book.Corrected(day, moment.Now);
        foreach (var start in book.Starts(day, moment.Now))
        {
            var stamp = Local(start).ToString("uuuu-MM-dd'T'HH:mm:ss", CultureInfo.InvariantCulture);
            var states = book.States(start);
            foreach (var (place, correction) in places)
            {
                var price = book.Price(states, place, correction);
                writer.Begin(start, place);
                writer.Text($"\"{stamp}\",\"{place.Id}\",\"");
                writer.Value();
                writer.Fixed(price.Lmp, 2, cutZeros: false);
                writer.Text("\",\""u8);
                writer.Fixed(price.Loss, 2, cutZeros: false);
                writer.Text("\",\""u8);
                writer.Fixed(price.Congestion, 2, cutZeros: false);
                writer.Byte((byte)'"');
                writer.End();
            }
        }

        writer.Text("]}"u8);
        writer.Flush();
        return body.ToArray();
    }
}
