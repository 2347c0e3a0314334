namespace Aurum.App.Api;

/// <summary>Where the HTTP API listens and what it allows. Checked once, when the host is built.</summary>
public sealed record ApiOptions
{
    /// <summary>Address to listen on. Loopback unless told otherwise; <c>0.0.0.0</c> opens it to the network.</summary>
    public string BindAddress { get; init; } = "127.0.0.1";

    /// <summary>Port, 0 to 65535; 0 takes a free one (tests).</summary>
    public int Port { get; init; } = 8095;

    /// <summary>Directory of all state; the key that signs cursors lies in it.</summary>
    public required string DataDirectory { get; init; }

    /// <summary>How this process runs, for <c>/v1/status</c>: <c>up</c>, <c>up --live</c>, <c>serve</c>.</summary>
    public string Mode { get; init; } = "serve";

    /// <summary>Requests a second that one client may make over time, 0.1 to 100,000.</summary>
    public double RequestsPerSecond { get; init; } = 50;

    /// <summary>Requests that one client may make at once after a pause, 1 to 100,000.</summary>
    public int RequestBurst { get; init; } = 200;

    /// <summary>Requests answered at the same time, 1 to 10,000; further ones wait.</summary>
    public int ConcurrentRequests { get; init; } = 64;

    /// <summary>Requests that wait for their turn, 0 to 10,000; further ones get 503.</summary>
    public int QueuedRequests { get; init; } = 64;

    /// <summary>Seconds that a request may take, 0.05 to 3,600; then it ends with 504.</summary>
    public double RequestTimeoutSeconds { get; init; } = 30;

    /// <summary>Memory of answers that are kept, MiB, 0 to 16,384; 0: none is kept in memory.</summary>
    public int CacheMiB { get; init; } = 32;

    /// <summary>Clients that may follow <c>/v1/events</c> at the same time, 1 to 10,000.</summary>
    public int EventClients { get; init; } = 256;

    /// <summary>Seconds between two looks for new commits while somebody follows <c>/v1/events</c>, 0.01 to 60.</summary>
    public double EventPollSeconds { get; init; } = 0.5;

    /// <summary>Seconds between two <c>tick</c> events, 0.05 to 600.</summary>
    public double EventTickSeconds { get; init; } = 5;

    /// <summary>Bytes of a body of messages for <c>POST /v1/ticks</c> at most, packed and unpacked, 1,024 to 17,179,869,184.</summary>
    public long TickBodyBytes { get; init; } = 1L << 30;

    /// <summary>Seconds that a piece of such a body may wait for its turn and the disk, 0.01 to 600; then the sender is to come
    /// back.</summary>
    public double TickWaitSeconds { get; init; } = 10;

    /// <summary>Rows that <c>POST /v1/sql</c> gives at most, 1 to 10,000,000.</summary>
    public int SqlMaxRows { get; init; } = 1_000_000;

    /// <summary>Whether <c>POST /v1/sql</c> answers clients that are not on this machine. Off unless told otherwise.</summary>
    public bool SqlFromNetwork { get; init; }

    /// <summary>Valuations of contracts that run at the same time, 1 to 1,000; further ones get 429.</summary>
    public int Valuations { get; init; } = 4;

    /// <summary>The same of one tenant, 1 to 1,000.</summary>
    public int ValuationsPerTenant { get; init; } = 2;

    /// <summary>Paths of a simulation over HTTP at most, 100 to 1,000,000.</summary>
    public int ValuationPaths { get; init; } = 100_000;

    /// <summary>Memory that a simulation over HTTP may take, MiB, 16 to 16,384.</summary>
    public int ValuationMemoryMiB { get; init; } = 1_024;

    /// <summary>Seconds that a valuation may take, 0.05 to 3,600; then it ends with 504.</summary>
    public double ValuationTimeoutSeconds { get; init; } = 300;

    /// <summary>Free bytes on the disk of the data directory below which <c>/ready</c> says 503.</summary>
    public long MinFreeDiskBytes { get; init; } = 512L << 20;

    /// <summary>Hours without any try of a publisher after which <c>/ready</c> says 503; null where this process collects
    /// nothing.</summary>
    public double? MaxLedgerAgeHours { get; init; }

    /// <exception cref="ArgumentException">A value is outside its range; the message names it.</exception>
    public ApiOptions Checked()
    {
        In(Port, 0, 65535, nameof(Port));
        In(RequestsPerSecond, 0.1, 100_000, nameof(RequestsPerSecond));
        In(RequestBurst, 1, 100_000, nameof(RequestBurst));
        In(ConcurrentRequests, 1, 10_000, nameof(ConcurrentRequests));
        In(QueuedRequests, 0, 10_000, nameof(QueuedRequests));
        In(RequestTimeoutSeconds, 0.05, 3600, nameof(RequestTimeoutSeconds));
        In(CacheMiB, 0, 16_384, nameof(CacheMiB));
        In(EventClients, 1, 10_000, nameof(EventClients));
        In(EventPollSeconds, 0.01, 60, nameof(EventPollSeconds));
        In(EventTickSeconds, 0.05, 600, nameof(EventTickSeconds));
        In(TickBodyBytes, 1024, 17_179_869_184, nameof(TickBodyBytes));
        In(TickWaitSeconds, 0.01, 600, nameof(TickWaitSeconds));
        In(SqlMaxRows, 1, 10_000_000, nameof(SqlMaxRows));
        In(Valuations, 1, 1_000, nameof(Valuations));
        In(ValuationsPerTenant, 1, 1_000, nameof(ValuationsPerTenant));
        In(ValuationPaths, 100, 1_000_000, nameof(ValuationPaths));
        In(ValuationMemoryMiB, 16, 16_384, nameof(ValuationMemoryMiB));
        In(ValuationTimeoutSeconds, 0.05, 3600, nameof(ValuationTimeoutSeconds));
        In(MinFreeDiskBytes, 0, long.MaxValue, nameof(MinFreeDiskBytes));
        In(MaxLedgerAgeHours ?? 1, 0.01, 8784, nameof(MaxLedgerAgeHours));
        if (!System.Net.IPAddress.TryParse(BindAddress, out _))
        {
            throw new ArgumentException(
                $"{nameof(BindAddress)}: expected an IP address such as 127.0.0.1, found '{BindAddress}'");
        }

        return this;
    }

    private static void In(double value, double least, double most, string name)
    {
        if (!(value >= least && value <= most))
        {
            throw new ArgumentException(string.Create(
                System.Globalization.CultureInfo.InvariantCulture, $"{name}: expected {least:G} to {most:G}, found {value:G}"));
        }
    }
}
