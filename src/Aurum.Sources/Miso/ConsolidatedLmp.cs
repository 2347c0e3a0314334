using System.Text.Json;
using Aurum.Market.Feeds;
using Aurum.Market.Series;
using Aurum.Market.Time;
using Aurum.Sources.Reading;
using NodaTime;

namespace Aurum.Sources.Miso;

/// <summary>MISO's consolidated price table: the newest prices of about 500 nodes in the 5-minute, hourly and day-ahead markets side by
/// side, with the reserve prices of the 5-minute one.</summary>
/// <remarks>
/// <para>Source: public-api MarketPricing/GetLmpConsolidatedTable.</para>
/// <para>Shape: four blocks of one interval each; series <c>consolidated-lmp/BLOCK/NODE/PART</c> with the publisher's names of
/// parts.</para>
/// <para>Units: USD/MWh as text, two decimals.</para>
/// <para>Time: day and time of RefId; the 5-minute block begins at its time, the hourly block is the last hour that has ended (after
/// midnight that of the day before), the day-ahead blocks are the running hour. Eastern Standard Time all year.</para>
/// <para>Revisions: none seen; each answer shows one moment, so that intervals between two looks are not to be had any more.</para>
/// </remarks>
public static class ConsolidatedLmp
{
    private const string Unit = "USD/MWh";
    private const int Name = 0;
    private const int Region = 1;

    private static readonly string[] Fields =
    [
        "name", "region", "LMP", "MLC", "MCC", "REGMCP", "REGMILEAGEMCP", "SPINMCP", "SUPPMCP", "STRMCP", "RCUPMCP", "RCDOWNMCP",
    ];

    private static readonly (string Property, string Block)[] Blocks =
    [
        ("FiveMinLMP", "five-minute"), ("HourlyIntegratedLMP", "hourly"),
        ("DayAheadExAnteLMP", "day-ahead-ex-ante"), ("DayAheadExPostLMP", "day-ahead-ex-post"),
    ];

    public static readonly Feed<SeriesPoint> Feed = new()
    {
        Id = new FeedId("miso/consolidated-lmp"),
        Title = "MISO consolidated price table, newest prices of all markets",
        Facts = new FeedFacts(
            "MISO public-api MarketPricing/GetLmpConsolidatedTable",
            "about 500 nodes in four blocks of one interval each; one series a block, node and part",
            "USD/MWh, two decimals",
            "5 minutes by their start, hours by their end, Eastern Standard Time all year",
            "none seen; each answer shows one moment"),
        Zone = MarketZones.EasternStandard,
        Schedule = PublicApi.RunningDay with { CompleteAt = Duration.FromHours(24) - Duration.FromMinutes(3) },
        Suite = "timeseries_observation",
        RowsLieInDay = false,
        Table = SeriesTables.Observation,
        Locate = static (day, now) => PublicApi.Running("/MarketPricing/GetLmpConsolidatedTable", "", day, now),
        Recognizes = static head => PublicApi.IsJson(head) && head.Has("\"LMPData\"") && head.Has("\"FiveMinLMP\""),
        Parse = static (file, output) => PublicAnswer.Parse<SeriesPoint>(file, output, Read),
    };

    private static IEnumerable<string> Read(ref JsonStream json, ShownRows<SeriesPoint> rows)
    {
        var notes = new List<string>();
        PublicAnswer.Find(ref json, "LMPData"u8, (ref JsonStream data) => ReadBlocks(ref data, rows, notes));
        return notes;
    }

    private static void ReadBlocks(ref JsonStream json, ShownRows<SeriesPoint> rows, List<string> notes)
    {
        long? moment = null;
        var seen = 0;
        PublicAnswer.Open(ref json, JsonTokenType.StartObject);
        while (PublicAnswer.Next(ref json))
        {
            if (json.IsProperty("RefId"u8))
            {
                moment = ReadMoment(ref json);
                rows.Saw(Instant.FromUnixTimeSeconds(EasternStandard.ToUnixSeconds(moment.Value)));
            }
            else if (BlockOf(ref json) is { } block)
            {
                var known = moment ?? throw new FeedFormatException(json.File, block, "a property RefId before it", "none");
                seen++;
                notes.AddRange(ReadBlock(ref json, block, known, rows));
            }
            else
            {
                notes.Add($"{json.File}: unknown property {System.Text.Encoding.UTF8.GetString(json.Property)}");
                json.Skip();
            }
        }

        if (seen < Blocks.Length)
        {
            throw new FeedFormatException(
                json.File, "LMPData", $"the blocks {string.Join(", ", Blocks.Select(static b => b.Property))}", $"{seen} of them");
        }
    }

    private static long ReadMoment(ref JsonStream json)
    {
        json.ReadRequired();
        return EasternStandard.TryParseReference(json.Utf8(), out var date, out var second)
            ? LocalSeconds.Of(date) + second
            : throw json.Unexpected("a reference like 02-Oct-2026 - Interval 16:50 EST");
    }

    private static string? BlockOf(ref JsonStream json)
    {
        foreach (var (property, block) in Blocks)
        {
            if (System.Text.Encoding.UTF8.GetString(json.Property) == property)
            {
                return block;
            }
        }

        return null;
    }

    private static IEnumerable<string> ReadBlock(ref JsonStream json, string block, long moment, ShownRows<SeriesPoint> rows)
    {
        DeliveryInterval? interval = null;
        var fields = new JsonFields(block, Fields);
        var nodes = new NameTable<SeriesKey[]>(json.File, node => KeysOf(block, node), limit: 50_000);
        var values = new double[Fields.Length];
        PublicAnswer.Open(ref json, JsonTokenType.StartObject);
        while (PublicAnswer.Next(ref json))
        {
            if (json.IsProperty("HourAndMin"u8))
            {
                json.ReadRequired();
                interval = IntervalOf(ref json, block, moment);
            }
            else if (json.IsProperty("PricingNode"u8))
            {
                var known = interval ?? throw new FeedFormatException(json.File, block, "a property HourAndMin before it", "none");
                PublicAnswer.ReadList(ref json, (ref JsonStream node) => ReadNode(ref node, fields, nodes, values, known, rows));
            }
            else
            {
                json.Skip();
            }
        }

        return fields.Notes(json.File);
    }

    private static SeriesKey[] KeysOf(string block, string node) =>
        [.. Fields.Select(part => new SeriesKey($"consolidated-lmp/{block}/{node}/{part}", Unit))];

    /// <summary>The interval of a block: <c>16:50</c> begins five minutes, <c>HE 16</c> ends an hour.</summary>
    private static DeliveryInterval IntervalOf(ref JsonStream json, string block, long moment)
    {
        var midnight = moment - LocalSeconds.SecondOfDay(moment);
        if (EasternStandard.TryParseTime(json.Utf8(), out var second))
        {
            return EasternStandard.Starting(midnight + second, 5);
        }

        if (!HourEnding.TryParse(LocalSeconds.ToDate(midnight), json.Utf8(), out var hour))
        {
            throw json.Unexpected("a time like 16:50 or an hour like HE 16");
        }

        // The last whole hour before midnight is shown in the first hour after it.
        var isYesterday = block == "hourly" && midnight + (hour.Hour * LocalSeconds.PerHour) > moment;
        return EasternStandard.Starting(
            midnight + ((hour.Hour - 1) * LocalSeconds.PerHour) - (isYesterday ? LocalSeconds.PerDay : 0), 60);
    }

    private static void ReadNode(
        ref JsonStream json, JsonFields fields, NameTable<SeriesKey[]> nodes, double[] values, DeliveryInterval interval,
        ShownRows<SeriesPoint> rows)
    {
        SeriesKey[]? keys = null;
        fields.Begin();
        for (var field = fields.Next(ref json); field >= 0; field = fields.Next(ref json))
        {
            if (field == Name)
            {
                keys = nodes.Of(json.Utf8());
            }
            else if (field != Region)
            {
                values[field] = json.NumberOrNaN();
            }
        }

        fields.Require(json.File, Name, 2, 3, 4);
        for (var field = 2; field < values.Length; field++)
        {
            if (fields.Has(field))
            {
                rows.AddOfMoment(new SeriesPoint(keys![field], interval, values[field]));
            }
        }
    }
}
