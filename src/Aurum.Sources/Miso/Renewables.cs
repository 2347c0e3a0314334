using Aurum.Market.Feeds;
using Aurum.Market.Power;
using Aurum.Market.Time;
using Aurum.Sources.Reading;

namespace Aurum.Sources.Miso;

/// <summary>Reads one of the four quantities of WindSolar/GetCombined: wind and sun, forecast for today and tomorrow and metered so far,
/// side by side in one object an hour. The forecasts of the data broker of 2025 and before (getWindForecast, getSolarForecast) have a
/// list of their own.</summary>
/// <param name="Fuel">Wind or Solar, as MISO's fuel mix calls it.</param>
/// <param name="Kind">Forecast or Actual.</param>
internal sealed record Renewables(string Fuel, string Kind)
{
    private const int Start = 0;
    private const int Ending = 1;
    private const int Value = 2;

    private readonly Symbol _fuel = new(Fuel);

    /// <summary>The feed of this quantity.</summary>
    /// <param name="id">Feed id.</param>
    /// <param name="schedule">When it is shown.</param>
    public Feed<GenerationRow> Feed(string id, Schedule schedule)
    {
        var isForecast = Kind == "Forecast";
        var product = isForecast ? IsoProduct.GenerationForecast : IsoProduct.Generation;
        return new Feed<GenerationRow>
        {
            Id = new FeedId(id),
            Title = $"MISO {Fuel.ToLowerInvariant()} power {(isForecast ? "forecast" : "by hour")}",
            Facts = new FeedFacts(
                $"MISO public-api WindSolar/GetCombined, {Kind}{Fuel}Value",
                isForecast ? "24 hours each of today and tomorrow" : "the running day's hours so far, 24 in the end",
                "MW, two decimals; the sun takes some at night",
                "start of the hour and hour ending side by side, Eastern Standard Time all year",
                isForecast ? "replaced in place, each hour" : "none seen; only the running day is shown"),
            Zone = MarketZones.EasternStandard,
            Schedule = schedule,
            Contract = IsoContract.Of("MISO", IsoMarket.RealTime, product, MarketZones.EasternStandard, 60),
            Suite = "iso_genmix",
            IntervalMinutes = 60,
            Table = PowerTables.Generation,
            Locate = (day, now) => PublicApi.Running("/WindSolar/GetCombined", Kind + Fuel, day, now),
            Recognizes = Recognizes,
            Parse = (file, output) => PublicAnswer.Parse<GenerationRow>(file, output, Read),
        };
    }

    /// <summary>The forms look alike for wind and sun: the file's name tells. A combined answer without such a name is taken for
    /// the forecast of wind.</summary>
    private bool Recognizes(FileHead head)
    {
        if (!PublicApi.IsJson(head))
        {
            return false;
        }

        if (head.Has("\"ForecastWindValue\""))
        {
            string[] names = ["ActualWind", "ActualSolar", "ForecastSolar"];
            var other = Array.Find(names, name => head.Name.Contains(name, StringComparison.Ordinal));
            return (other ?? "ForecastWind") == Kind + Fuel;
        }

        return Kind == "Forecast" && head.Has("\"HourEndingEST\"") && head.Has("\"Forecast\"")
            && head.Name.Contains($"get{Fuel}Forecast", StringComparison.OrdinalIgnoreCase);
    }

    private IEnumerable<string> Read(ref JsonStream json, ShownRows<GenerationRow> rows)
    {
        JsonFields? fields = null;
        while (PublicAnswer.Next(ref json))
        {
            if (json.IsProperty("instance"u8))
            {
                var combined = fields = Combined();
                PublicAnswer.ReadList(ref json, (ref JsonStream hour) => ReadHour(ref hour, combined, rows));
            }
            else if (json.IsProperty("Forecast"u8) && Kind == "Forecast")
            {
                var broker = fields = new JsonFields("Forecast", "DateTimeEST", "HourEndingEST", "Value");
                PublicAnswer.ReadList(ref json, (ref JsonStream hour) => ReadHour(ref hour, broker, rows));
            }
            else
            {
                json.Skip();
            }
        }

        return fields?.Notes(json.File) ?? throw new FeedFormatException(json.File, "", "a property instance", "none");
    }

    private JsonFields Combined()
    {
        var others = new List<string>();
        foreach (var kind in (string[])["Forecast", "Actual"])
        {
            others.AddRange([$"{kind}DateTimeEST", $"{kind}HourEndingEST", $"{kind}WindValue", $"{kind}SolarValue"]);
        }

        string[] own = [$"{Kind}DateTimeEST", $"{Kind}HourEndingEST", $"{Kind}{Fuel}Value"];
        return new JsonFields("instance", [.. own, .. others.Except(own)]);
    }

    /// <summary>An hour whose time is null has no value yet.</summary>
    private void ReadHour(ref JsonStream json, JsonFields fields, ShownRows<GenerationRow> rows)
    {
        long? start = null;
        var (ending, value) = (0, double.NaN);
        fields.Begin();
        for (var field = fields.Next(ref json); field >= 0; field = fields.Next(ref json))
        {
            switch (field)
            {
                case Start when !json.Utf8().IsEmpty:
                    start = Stamps.TryParseLocal(json.Utf8(), out var seconds)
                        ? seconds
                        : throw fields.Unexpected(ref json, Start, "a time like 2026-10-02 4:00:00 PM");
                    break;
                case Ending when !json.Utf8().IsEmpty:
                    ending = Numbers.TryParseInteger(json.Utf8(), out var hour)
                        ? hour
                        : throw fields.Unexpected(ref json, Ending, "an hour ending from 1 to 24");
                    break;
                case Value:
                    value = json.NumberOrNaN();
                    break;
                default:
                    break;
            }
        }

        fields.Require(json.File, Start, Ending, Value);
        if (start is { } at)
        {
            Add(json.File, at, ending, value, rows);
        }
    }

    private void Add(string file, long start, int ending, double value, ShownRows<GenerationRow> rows)
    {
        if (LocalSeconds.SecondOfDay(start) != (ending - 1) * LocalSeconds.PerHour)
        {
            var at = LocalSeconds.ToLocalDateTime(start);
            throw new FeedFormatException(file, $"{at:uuuu-MM-dd HH:mm}", "the hour that ends an hour later", $"hour ending {ending}");
        }

        var delivery = EasternStandard.Starting(start, 60);
        rows.Add(delivery, new GenerationRow(MisoPlaces.System, _fuel, delivery, value));
    }
}
