using System.Globalization;
using System.IO.Compression;
using System.Text;
using Aurum.Market.Time;
using NodaTime;

namespace Aurum.Benchmarks.Ingest;

/// <summary>A day of prices of every node as OASIS sends it: PRC_LMP version 12, five rows a price, CSV in a zip. Parts add up.</summary>
internal static class OasisDay
{
    private const string Header =
        "INTERVALSTARTTIME_GMT,INTERVALENDTIME_GMT,OPR_DT,OPR_HR,OPR_INTERVAL,NODE_ID_XML,NODE_ID,NODE,MARKET_RUN_ID,"
        + "LMP_TYPE,XML_DATA_ITEM,PNODE_RESMRID,GRP_TYPE,POS,MW,GROUP\n";

    private const int Seed = 20250601;
    private const int Hours = 24;

    private static readonly (string Type, string Item)[] Parts =
        [("LMP", "LMP_PRC"), ("MCC", "LMP_CONG_PRC"), ("MCE", "LMP_ENE_PRC"), ("MCL", "LMP_LOSS_PRC"), ("MGHG", "LMP_GHG_PRC")];

    /// <summary>The day.</summary>
    public static OperatingDay Day { get; } = new(new LocalDate(2025, 6, 1), MarketZones.Pacific);

    /// <summary>Bytes of the zip; so many nodes times 24 prices.</summary>
    public static byte[] Zip(int nodes)
    {
        var output = new MemoryStream();
        using (var zip = new ZipArchive(output, ZipArchiveMode.Create, leaveOpen: true))
        using (var writer = new StreamWriter(
            zip.CreateEntry("20250601_20250602_PRC_LMP_DAM_v12.csv", CompressionLevel.Optimal).Open(), new UTF8Encoding(false), 1 << 16))
        {
            writer.Write(Header);
            var random = new Random(Seed);
            var energy = Enumerable.Range(0, Hours).Select(hour => (long)(3_000_000 + (100_000 * hour) + random.Next(100_000))).ToArray();
            for (var node = 0; node < nodes; node++)
            {
                Write(writer, random, energy, node);
            }
        }

        return output.ToArray();
    }

    /// <summary>A node's day: prices in hundred-thousandths of a dollar, so that the parts add up to the last digit.</summary>
    private static void Write(StreamWriter writer, Random random, long[] energy, int node)
    {
        var name = $"NODE{node:D5}_7_N001";
        var congestion = energy.Select(_ => (long)random.Next(-400_000, 400_000)).ToArray();
        var loss = energy.Select(_ => (long)random.Next(-100_000, 100_000)).ToArray();
        var hours = Enumerable.Range(0, Hours).ToArray();
        foreach (var (type, item) in Parts)
        {
            random.Shuffle(hours);
            foreach (var hour in hours)
            {
                var price = type switch
                {
                    "LMP" => energy[hour] + congestion[hour] + loss[hour],
                    "MCC" => congestion[hour],
                    "MCE" => energy[hour],
                    "MCL" => loss[hour],
                    _ => 0,
                };
                writer.Write(string.Create(
                    CultureInfo.InvariantCulture,
                    $"{Gmt(hour)},{Gmt(hour + 1)},2025-06-01,{hour + 1},0,{name},{name},{name},DAM,{type},{item},{name},ALL,1,"
                    + $"{price / 100_000m},{node + 1}\n"));
            }
        }
    }

    private static string Gmt(int hour) => $"{Day.Start + Duration.FromHours(hour):uuuu-MM-dd'T'HH:mm:ss}-00:00";
}
