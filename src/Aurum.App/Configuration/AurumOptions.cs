using System.Net;
using Aurum.App.Ticks;
using Aurum.Cluster;
using Aurum.Cluster.ClickHouse;
using Aurum.Cluster.Iceberg;
using Aurum.Cluster.Kafka;
using Aurum.Cluster.Registry;
using Aurum.Cluster.LakeFs;
using Aurum.Cluster.Lineage;
using Aurum.Cluster.Postgres;
using Aurum.Cluster.Redis;
using Aurum.Cluster.S3;
using Aurum.Cluster.Vault;
using Aurum.Sources;

namespace Aurum.App.Configuration;

/// <summary>Everything that can be set, with its default, unit and range. Read once at the start from <c>aurum.json</c> in the
/// data directory and from AURUM__ environment variables; a value out of range stops the start.</summary>
internal sealed record AurumOptions
{
    /// <summary>What <see cref="StoreMemoryMiB"/> is where nobody sets it.</summary>
    public const int UsualStoreMemoryMiB = 2048;

    /// <summary>Folder of all state.</summary>
    public string DataDirectory { get; init; } = "data";

    /// <summary>Address that servers bind. Loopback unless told otherwise.</summary>
    public string Bind { get; init; } = "127.0.0.1";

    /// <summary>Port of HTTP API and page. 1 to 65535; 0 lets the system choose.</summary>
    public int Port { get; init; } = 8095;

    /// <summary>Days before today that live collection keeps whole. 0 to 3,660 days.</summary>
    public int LookbackDays { get; init; } = 3;

    /// <summary>Least time between two looks at the same day, minutes. 1 to 1,440.</summary>
    public int LeastRefreshMinutes { get; init; } = 5;

    /// <summary>Hours without any try of any publisher after which a collecting server's <c>/ready</c> says 503. 0.01 to 8,784. A day
    /// and two hours: a single day-ahead feed is asked for once a day, and a day may have 25 hours.</summary>
    public double MaxLedgerAgeHours { get; init; } = 26;

    /// <summary>Feeds that are collected; empty: all feeds whose credentials are there.</summary>
    public IReadOnlyList<string> Feeds { get; init; } = [];

    /// <summary>Base addresses and limits by site name, over the publishers' own.</summary>
    public IReadOnlyDictionary<string, SiteOptions> Sites { get; init; } = new Dictionary<string, SiteOptions>();

    /// <summary>Limits of datasets by feed id, beside those of their sites.</summary>
    public IReadOnlyDictionary<string, FeedLimitOptions> FeedLimits { get; init; } = new Dictionary<string, FeedLimitOptions>();

    /// <summary>Series that are asked for in place of the feeds' own, by provider (fred, noaa, worldbank). 1 to 200 entries each.</summary>
    public IReadOnlyDictionary<string, string[]> Series { get; init; } = new Dictionary<string, string[]>();

    /// <summary>Publishers whose price feeds are asked for every node (caiso, pjm); empty: for hubs, zones and named places.</summary>
    public IReadOnlyList<string> AllNodes { get; init; } = [];

    /// <summary>Files of merged curves.</summary>
    public CurveExportOptions CurveExports { get; init; } = new();

    /// <summary>As-of dates before a workbook's that the moves of its curves are held against, 1 to 30. 1: the date before alone.</summary>
    public int CurveMoveDays { get; init; } = 6;

    /// <summary>Memory that the store may use before it spills to disk, MiB. 256 to 1,048,576. Commands on curves take 64 unless
    /// another number is set.</summary>
    public int StoreMemoryMiB { get; init; } = UsualStoreMemoryMiB;

    /// <summary>Threads of the store's engine, 1 to 256; 0: one for each processor.</summary>
    public int StoreThreads { get; init; }

    /// <summary>Days that ticks are kept after they were stored, 0 to 36,500; 0: for good. Bars are always kept.</summary>
    public int StoreTickDays { get; init; }

    /// <summary>Days that dead letters are kept after they were stored, sent again or not, 0 to 36,500; 0: for good.</summary>
    public int StoreDeadLetterDays { get; init; }

    /// <summary>Days that quotes of forward curves are kept after they were stored, 0 to 36,500; 0: for good. The last quote of each
    /// month of a curve is always kept.</summary>
    public int StoreCurvePointDays { get; init; }

    /// <summary>Memory of the API's answers that are kept, MiB. 0 to 16,384; 0: none is kept in memory.</summary>
    public int CacheMiB { get; init; } = 32;

    /// <summary>File with secrets as name=value lines, mode 0600; null: only the environment.</summary>
    public string? SecretsFile { get; init; }

    /// <summary>Longest wait that a publisher's Retry-After is followed for, seconds. 1 to 86,400.</summary>
    public int LongestRetryAfterSeconds { get; init; } = 300;

    /// <summary>The Iceberg lake beside the store.</summary>
    public LakeSettings Lake { get; init; } = new();

    /// <summary>Runs of scenarios.</summary>
    public ScenarioSettings Scenarios { get; init; } = new();

    /// <summary>How processes share a PostgreSQL database.</summary>
    public WorkerSettings Worker { get; init; } = new();

    /// <summary>How places outside follow the store.</summary>
    public SinkSettings Sinks { get; init; } = new();

    /// <summary>Real-time prices.</summary>
    public TickServiceOptions Ticks { get; init; } = new();

    /// <summary>Redis, which keeps latest prices and answers for several API servers; null: not used.</summary>
    public RedisOptions? Redis { get; init; }

    /// <summary>Where secrets are kept; null: file and environment alone.</summary>
    public VaultOptions? Vault { get; init; }

    /// <summary>Where lineage is told; null: nowhere.</summary>
    public LineageOptions? Lineage { get; init; }

    /// <summary>Kafka; null: not used.</summary>
    public KafkaOptions? Kafka { get; init; }

    /// <summary>Schema registry of the events; null: not used.</summary>
    public RegistryOptions? Registry { get; init; }

    /// <summary>S3 for archive, lake and exports; null: all of it is on the local disk.</summary>
    public S3Options? S3 { get; init; }

    /// <summary>The REST catalog of the lake's tables; null: the lake's folders are the catalog.</summary>
    public IcebergOptions? Iceberg { get; init; }

    /// <summary>lakeFS, which mirrors branches of curves; null: it is not used.</summary>
    public LakeFsOptions? LakeFs { get; init; }

    /// <summary>PostgreSQL as the database of the store; null: the file in the data directory is.</summary>
    public PostgresOptions? Postgres { get; init; }

    /// <summary>ClickHouse, which has a copy of prices, curves and market rows for analysis; null: not used.</summary>
    public ClickHouseOptions? ClickHouse { get; init; }

    /// <exception cref="OptionsException">A value is out of its range; the message says which, and the range.</exception>
    public AurumOptions Checked()
    {
        Lake.Check();
        Ticks.Check();
        Scenarios.Check();
        Sinks.Check();
        Worker.Check();
        Range(nameof(Port), Port, 0, 65_535, "");
        Range(nameof(LookbackDays), LookbackDays, 0, 3_660, "days");
        Range(nameof(LeastRefreshMinutes), LeastRefreshMinutes, 1, 1_440, "minutes");
        Range(nameof(MaxLedgerAgeHours), MaxLedgerAgeHours, 0.01, 8_784, "hours");
        Range(nameof(CurveMoveDays), CurveMoveDays, 1, 30, "as-of dates");
        Range(nameof(StoreMemoryMiB), StoreMemoryMiB, 256, 1 << 20, "MiB");
        Range(nameof(StoreThreads), StoreThreads, 0, 256, "threads");
        Range(nameof(StoreTickDays), StoreTickDays, 0, 36_500, "days");
        Range(nameof(StoreDeadLetterDays), StoreDeadLetterDays, 0, 36_500, "days");
        Range(nameof(StoreCurvePointDays), StoreCurvePointDays, 0, 36_500, "days");
        Range(nameof(CacheMiB), CacheMiB, 0, 16_384, "MiB");
        Range(nameof(LongestRetryAfterSeconds), LongestRetryAfterSeconds, 1, 86_400, "seconds");
        if (!IPAddress.TryParse(Bind, out _))
        {
            throw new OptionsException($"Bind: expected an IP address like 127.0.0.1, found '{Bind}'");
        }

        try
        {
            _ = Asked();
            Kafka?.Check();
        }
        catch (ArgumentException e)
        {
            throw new OptionsException(e.Message);
        }

        CurveExports.Check();
        CheckEngines();
        CheckNeeds();
        foreach (var (name, site) in Sites)
        {
            site.Check(name);
        }

        foreach (var (name, limits) in FeedLimits)
        {
            limits.Check(name);
        }

        return this;
    }

    /// <summary>What needs several engines at once.</summary>
    private void CheckNeeds()
    {
        if (Scenarios.OverKafka && (Kafka is null || Registry is null || Postgres is null))
        {
            var missing = (Kafka is null ? "Kafka:BootstrapServers" : Registry is null ? "Registry:Url" : "Postgres:Dsn") + " is not set";
            throw new OptionsException(
                $"Scenarios:OverKafka: expected Kafka, a schema registry and PostgreSQL, which workers share; {missing}");
        }

        if (Kafka is { Ticks: true } && Registry is null)
        {
            throw new OptionsException(
                "Kafka:Ticks: expected a schema registry, which numbers the schemas of events; set Registry:Url or SCHEMA_REGISTRY_URL");
        }
    }

    /// <summary>The engines that are used; one line each.</summary>
    private void CheckEngines()
    {
        try
        {
            Postgres?.Check();
            ClickHouse?.Check();
            Redis?.Check();
            Registry?.Check();
            Vault?.Check();
            Lineage?.Check();
            S3?.Check();
            Iceberg?.Check();
            LakeFs?.Check();
        }
        catch (ArgumentException e)
        {
            throw new OptionsException(e.Message);
        }
    }

    /// <summary>The same, where engines ask for the present value of a password or token whenever they sign in.</summary>
    public AurumOptions With(ILiveSecrets secrets) => this with
    {
        Postgres = Postgres?.With(secrets),
        ClickHouse = ClickHouse?.With(secrets),
        Redis = Redis?.With(secrets),
        Lineage = Lineage?.With(secrets),
        Kafka = Kafka?.With(secrets),
        Registry = Registry?.With(secrets),
        S3 = S3?.With(secrets),
        Iceberg = Iceberg?.With(secrets),
        LakeFs = LakeFs?.With(secrets),
    };

    /// <summary>What is asked for in place of the feeds' own requests.</summary>
    /// <exception cref="ArgumentException">A list is wrong; the message says which.</exception>
    public RequestChoices Asked() => new(SeriesLists.Of(Series), Aurum.Sources.AllNodes.Of(AllNodes));

    internal static void Range(string name, double value, double least, double most, string unit)
    {
        if (!(value >= least && value <= most))
        {
            throw new OptionsException($"{name}: expected {least} to {most} {unit}".TrimEnd() + $", found {value}");
        }
    }
}

/// <summary>A setting is wrong. The message says which, what is expected and what was found.</summary>
internal sealed class OptionsException(string message) : Exception(message);
