using System.Text.Json;
using Aurum.Market.Feeds;
using Aurum.Market.Power;
using Aurum.Market.Time;
using Aurum.Sources.Reading;

namespace Aurum.Sources.Ercot;

/// <summary>ERCOT generation by fuel, about every 5 minutes, from the dashboard.</summary>
/// <remarks>
/// <para>Source: dashboard fuel-mix.json.</para>
/// <para>Shape: 8 fuels × some 288 readings a day, today and yesterday: data by day, by stamp, by fuel. In 2024 a fuel had gen,
/// hsl and seasonalCapacity; in 2025 gen alone.</para>
/// <para>Units: MW; rounded in 2024, raw floats since; Power Storage is negative while it charges.</para>
/// <para>Time: readings at an instant (00:04:57) with offset.</para>
/// <para>Revisions: none seen.</para>
/// </remarks>
public static class FuelMix
{
    public static readonly Feed<GenerationRow> Feed = new()
    {
        Id = new FeedId("ercot/fuel-mix"),
        Title = "ERCOT generation by fuel, 5 minutes",
        Facts = new FeedFacts(
            "ERCOT dashboard fuel-mix.json",
            "8 fuels × some 288 readings a day, today and yesterday only",
            "MW; Power Storage is negative while it charges",
            "readings at an instant, with offset",
            "none seen"),
        Zone = MarketZones.Central,
        Schedule = ErcotSchedules.Dashboard,
        Contract = IsoContract.Of("ERCOT", IsoMarket.RealTime, IsoProduct.Generation, MarketZones.Central, 0),
        Suite = "iso_genmix",
        Readings = new ReadingPace(EveryMinutes: 5, FirstMinutes: 5),
        Table = PowerTables.Generation,
        Locate = static (_, _) => ErcotRequests.Dashboard("fuel-mix"),
        Recognizes = static head =>
            ErcotHeads.IsJson(head) && head.Has("\"lastUpdated\"") && head.Has("\"types\"") && head.Has("\"gen\""),
        Parse = static (file, output) => Dashboard.Parse<GenerationRow>(file, output, ReadFile),
    };

    private static void ReadFile(ref JsonStream json, DashboardRows<GenerationRow> rows)
    {
        var fuels = NameTables.Symbols(json.File);
        var hasData = false;
        while (Dashboard.Next(ref json))
        {
            if (!json.IsProperty("data"u8))
            {
                json.Skip();
                continue;
            }

            hasData = true;
            Open(ref json);
            while (Dashboard.Next(ref json))
            {
                Open(ref json);
                while (Dashboard.Next(ref json))
                {
                    var at = DeliveryInterval.At(Dashboard.Stamp(ref json));
                    Open(ref json);
                    ReadReading(ref json, rows, fuels, at);
                }
            }
        }

        if (!hasData)
        {
            throw new FeedFormatException(json.File, "", "a property data", "none");
        }
    }

    private static void ReadReading(
        ref JsonStream json, DashboardRows<GenerationRow> rows, NameTable<Symbol> fuels, DeliveryInterval at)
    {
        while (Dashboard.Next(ref json))
        {
            var fuel = fuels.Of(json.Utf8());
            var generation = double.NaN;
            var hasGeneration = false;
            Open(ref json);
            while (Dashboard.Next(ref json))
            {
                if (json.IsProperty("gen"u8))
                {
                    json.ReadRequired();
                    generation = json.NumberOrNaN();
                    hasGeneration = true;
                }
                else
                {
                    json.Skip();
                }
            }

            if (!hasGeneration)
            {
                throw new FeedFormatException(json.File, $"{fuel} at {at.Start}", "a property gen", "none");
            }

            rows.Add(at, new GenerationRow(ErcotHeads.System, fuel, at, generation));
        }
    }

    private static void Open(ref JsonStream json)
    {
        json.ReadRequired();
        json.Require(JsonTokenType.StartObject);
    }
}
