using Aurum.Market.Feeds;
using Aurum.Market.Power;
using Aurum.Market.Time;
using Aurum.Sources.Reading;

namespace Aurum.Sources.Miso;

/// <summary>MISO generation by fuel, every 5 minutes, with net imports and battery storage among the fuels.</summary>
/// <remarks>
/// <para>Source: public-api FuelMix/Today and FuelMix/Yesterday; FuelMix alone shows the newest interval in the same form.</para>
/// <para>Shape: 8 categories × 288 intervals.</para>
/// <para>Units: whole MW as text; imports, storage and other may be negative. FUEL_CATEGORY is for people and not used.</para>
/// <para>Time: start of the 5 minutes on a 12-hour clock, Eastern Standard Time all year; public clients read it so.</para>
/// <para>Revisions: none seen.</para>
/// </remarks>
public static class FuelMix
{
    private const int Stamp = 0;
    private const int Category = 1;
    private const int Actual = 2;

    public static readonly Feed<GenerationRow> Feed = new()
    {
        Id = new FeedId("miso/fuel-mix"),
        Title = "MISO generation by fuel, 5 minutes",
        Facts = new FeedFacts(
            "MISO public-api FuelMix/Today and FuelMix/Yesterday",
            "8 categories × 288 intervals; net imports are one of them",
            "MW, whole; imports, storage and other may be negative",
            "start of the 5 minutes, Eastern Standard Time all year",
            "none seen; today and yesterday are shown"),
        Zone = MarketZones.EasternStandard,
        Schedule = PublicApi.TwoDays,
        Contract = IsoContract.Of("MISO", IsoMarket.RealTime, IsoProduct.Generation, MarketZones.EasternStandard, 5),
        Suite = "iso_genmix",
        IntervalMinutes = 5,
        Table = PowerTables.Generation,
        Locate = static (day, now) =>
            [PublicApi.Request(OperatingDay.Of(now, day.Zone) > day ? "/FuelMix/Yesterday" : "/FuelMix/Today")],
        Recognizes = static head => PublicApi.IsJson(head) && head.Has("\"INTERVALEST\"") && head.Has("\"CATEGORY\""),
        Parse = static (file, output) => PublicAnswer.Parse<GenerationRow>(file, output, Read),
    };

    private static IEnumerable<string> Read(ref JsonStream json, ShownRows<GenerationRow> rows)
    {
        var fields = new JsonFields("Type", "INTERVALEST", "CATEGORY", "ACT", "FUEL_CATEGORY");
        var fuels = NameTables.Symbols(json.File);
        PublicAnswer.Find(ref json, "Fuel"u8, (ref JsonStream fuel) => PublicAnswer.Find(
            ref fuel, "Type"u8, (ref JsonStream list) => PublicAnswer.ReadList(
                ref list, (ref JsonStream one) => ReadOne(ref one, fields, fuels, rows))));
        return fields.Notes(json.File);
    }

    private static void ReadOne(ref JsonStream json, JsonFields fields, NameTable<Symbol> fuels, ShownRows<GenerationRow> rows)
    {
        var start = 0L;
        var generation = double.NaN;
        Symbol? fuel = null;
        fields.Begin();
        for (var field = fields.Next(ref json); field >= 0; field = fields.Next(ref json))
        {
            switch (field)
            {
                case Stamp when !Stamps.TryParseLocal(json.Utf8(), out start):
                    throw fields.Unexpected(ref json, Stamp, "a time like 2026-10-02 4:45:00 PM");
                case Category:
                    fuel = fuels.Of(json.Utf8());
                    break;
                case Actual:
                    generation = json.NumberOrNaN();
                    break;
                default:
                    break;
            }
        }

        fields.Require(json.File, Stamp, Category, Actual);
        var delivery = EasternStandard.Starting(start, 5);
        rows.Add(delivery, new GenerationRow(MisoPlaces.System, fuel!, delivery, generation));
    }
}
