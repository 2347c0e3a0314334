using System.Globalization;
using System.Text;
using Aurum.Market.Ticks;
using Aurum.Sandbox.Ticks;
using Aurum.Store;
using Aurum.Store.Reading;
using Aurum.Tests.Ticks.Service;
using Aurum.Ticks;
using Aurum.Ticks.Enrich;
using Aurum.Ticks.Normalize;
using NodaTime;

namespace Aurum.Tests.Ticks.Lanes;

/// <summary>What one pipeline in one process makes of messages, and what a store has: lines that have to be equal.</summary>
/// <param name="Bars">All revisions.</param>
/// <param name="Prices">Latest prices.</param>
/// <param name="Points">Points of forward curves.</param>
/// <param name="Counters">What became of the messages.</param>
internal sealed record LaneTruth(
    IReadOnlyList<string> Bars, IReadOnlyList<string> Prices, IReadOnlyList<string> Points, TickCounters Counters)
{
    private const int Instruments = 40;
    private const long PushAfterMicros = 3 * 86_400_000_000;

    /// <summary>Within a minute, so that the first bars are partial wherever they are made.</summary>
    private static readonly Instant Start = Instant.FromUtc(2026, 3, 2, 15, 0, 7);

    /// <summary>Messages out of order by up to 20 seconds, one in twenty sent twice; behind them a tick of three days later in each lane,
    /// so that all bars close.</summary>
    public static byte[] Messages(int count, ulong seed, int lanes, TickMode mode = TickMode.HighVolume)
    {
        var made = TickHome.Written(new MadeStreamOptions(seed, mode, count, Instruments, Start)
        {
            StepMicros = 100_000,
            DisorderSeconds = 20,
            Duplicates = 0.05,
            HasQuotes = true,
        });
        return [.. made, .. Encoding.UTF8.GetBytes(string.Concat(Pushes(lanes).Select(static line => line + "\n")))];
    }

    /// <summary>A tick of three days later for each lane.</summary>
    public static IEnumerable<string> Pushes(int lanes) => Enumerable.Range(0, lanes).Select(lane => Push(lane, lanes));

    public static LaneTruth Of(byte[] messages)
    {
        using var pipeline = new TickPipeline(new TickPipelineOptions(), InstrumentBook.Empty);
        Assert.Equal(messages.Length, pipeline.OnBytes(pipeline.Open(new TickStreamOptions()), messages, 0, isEnd: true));
        var prices = new List<string>();
        for (var i = 0; i < pipeline.Instruments.Count; i++)
        {
            Assert.True(pipeline.Project.TryLatest(i, out var price));
            prices.Add(Line(
                pipeline.Instruments[i].Name, price.EventMicros, price.Price, price.Volume, price.Bid, price.Ask,
                pipeline.Normalize.Sources[price.Source]));
        }

        var points = pipeline.Output.CurvePoints.Items.ToArray().Select(p => Line(
            pipeline.Instruments[p.Instrument].Name, p.ContractMonth, p.EventMicros, p.Price, p.Volume));
        return new LaneTruth(
            Sorted(TickHome.LinesOf(pipeline.Output.Bars.Items, pipeline.Instruments)), Sorted(prices), Sorted(points), pipeline.Counters);
    }

    public static LaneTruth Of(AurumStore store) => new(
        Rows(
            store,
            """
            SELECT instrument_id, interval, CAST(extract(epoch FROM start_utc) * 1000000 AS BIGINT), open, high, low, close, volume, vwap,
              twap, count, revision, CASE WHEN partial_start THEN 1 ELSE 0 END + CASE WHEN partial_end THEN 2 ELSE 0 END AS marks
            FROM bars
            """),
        Rows(
            store,
            """
            SELECT instrument_id, CAST(extract(epoch FROM event_time) * 1000000 AS BIGINT), price, volume, bid, ask, source
            FROM latest_prices
            """),
        Rows(
            store,
            """
            SELECT instrument_id, contract_month, CAST(extract(epoch FROM quoted_at) * 1000000 AS BIGINT), price, volume FROM curve_points
            """),
        store.Ticks.Progress.Counters);

    public void AssertSame(LaneTruth found)
    {
        Assert.NotEmpty(Bars);
        Assert.NotEmpty(Points);
        Assert.Equal(Counters, found.Counters);
        TickHome.AssertSame(Bars, found.Bars);
        TickHome.AssertSame(Prices, found.Prices);
        TickHome.AssertSame(Points, found.Points);
    }

    private static string Push(int lane, int lanes)
    {
        var instrument = Enumerable.Range(0, 10_000).Select(static n => $"PUSH.{n}")
            .First(id => TickRouter.LaneOf(Encoding.UTF8.GetBytes($"default|{id}"), lanes) == lane);
        var message = TickMessages.B($"push-{lane}", (Start.ToUnixTimeTicks() / 10) + PushAfterMicros);
        message["tenant_id"] = "default";
        message["payload"]!["source_system"] = "push";
        message["payload"]!["metadata"]!["instrument_id"] = instrument;
        return message.ToJsonString();
    }

    private static string Line(params object[] cells) => string.Join(' ', cells.Select(static c => c switch
    {
        double number => number.ToString("R", CultureInfo.InvariantCulture),
        IFormattable other => other.ToString(null, CultureInfo.InvariantCulture),
        _ => c.ToString(),
    }));

    private static List<string> Sorted(IEnumerable<string> lines) => [.. lines.Order(StringComparer.Ordinal)];

    private static List<string> Rows(AurumStore store, string sql)
    {
        using var rows = store.Read.Sql(sql);
        var lines = new List<string>();
        while (rows.NextChunk())
        {
            for (var i = 0; i < rows.Count; i++)
            {
                lines.Add(Line([.. Enumerable.Range(0, rows.Columns.Count).Select(c => Cell(rows, c, i))]));
            }
        }

        return Sorted(lines);
    }

    private static object Cell(RowReader rows, int column, int row) => rows.Columns[column].Kind switch
    {
        ResultKind.Number => rows.IsNull(column, row) ? double.NaN : rows.Number(column, row),
        ResultKind.Whole => rows.Whole(column, row),
        _ => Encoding.UTF8.GetString(rows.Text(column, row)),
    };
}
