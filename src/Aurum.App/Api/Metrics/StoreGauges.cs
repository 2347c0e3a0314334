using System.Diagnostics.Metrics;
using Aurum.App.Api.Rows;
using Aurum.App.Running;
using Aurum.Market.Feeds;
using Aurum.Market.Time;
using Aurum.Store.Ledger;

namespace Aurum.App.Api.Metrics;

/// <summary>Gauges over the store, read when somebody scrapes: rows, bytes, gaps and how far watermarks lie behind.</summary>
internal sealed class StoreGauges : IDisposable
{
    private readonly RowServices _services;
    private readonly ApiOptions _options;
    private readonly Meter _meter = new(AurumMetrics.MeterName);

    public StoreGauges(RowServices services, ApiOptions options)
    {
        (_services, _options) = (services, options);
        _meter.CreateObservableGauge("aurum.store.rows", () => AurumMetrics.IfThere(Rows), "{row}",
            "Rows in the store, all revisions, by table");
        _meter.CreateObservableGauge("aurum.store.size", Size, "By", "Size of the store's database file and its log");
        _meter.CreateObservableGauge("aurum.ledger.gaps", () => AurumMetrics.IfThere(Gaps), "{day}",
            "Operating days that are missing or incomplete, by feed");
        _meter.CreateObservableGauge("aurum.watermark.lag", () => AurumMetrics.IfThere(Lags), "s",
            "Time since the end of the last operating day before a hole, by feed");
    }

    public void Dispose() => _meter.Dispose();

    private static KeyValuePair<string, object?> Tag(string name, string value) => new(name, value);

    private IEnumerable<Measurement<long>> Rows() =>
        _services.Store.RowTotals().Select(c => new Measurement<long>(c.Value, Tag("table", c.Key)));

    private long Size() => FileBytes("aurum.duckdb") + FileBytes("aurum.duckdb.wal");

    private long FileBytes(string name)
    {
        var file = new FileInfo(Path.Combine(_options.DataDirectory, name));
        return file.Exists ? file.Length : 0;
    }

    private IEnumerable<Measurement<long>> Gaps()
    {
        var gaps = _services.Api.Store.Ledger.Gaps().GroupBy(g => g.Feed).ToDictionary(g => g.Key, g => g.LongCount());
        return _services.Api.Store.Ledger.Watermarks()
            .Select(w => new Measurement<long>(gaps.GetValueOrDefault(w.Feed), Tag("feed", w.Feed.Text)));
    }

    private IEnumerable<Measurement<double>> Lags()
    {
        var feeds = _services.Feeds.Feeds.ToDictionary(f => f.Id);
        return _services.Api.Store.Ledger.Watermarks().Where(w => feeds.ContainsKey(w.Feed))
            .Select(w => new Measurement<double>(LagSeconds(w, feeds[w.Feed]), Tag("feed", w.Feed.Text)));
    }

    private double LagSeconds(Watermark watermark, Feed feed)
    {
        var through = watermark.Through ?? watermark.From.PlusDays(-1);
        return Math.Max(0, (_services.Api.Now - new OperatingDay(through, feed.Zone).End).TotalSeconds);
    }
}
