using System.Diagnostics.Metrics;
using Aurum.Market.Feeds;
using Aurum.Store.Engines;
using Aurum.Store.Models;

namespace Aurum.App.Running;

/// <summary>What Aurum counts, once: the pipeline records into it, <c>/metrics</c> shows it. One per process, made by the
/// composition.</summary>
/// <remarks>Names and units follow OpenTelemetry: <c>aurum.ingest.duration</c> in <c>s</c>. Labels are feed ids, outcomes and
/// site names, never places or rows, so that their number stays small.</remarks>
public sealed class AurumMetrics : IDisposable
{
    /// <summary>Name of the meter.</summary>
    public const string MeterName = "Aurum";

    private readonly Meter _meter = new(MeterName);
    private readonly Counter<long> _requests;
    private readonly Counter<long> _fetchedBytes;
    private readonly Histogram<double> _fetchSeconds;
    private readonly Counter<long> _rows;
    private readonly Counter<long> _files;
    private readonly Histogram<double> _ingestSeconds;
    private readonly Counter<long> _gateChecks;
    private readonly Counter<long> _apiRows;
    private readonly Counter<long> _apiRefusals;
    private readonly Counter<long> _cacheReads;
    private readonly UpDownCounter<int> _eventClients;
    private readonly Counter<long> _scenarioRuns;
    private readonly Counter<long> _scenarioRetries;
    private readonly Histogram<double> _scenarioSeconds;
    private readonly Counter<long> _leasesLost;
    private readonly Counter<long> _daysGivenUp;

    public AurumMetrics()
    {
        _requests = _meter.CreateCounter<long>("aurum.fetch.requests", "{request}",
            "Requests to publishers, by feed and outcome");
        _fetchedBytes = _meter.CreateCounter<long>("aurum.fetch.size", "By", "Bytes taken from publishers, by feed");
        _fetchSeconds = _meter.CreateHistogram<double>("aurum.fetch.duration", "s",
            "Time of one attempt, body included, by feed");
        _rows = _meter.CreateCounter<long>("aurum.ingest.rows", "{row}", "Rows by what became of them");
        _files = _meter.CreateCounter<long>("aurum.ingest.files", "{file}", "Files taken in, by feed and outcome");
        _ingestSeconds = _meter.CreateHistogram<double>("aurum.ingest.duration", "s",
            "Time from archived bytes to committed rows");
        _gateChecks = _meter.CreateCounter<long>("aurum.gate.checks", "{check}",
            "Results of the quality gate, by feed and result");
        _apiRows = _meter.CreateCounter<long>("aurum.api.rows", "{row}", "Rows sent by the HTTP API, by resource");
        _cacheReads = _meter.CreateCounter<long>("aurum.api.cache.reads", "{request}",
            "Answers that were kept, or had to be made, by resource and result");
        _apiRefusals = _meter.CreateCounter<long>("aurum.api.refusals", "{request}",
            "Requests refused by a limit, by which limit");
        _eventClients = _meter.CreateUpDownCounter<int>("aurum.api.event.clients", "{client}",
            "Clients that follow /v1/events now");
        _scenarioRuns = _meter.CreateCounter<long>("aurum.scenario.runs", "{run}", "Runs of scenarios that ended, by state");
        _scenarioRetries = _meter.CreateCounter<long>("aurum.scenario.retries", "{attempt}",
            "Attempts of runs that failed and are made again");
        _scenarioSeconds = _meter.CreateHistogram<double>("aurum.scenario.duration", "s",
            "Time of a run's last attempt, by the state in which it ended");
        _leasesLost = _meter.CreateCounter<long>("aurum.worker.leases.lost", "{lease}",
            "Leases that this worker lost while it worked under them, by feed");
        _daysGivenUp = _meter.CreateCounter<long>("aurum.worker.days.given_up", "{day}",
            "Days that this worker began and could not store, by feed: their turn comes again");
    }

    /// <summary>One attempt at a publisher's site is over.</summary>
    public void Fetched(FeedId feed, Outcome outcome, long bytes, TimeSpan took)
    {
        _requests.Add(1, Tag("feed", feed.Text), Tag("outcome", outcome.ToString()));
        _fetchedBytes.Add(bytes, Tag("feed", feed.Text));
        _fetchSeconds.Record(took.TotalSeconds, Tag("feed", feed.Text));
    }

    /// <summary>One file went from archived bytes to its committed outcome.</summary>
    public void Ingested(FeedId feed, Outcome outcome, IngestedRows rows, TimeSpan took)
    {
        _files.Add(1, Tag("feed", feed.Text), Tag("outcome", outcome.ToString()));
        _ingestSeconds.Record(took.TotalSeconds, Tag("feed", feed.Text));
        AddRows(feed, "new", rows.New);
        AddRows(feed, "revised", rows.Revised);
        AddRows(feed, "identical", rows.Identical);
        AddRows(feed, "quarantined", rows.Quarantined);
    }

    /// <summary>The gate judged a batch: how many of its checks passed, flagged rows, or stopped the batch.</summary>
    public void Gated(FeedId feed, int passed, int flagged, int stopped)
    {
        AddChecks(feed, "passed", passed);
        AddChecks(feed, "flagged", flagged);
        AddChecks(feed, "stopped", stopped);
    }

    /// <summary>The API sent rows of a resource, for example <c>lmp</c>.</summary>
    public void RowsSent(string resource, long count) => _apiRows.Add(count, Tag("resource", resource));

    /// <summary>An answer was one that is kept, or was made.</summary>
    public void CacheRead(string resource, bool isKept) =>
        _cacheReads.Add(1, Tag("resource", resource), Tag("result", isKept ? "kept" : "made"));

    /// <summary>A limit refused a request: <c>rate</c>, <c>concurrency</c> or <c>timeout</c>.</summary>
    public void Refused(string limit) => _apiRefusals.Add(1, Tag("limit", limit));

    /// <summary>A client began (+1) or ceased (-1) to follow the events.</summary>
    public void EventClients(int change) => _eventClients.Add(change);

    /// <summary>A run of a scenario came to its end.</summary>
    /// <param name="state">How.</param>
    /// <param name="took">Time of its last attempt; zero where it had none.</param>
    public void ScenarioEnded(RunState state, TimeSpan took)
    {
        _scenarioRuns.Add(1, Tag("state", state.Word()));
        _scenarioSeconds.Record(took.TotalSeconds, Tag("state", state.Word()));
    }

    /// <summary>An attempt of a run failed for a reason that may pass.</summary>
    public void ScenarioRetried() => _scenarioRetries.Add(1);

    /// <summary>A lease ended before the work under it did.</summary>
    public void LeaseLost(FeedId feed) => _leasesLost.Add(1, Tag("feed", feed.Text));

    /// <summary>A day that was worked on could not be stored.</summary>
    public void DayGivenUp(FeedId feed) => _daysGivenUp.Add(1, Tag("feed", feed.Text));

    /// <summary>Registers how a database is reached that may be away.</summary>
    internal void Watch(DatabaseWatch database)
    {
        Watch("aurum.database.away", "s", "Time since the database went away; 0: it is there", () => [new(database.AwaySeconds)]);
        _meter.CreateObservableCounter(
            "aurum.database.outages", () => database.Outages, "{outage}", "Times that the database went away, since the start");
    }

    /// <summary>Registers a gauge that is read when somebody looks: store sizes, watermark lags. Must be quick; where it fails because
    /// the database is away, nothing is measured.</summary>
    public void Watch(string name, string unit, string description, Func<IEnumerable<Measurement<double>>> read) =>
        _meter.CreateObservableGauge(name, () => IfThere(read), unit, description);

    /// <summary>What a gauge measures; nothing where the database is away, or the store is closed: a scrape never fails.</summary>
    internal static IReadOnlyList<Measurement<T>> IfThere<T>(Func<IEnumerable<Measurement<T>>> read)
        where T : struct
    {
        try
        {
            return [.. read()];
        }
        catch (Exception error) when (error is EngineException or ObjectDisposedException)
        {
            return [];
        }
    }

    public void Dispose() => _meter.Dispose();

    private static KeyValuePair<string, object?> Tag(string name, string value) => new(name, value);

    private void AddRows(FeedId feed, string fate, long count)
    {
        if (count > 0)
        {
            _rows.Add(count, Tag("feed", feed.Text), Tag("fate", fate));
        }
    }

    private void AddChecks(FeedId feed, string result, int count)
    {
        if (count > 0)
        {
            _gateChecks.Add(count, Tag("feed", feed.Text), Tag("result", result));
        }
    }
}

/// <summary>What became of a file's rows; the four add up to the rows read.</summary>
public readonly record struct IngestedRows(long New, long Revised, long Identical, long Quarantined);
