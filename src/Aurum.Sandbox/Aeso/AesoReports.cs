using Aurum.Market.Time;
using Aurum.Sandbox.Publishing;
using NodaTime;

namespace Aurum.Sandbox.Aeso;

/// <summary>Writes AESO's answers: JSON of the API, CSV of the web site.</summary>
internal sealed class AesoReports(AesoBooks books)
{
    public static readonly RowForm Json = new("{", "}", ",\n", ",\"remark\":0");

    /// <summary>Pool price of some days.</summary>
    public void WritePoolPrice(RowWriter writer, IEnumerable<OperatingDay> days, Instant now) =>
        WriteHours(writer, days, "Pool Price Report", (day, hour) =>
        {
            Text(writer, "pool_price", AesoBooks.IsOver(hour, now) ? books.Price(hour, day, now) : null, 2, isValue: true);
            Text(writer, "forecast_pool_price", AesoBooks.HasForecastPrice(hour, now) ? books.ForecastPrice(hour) : null, 2, isValue: true);
            Text(writer, "rolling_30day_avg", AesoBooks.IsOver(hour, now) ? 6_543 : null, 2, isValue: false);
        });

    /// <summary>Load and its forecast of some days.</summary>
    public void WriteLoad(RowWriter writer, IEnumerable<OperatingDay> days, Instant now) =>
        WriteHours(writer, days.Where(day => AesoBooks.HasLoadForecast(day, now)), "Actual Forecast Report", (day, hour) =>
        {
            Text(writer, "alberta_internal_load", AesoBooks.IsOver(hour, now) ? books.Load(hour, day, now) : null, 0, isValue: true);
            Text(writer, "forecast_alberta_internal_load", books.LoadForecast(hour), 0, isValue: true);
        });

    public void WriteMarginalPrice(RowWriter writer, IEnumerable<OperatingDay> days, Instant now)
    {
        Open(writer, "System Marginal Price Report");
        foreach (var day in days)
        {
            var changes = books.PriceChanges(day, now).ToArray();
            for (var i = 0; i < changes.Length; i++)
            {
                var end = i + 1 < changes.Length ? changes[i + 1] : day.End.ToUnixTimeSeconds() - 60;
                writer.Begin(changes[i]);
                Stamp(writer, "begin", changes[i]);
                writer.Byte((byte)',');
                Stamp(writer, "end", end);
                Text(writer, "system_marginal_price", books.MarginalPrice(changes[i]), 2, isValue: true);
                Text(writer, "volume", 50 + (changes[i] / 60 % 100), 0, isValue: false);
                writer.End();
            }
        }

        writer.Text("]}}");
    }

    public void WriteSummary(RowWriter writer, Instant now)
    {
        var at = AesoBooks.Reading(now).ToUnixTimeSeconds();
        writer.Text("{\"timestamp\":\"x\",\"responseCode\":\"200\",\"return\":{");
        writer.Text($"\"effective_datetime_utc\":\"{Utc(at)}\",\"effective_datetime_mpt\":\"{Local(at)}\",");
        var load = books.LoadAt(at);
        writer.Text($"\"alberta_internal_load\":{load},\"total_net_generation\":{load - 216},\"contingency_reserve_required\":477,\n");
        writer.Text("\"generation_data_list\":[");
        foreach (var (fuel, mw) in AesoBooks.Fuels)
        {
            writer.Begin(at);
            writer.Text($"\"fuel_type\":\"{fuel}\",\"aggregated_maximum_capability\":{mw},");
            writer.Text($"\"{Name(writer, "aggregated_net_generation")}\":");
            writer.Value();
            writer.Whole(books.Generation(fuel, mw, at));
            writer.Text(",\"aggregated_dispatched_contingency_reserve\":0");
            writer.End();
        }

        writer.Text("],\n\"interchange_list\":[");
        writer.Text(string.Join(',', AesoBooks.Neighbours.Select(n => $"{{\"path\":\"{n}\",\"actual_flow\":{books.Flow(n, at)}}}")));
        writer.Text("]}}");
    }

    /// <summary>The CSV of wind or sun: least, likely, most, made, capability, and percent of it.</summary>
    public void WriteForecast(RowWriter writer, bool isWind, Instant now)
    {
        var capability = isWind ? 5_688 : 1_825;
        writer.Text($"Forecast Transaction Date,Min,Most Likely,Max,Actual,{(writer.Tampering.RenamesColumn ? "Capability" : "MCR")},");
        if (writer.Tampering.RenamesColumn)
        {
            writer.Tampering.Note("MCR is called Capability");
        }

        writer.Text($"Pct Min,Pct Most Likely,Pct Max{(writer.Tampering.AddsColumn ? ",Remark" : "")}\r\n");
        foreach (var hour in AesoBooks.ForecastHours(now))
        {
            var likely = books.Likely(isWind, hour, now);
            var (least, most) = (likely * 3 / 4, likely * 5 / 4);
            writer.Begin(hour);
            writer.Text($"{Local(hour)},");
            writer.Fixed(least, 2, cutZeros: true);
            writer.Byte((byte)',');
            writer.Value();
            writer.Fixed(likely, 2, cutZeros: true);
            writer.Byte((byte)',');
            writer.Fixed(most, 2, cutZeros: true);
            writer.Byte((byte)',');
            if (AesoBooks.IsOver(hour, now))
            {
                writer.Fixed(books.Made(isWind, hour), 2, cutZeros: true);
            }

            writer.Text($",{capability}");
            foreach (var value in (ReadOnlySpan<long>)[least, likely, most])
            {
                writer.Byte((byte)',');
                writer.Fixed(value * 100 / capability, 2, cutZeros: true);
            }

            writer.End();
        }
    }

    private static void WriteHours(
        RowWriter writer, IEnumerable<OperatingDay> days, string report, Action<OperatingDay, long> writeFields)
    {
        Open(writer, report);
        foreach (var day in days)
        {
            foreach (var hour in AesoBooks.Hours(day))
            {
                writer.Begin(hour);
                Stamp(writer, "begin", hour);
                writeFields(day, hour);
                writer.End();
            }
        }

        writer.Text("]}}");
    }

    private static void Open(RowWriter writer, string report) =>
        writer.Text($"{{\"timestamp\":\"2026-01-01 00:00:00.000+0000\",\"responseCode\":\"200\",\"return\":{{\"{report}\":[");

    private static void Stamp(RowWriter writer, string end, long at) =>
        writer.Text($"\"{end}_datetime_utc\":\"{Utc(at)}\",\"{end}_datetime_mpt\":\"{Local(at)}\"");

    /// <summary>A number in quotes; empty where there is none.</summary>
    private static void Text(RowWriter writer, string name, long? units, int decimals, bool isValue)
    {
        writer.Text($",\"{(isValue ? Name(writer, name) : name)}\":\"");
        if (units is { } number)
        {
            if (isValue)
            {
                writer.Value();
            }

            writer.Fixed(number, decimals, cutZeros: false);
        }

        writer.Byte((byte)'"');
    }

    private static string Name(RowWriter writer, string name)
    {
        if (!writer.Tampering.RenamesColumn)
        {
            return name;
        }

        writer.Tampering.Note($"{name} is called renamed_{name}");
        return "renamed_" + name;
    }

    private static string Utc(long at) => $"{Instant.FromUnixTimeSeconds(at).InUtc():uuuu-MM-dd HH:mm}";

    private static string Local(long at) => $"{Instant.FromUnixTimeSeconds(at).InZone(MarketZones.Mountain):uuuu-MM-dd HH:mm}";
}
