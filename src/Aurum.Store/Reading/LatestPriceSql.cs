using System.Globalization;
using Aurum.Market.Feeds;
using Aurum.Market.Power;
using Aurum.Store.Engines;
using Aurum.Store.Sql;
using NodaTime;

namespace Aurum.Store.Reading;

/// <summary>The query for latest prices.</summary>
internal sealed class LatestPriceSql
{
    private const int MaxLimit = 100_000;
    private const int MaxLookBackHours = 8_784;

    private readonly LatestPriceQuery _query;
    private readonly List<Action<EngineStatement>> _arguments = [];
    private readonly RowTableSql _sql = new(TableShape.Of(PowerTables.Lmp));
    private readonly string _text;

    public LatestPriceSql(LatestPriceQuery query)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(query.Limit, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(query.Limit, MaxLimit);
        ArgumentOutOfRangeException.ThrowIfLessThan(query.LookBackHours, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(query.LookBackHours, MaxLookBackHours);
        _query = query;
        _text = $"""
            SELECT feed, iso_code, iso_market, location_id, location_type, interval_start_utc, interval_end_utc, lmp, energy,
              congestion, loss, ghg, known_at, revision, before
            FROM (
              SELECT r.*, row_number() OVER places AS nth, lead(lmp) OVER places AS before
              FROM ({_sql.Latest(Conditions())}) r
              WINDOW places AS (PARTITION BY feed, location_id, location_type ORDER BY interval_start_utc DESC)) AS ranked
            WHERE nth = 1
            ORDER BY iso_code, iso_market, feed, location_type, location_id
            LIMIT {query.Limit.ToString(CultureInfo.InvariantCulture)}
            """;
    }

    public List<LatestPrice> Read(EngineConnection connection)
    {
        using var statement = connection.Prepare(_text);
        foreach (var argument in _arguments)
        {
            argument(statement);
        }

        using var rows = statement.Query();
        List<LatestPrice> prices = [];
        while (rows.NextChunk())
        {
            for (var i = 0; i < rows.Count; i++)
            {
                prices.Add(Price(rows, i));
            }
        }

        return prices;
    }

    private static LatestPrice Price(EngineRows rows, int i) => new(
        new FeedId(rows.String(0, i)),
        rows.String(1, i),
        rows.String(2, i),
        rows.String(3, i),
        rows.String(4, i),
        rows.Instant(5, i),
        rows.Instant(6, i),
        Number(rows, 7, i),
        Number(rows, 8, i),
        Number(rows, 9, i),
        Number(rows, 10, i),
        Number(rows, 11, i),
        rows.Instant(12, i),
        rows.Int32(13, i),
        Number(rows, 14, i));

    private static double Number(EngineRows rows, int column, int i) =>
        rows.IsNull(column, i) ? double.NaN : rows.Double(column, i);

    private string Conditions()
    {
        List<string> conditions =
        [
            $"t.interval_start_utc <= {Argument(s => s.Bind(_query.At))}",
            $"t.interval_start_utc >= {Argument(s => s.Bind(_query.At - Duration.FromHours(_query.LookBackHours)))}",
        ];
        Add(conditions, "iso_code", _query.IsoCode is { } iso ? [iso] : []);
        Add(conditions, "iso_market", _query.IsoMarket is { } market ? [market] : []);
        Add(conditions, "location_id", _query.LocationIds);
        Add(conditions, "location_type", _query.LocationTypes);
        if (_query.AsOf is { } asOf)
        {
            conditions.Add($"t.known_at <= {Argument(s => s.Bind(asOf))}");
        }

        return string.Join(" AND ", conditions);
    }

    private void Add(List<string> conditions, string column, IReadOnlyList<string> values)
    {
        if (values.Count > 0)
        {
            conditions.Add($"{_sql.Reference(column)} IN ({string.Join(", ", values.Select(v => Argument(s => s.Bind(v))))})");
        }
    }

    private string Argument(Action<EngineStatement> bind)
    {
        _arguments.Add(bind);
        return $"${_arguments.Count.ToString(CultureInfo.InvariantCulture)}";
    }
}
