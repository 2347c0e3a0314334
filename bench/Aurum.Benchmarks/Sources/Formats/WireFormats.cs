using System.Text.Json;
using Aurum.Sources.WorldBank;
using NodaTime;

namespace Aurum.Benchmarks.Sources.Formats;

/// <summary>The forms, written out.</summary>
internal static class WireFormats
{
    /// <summary>One of each kind of text: what <c>aurum bench parse</c> measures.</summary>
    private static readonly string[] Headline = ["caiso-csv", "caiso-xml", "nyiso-csv", "pjm-json", "ercot-json"];

    public static IReadOnlyList<WireFormat> All { get; } =
    [
        new("caiso-csv", "caiso/day-ahead-lmp", TextKind.Csv) { RowMark = ",DAM,", Path = static (path, _, _) => AllNodes(path) },
        new("caiso-xml", "caiso/day-ahead-lmp", TextKind.Xml)
        {
            RowMark = "<REPORT_DATA>",
            Path = static (path, _, _) => AllNodes(path).Replace("resultformat=6", "resultformat=5", StringComparison.Ordinal),
        },
        new("nyiso-csv", "nyiso/real-time-lmp-generator", TextKind.Csv),
        new("pjm-json", "pjm/day-ahead-lmp", TextKind.Json) { Deserialize = Answer<PjmAnswer>(static a => a.Items.Count) },
        new("pjm-csv", "pjm/day-ahead-lmp", TextKind.Csv) { Turn = CsvExport.OfPjm },
        new("ercot-json", "ercot/real-time-spp", TextKind.Json) { Deserialize = Answer<ErcotAnswer>(static a => a.Data.Count) },
        new("ercot-csv", "ercot/real-time-spp", TextKind.Csv) { Turn = CsvExport.OfErcot },
        new("eia-json", "eia/region-data", TextKind.Json)
        {
            Days = 4,
            Deserialize = Answer<EiaAnswer>(static a => a.Response.Data.Count),
        },
        new("miso-csv", "miso/day-ahead-lmp", TextKind.Csv),
        new("miso-json", "miso/real-time-lmp", TextKind.Json)
        {
            AskedAfter = Duration.FromHours(1),
            Deserialize = Answer<MisoTable>(static a => a.Data.Count),
        },
        new("miso-exchange-json", "miso/real-time-lmp-exchange", TextKind.Json)
        {
            Nodes = 60,
            Deserialize = Answer<MisoPage>(static a => a.Data.Count),
        },
        new("spp-csv", "spp/real-time-lmp", TextKind.Csv) { AskedAfter = Duration.FromDays(14) },
        new("isone-json", "isone/real-time-lmp", TextKind.Json) { Deserialize = Answer<IsoneAnswer>(static a => a.Prices.Rows.Count) },
        new("isone-xml", "isone/real-time-lmp", TextKind.Xml) { Path = static (path, _, _) => path + ".xml" },
        new("isone-csv", "isone/day-ahead-lmp", TextKind.Csv)
        {
            Site = "isone-web",
            Path = static (_, day, _) => $"/static-transform/csv/histRpts/da-lmp/WW_DALMP_ISO_{day.Date:uuuuMMdd}.csv",
        },
        new("ieso-csv", "ieso/real-time-lmp", TextKind.Csv),
        new("ieso-xml", "ieso/generator-output", TextKind.Xml) { Days = 60, RowMark = "<EnergyMW>" },
        new("aeso-json", "aeso/pool-price", TextKind.Json)
        {
            Days = 31,
            IsSpan = true,
            Path = static (path, day, days) => path.Replace(
                $"endDate={day}", $"endDate={day.Date.PlusDays(days - 1):uuuu-MM-dd}", StringComparison.Ordinal),
            Deserialize = Answer<AesoAnswer>(static a => a.Return.Rows.Count),
        },
        new("aeso-csv", "aeso/wind-outlook", TextKind.Csv) { Days = 30, AskedAfter = -Duration.FromHours(12) },
        new("fred-json", "fred/observations", TextKind.Json)
        {
            Days = 20,
            Deserialize = Answer<FredAnswer>(static a => a.Observations.Count),
        },
        new("noaa-json", "noaa/ghcn-daily", TextKind.Json)
        {
            Days = 60,
            AskedAfter = Duration.FromDays(14),
            IsSpan = true,
            Path = static (path, day, days) => path.Replace(
                $"&enddate={day}", $"&enddate={day.Date.PlusDays(days - 1):uuuu-MM-dd}", StringComparison.Ordinal),
            Deserialize = Answer<NoaaAnswer>(static a => a.Results.Count),
        },
        new("worldbank-json", "worldbank/indicators", TextKind.Json)
        {
            Path = static (path, day, _) => path.Replace(
                $"&date={day.Date.Year - Indicators.YearsBack}:", "&date=1960:", StringComparison.Ordinal),
            Deserialize = Answer<JsonElement[]>(static a =>
                a.Length < 2 ? 0 : a[1].Deserialize(FormsJson.Default.ListWorldBankValue)!.Count),
        },
        new("ecb-xml", "ecb/reference-rates", TextKind.Xml)
        {
            RowMark = " currency=",
            Path = static (_, _, days) => days > 500 ? "/eurofxref-hist.xml" : "/eurofxref-hist-90d.xml",
            Days = 6_000,
            IsSpan = true,
        },
    ];

    /// <summary>The forms to measure.</summary>
    /// <exception cref="ArgumentException">There is no form of the name asked for.</exception>
    public static IReadOnlyList<WireFormat> Chosen(BenchOptions options)
    {
        if (options.Format.Length == 0)
        {
            return options.EveryFormat ? All : [.. All.Where(format => Headline.Contains(format.Name))];
        }

        return All.FirstOrDefault(format => format.Name == options.Format) is { } only
            ? [only]
            : throw new ArgumentException($"there is no form '{options.Format}': {string.Join(", ", All.Select(f => f.Name))}");
    }

    private static string AllNodes(string path) => path[..path.IndexOf("&node=", StringComparison.Ordinal)] + "&grp_type=ALL";

    private static Func<byte[], long> Answer<T>(Func<T, int> rows) => bytes =>
        rows((T)JsonSerializer.Deserialize(bytes, typeof(T), FormsJson.Default)!);
}
