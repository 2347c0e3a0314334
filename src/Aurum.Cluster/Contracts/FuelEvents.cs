using Aurum.Market.Feeds;
using Aurum.Store.Reading;

namespace Aurum.Cluster.Contracts;

/// <summary>Prices of natural gas as events of <c>fuel.curve.v1</c>, with the series as key: those of EIA's natural-gas feeds, and Henry
/// Hub as FRED has it.</summary>
/// <remarks>A price is a value whose unit is dollars per something; production, use and storage of the same feeds are none. No feed of the
/// catalog has prices of CO2: the topic of those stays empty.</remarks>
internal sealed class FuelEvents(FeedId id, IReadOnlyList<ResultColumn> columns, EventSchemaIds ids) : IRowEvents
{
    private const string EiaGas = "eia/natural-gas";
    private const string EiaGasMonthly = "eia/natural-gas-monthly";
    private const string Fred = "fred/observations";

    private readonly SeriesCells _cells = new(id, columns);
    private readonly int _schemaId = ids(EventTopics.Find(EventTopics.GasTopic));
    private readonly int _gas = EventTopics.Find(EventTopics.GasTopic).Contract.SymbolIndex("fuel_type", "NATURAL_GAS");
    private readonly bool _isFred = id.Text == Fred;

    public EventTopic Topic { get; } = EventTopics.Find(EventTopics.GasTopic);

    /// <summary>Whether a feed has such prices.</summary>
    public static bool IsOf(FeedId feed) => feed.Text is EiaGas or EiaGasMonthly or Fred;

    public bool Write(RowReader rows, int row, EventBatch output)
    {
        var series = _cells.Series(rows, row);
        var benchmark = BenchmarkOf(series[(series.LastIndexOf((byte)'/') + 1)..]);
        var number = _cells.Value(rows, row);
        if ((_isFred && benchmark.IsEmpty) || !IsPrice(rows, row) || double.IsNaN(number))
        {
            return false;
        }

        var (known, _, _) = _cells.Stamps(rows, row);
        var (start, end) = (_cells.Start(rows, row), _cells.End(rows, row));
        var frequency = SeriesPeriods.Of(start, end);
        output.BeginKey(Topic, known).WriteRaw(series);
        output.BeginValue(_schemaId);
        var value = output.Open;
        value.WriteBytes(series);
        value.WriteLong(_gas);
        value.OptionalText(benchmark);
        value.Null();
        value.WriteText(frequency);
        SeriesPeriods.Write(value, frequency, start);
        value.WriteDouble(number);
        value.WriteBytes(_cells.Unit(rows, row));
        value.OptionalText("USD"u8);
        value.WriteBytes(_isFred ? "FRED"u8 : "EIA"u8);
        value.WriteLong(known);
        _cells.WriteMetadata(value, rows, row);
        output.End();
        return true;
    }

    private bool IsPrice(RowReader rows, int row) =>
        _cells.CanonicalOf(rows, row) is { } unit && unit.Code.AsSpan().StartsWith("USD/"u8);

    /// <summary>Henry Hub and the months of its futures; empty: another price.</summary>
    private static ReadOnlySpan<byte> BenchmarkOf(ReadOnlySpan<byte> series) =>
        series.SequenceEqual("DHHNGSP"u8) || series.SequenceEqual("MHHNGSP"u8) || series.StartsWith("RNGWHH"u8) ? "Henry Hub"u8
        : series is [(byte)'R', (byte)'N', (byte)'G', (byte)'C', (byte)'1', ..] ? "NYMEX Henry Hub 1st month"u8
        : series is [(byte)'R', (byte)'N', (byte)'G', (byte)'C', (byte)'2', ..] ? "NYMEX Henry Hub 2nd month"u8
        : series is [(byte)'R', (byte)'N', (byte)'G', (byte)'C', (byte)'3', ..] ? "NYMEX Henry Hub 3rd month"u8
        : series is [(byte)'R', (byte)'N', (byte)'G', (byte)'C', (byte)'4', ..] ? "NYMEX Henry Hub 4th month"u8
        : default;
}
