using Aurum.Market.Time;
using Aurum.Sandbox.Publishing;
using Aurum.Sandbox.Worlds;
using NodaTime;
using NodaTime.Text;

namespace Aurum.Sandbox.Caiso;

/// <summary>The files behind the sandbox's Today's Outlook: the running day's, and one for each day before.</summary>
/// <remarks>As clients of the real ones document them: always the 288 times of a wall clock and the next midnight. The hour that spring
/// skips has empty cells, the repeated autumn hour stands there once, with the values of its first pass; minutes after midnight the
/// running day's file still shows yesterday.</remarks>
internal sealed class CaisoOutlook(Grid california, Dice dice)
{
    private const int StepSeconds = 300;
    private const int StaleSeconds = 240;

    /// <summary>Readings are shown a minute after their five minutes.</summary>
    private static readonly Release Shown = Release.AfterEnd(Duration.FromMinutes(1));

    /// <summary>Columns of each file, in its order.</summary>
    public static IReadOnlyDictionary<string, string[]> Files { get; } = new Dictionary<string, string[]>
    {
        ["fuelsource"] =
        [
            "Solar", "Wind", "Geothermal", "Biomass", "Biogas", "Small hydro", "Coal", "Nuclear", "Natural Gas", "Large Hydro", "Batteries",
            "Imports", "Other",
        ],
        ["demand"] = ["Day ahead forecast", "Hour ahead forecast", "Current demand", "Demand response"],
        ["storage"] = ["Total batteries", "Stand-alone batteries", "Hybrid batteries"],
        ["co2"] = ["Biogas CO2", "Biomass CO2", "Natural Gas CO2", "Coal CO2", "Imports CO2", "Geothermal CO2"],
    };

    /// <summary>The answer to a path; null where it is none of the outlook.</summary>
    public SandboxResponse? Answer(string path, Moment moment)
    {
        var parts = path.Split('/', StringSplitOptions.RemoveEmptyEntries);
        if (parts is not ["outlook", _, ..] || !parts[^1].EndsWith(".csv", StringComparison.Ordinal)
            || !Files.ContainsKey(parts[^1][..^4]))
        {
            return null;
        }

        var today = OperatingDay.Of(moment.Now, MarketZones.Pacific);
        var name = parts[^1][..^4];
        if (parts is [_, "current", _])
        {
            var isStale = moment.Now < today.Start + Duration.FromSeconds(StaleSeconds);
            return Csv(name, isStale ? today.Previous : today, moment);
        }

        return parts is [_, "history", var date, _]
            && LocalDatePattern.CreateWithInvariantCulture("uuuuMMdd").Parse(date) is { Success: true, Value: var day } && day < today.Date
            ? Csv(name, new OperatingDay(day, MarketZones.Pacific), moment)
            : SandboxResponse.Text(404, "text/html", "<html><body><h1>Not Found</h1></body></html>");
    }

    /// <summary>Starts of a day's five minutes that are shown and can be told apart: without the hour that repeats.</summary>
    public static IEnumerable<long> Starts(OperatingDay day, Instant now)
    {
        var until = Math.Min(day.End.ToUnixTimeSeconds(), Shown.VisibleUntil(day, now));
        for (var at = day.Start.ToUnixTimeSeconds(); at + StepSeconds <= until; at += StepSeconds)
        {
            if (!IsRepeated(at) && !IsRepeated(at + 3600))
            {
                yield return at;
            }
        }
    }

    /// <summary>Value of a column, MW or metric tons an hour.</summary>
    public long Value(string column, long at)
    {
        var state = california.At(at);
        var own = dice.For(column);
        var batteries = (state.NetLoadMw / california.Shape.BaseLoadMw) - 0.8;
        return (long)Math.Round(column switch
        {
            "Solar" => state.SolarMw - 20,
            "Wind" => state.WindMw,
            "Total batteries" or "Batteries" => 6000 * batteries,
            "Stand-alone batteries" => 4500 * batteries,
            "Hybrid batteries" => 1500 * batteries,
            "Current demand" => state.LoadMw,
            "Natural Gas" => Math.Max(1500, state.NetLoadMw * 0.6),
            "Natural Gas CO2" => Math.Max(600, state.NetLoadMw * 0.25),
            "Imports" => 4000 + (2500 * own.Smooth(at / 20_000.0)),
            "Imports CO2" => 1200 + (1500 * own.Smooth(at / 20_000.0)),
            "Large Hydro" => 2500 + (900 * own.Smooth(at / 25_000.0)),
            "Nuclear" => 2250,
            "Other" => 0,
            _ => 300 + (200 * own.Smooth(at / 40_000.0)),
        });
    }

    private static bool IsRepeated(long at)
    {
        var (label, before) = (LocalLabel.Of(at, MarketZones.Pacific), LocalLabel.Of(at - 3600, MarketZones.Pacific));
        return label.Hour == before.Hour && label.Day == before.Day;
    }

    private SandboxResponse Csv(string name, OperatingDay day, Moment moment)
    {
        using var body = new MemoryStream();
        var writer = new RowWriter(body, RowForm.CsvLf, moment.Tampering);
        var columns = Files[name];
        var header = string.Join(',', columns);
        if (moment.Tampering.RenamesColumn)
        {
            var victim = name == "demand" ? "Current demand" : columns[0];
            moment.Tampering.Note($"{victim} is called Quantity");
            header = header.Replace(victim, "Quantity", StringComparison.Ordinal);
        }

        writer.Text($"Time,{header}{(moment.Tampering.AddsColumn ? ",Remark" : "")}\n");
        var until = Shown.VisibleUntil(day, moment.Now);
        for (var minute = 0; minute <= 24 * 60; minute += StepSeconds / 60)
        {
            var date = minute < 24 * 60 ? day.Date : day.Date.PlusDays(1);
            var local = date + new LocalTime(minute / 60 % 24, minute % 60);
            var map = MarketZones.Pacific.MapLocal(local);
            Row(writer, minute, columns, map.Count == 0 ? null : map.First().ToInstant().ToUnixTimeSeconds(), until);
        }

        writer.Flush();
        return SandboxResponse.Of(200, "text/csv", body.ToArray());
    }

    private void Row(RowWriter writer, int minute, string[] columns, long? at, long until)
    {
        writer.Begin(at ?? 0);
        writer.Digits(minute / 60 % 24, 2);
        writer.Byte((byte)':');
        writer.Digits(minute % 60, 2);
        foreach (var column in columns)
        {
            writer.Byte((byte)',');
            var isForecast = column.EndsWith("forecast", StringComparison.Ordinal);
            if (at is { } start && column != "Demand response" && (isForecast || start + StepSeconds <= until))
            {
                writer.Value();
                writer.Whole(Value(isForecast ? "Current demand" : column, start));
            }
        }

        writer.End();
    }
}
