using NodaTime;

namespace Aurum.Cluster.Lineage;

/// <summary>Where a run stands.</summary>
public enum LineageState
{
    Start,

    /// <summary>It goes on: what it has done so far.</summary>
    Running,
    Complete,
    Fail,
}

/// <summary>A run event of OpenLineage: what a job read and wrote.</summary>
/// <param name="State">Where the run stands.</param>
/// <param name="At">When that was.</param>
/// <param name="RunId">Its run; the same for all events of it.</param>
/// <param name="Job">The job.</param>
public sealed record LineageEvent(LineageState State, Instant At, Guid RunId, LineageJob Job)
{
    /// <summary>Where the run stands, as the specification writes it.</summary>
    public string Type => State.ToString().ToUpperInvariant();

    /// <summary>The time that the run is for: an operating day.</summary>
    public Interval? Nominal { get; init; }

    /// <summary>Why it failed.</summary>
    public string? Error { get; init; }

    /// <summary>The run that this one is part of, and its job.</summary>
    public (Guid RunId, string Job)? Parent { get; init; }

    /// <summary>Rows that were written and held back, and what else is ours to say: facet <c>aurumMetadata</c>. Values are numbers or
    /// text.</summary>
    public IReadOnlyDictionary<string, object> Metadata { get; init; } = new Dictionary<string, object>();

    public IReadOnlyList<LineageDataset> Inputs { get; init; } = [];

    public IReadOnlyList<LineageDataset> Outputs { get; init; } = [];
}

/// <summary>A job.</summary>
/// <param name="Name">Unique in the namespace of <see cref="LineageOptions.Namespace"/>: <c>ingest.caiso/day-ahead-lmp</c>.</param>
/// <param name="Description">What it does, for people.</param>
/// <param name="SourcePath">File of the program that does it, from the root of the repository.</param>
public sealed record LineageJob(string Name, string Description, string SourcePath)
{
    /// <summary>Whether it never ends: STREAMING in place of BATCH.</summary>
    public bool IsStream { get; init; }
}

/// <summary>A dataset, as OpenLineage names it.</summary>
/// <param name="Namespace">Where it is: <c>postgres://db:5432</c>, <c>s3://bucket</c>, <c>kafka://broker:9092</c>, <c>file</c>.</param>
/// <param name="Name">Its name there.</param>
public sealed record LineageDataset(string Namespace, string Name)
{
    /// <summary>Namespace and name with a slash between.</summary>
    public string FullName => $"{Namespace}/{Name}";

    /// <summary>Columns with their types.</summary>
    public IReadOnlyList<LineageField> Fields { get; init; } = [];

    /// <summary>Address of what holds it.</summary>
    public Uri? Source { get; init; }

    /// <summary>Which version was read or written.</summary>
    public string? Version { get; init; }

    /// <summary>What is done to it: CREATE, OVERWRITE, ALTER, ...; null: rows come and go.</summary>
    public string? Lifecycle { get; init; }

    /// <summary>Rows that were read or written; null: not counted.</summary>
    public long? Rows { get; init; }

    /// <summary>Bytes that were read or written; null: not counted.</summary>
    public long? Bytes { get; init; }

    /// <summary>Files that were read or written; null: not counted.</summary>
    public long? Files { get; init; }

    /// <summary>What is in its columns; empty: not looked at.</summary>
    public IReadOnlyDictionary<string, ColumnMetrics> Metrics { get; init; } = new Dictionary<string, ColumnMetrics>();

    /// <summary>Which columns of which dataset its columns are made of.</summary>
    public IReadOnlyList<ColumnOrigin> Origins { get; init; } = [];
}

/// <summary>A column.</summary>
/// <param name="Name">Name.</param>
/// <param name="Type">Type: text, number, instant, date, boolean, whole.</param>
/// <param name="Description">What it is; null: not said.</param>
public sealed record LineageField(string Name, string Type, string? Description = null);

/// <summary>What is in a column.</summary>
/// <param name="Count">Values.</param>
/// <param name="NullCount">Cells without a value.</param>
/// <param name="Min">Least value; null for what is no number.</param>
/// <param name="Max">Greatest value.</param>
/// <param name="Sum">Sum of values.</param>
public sealed record ColumnMetrics(long Count, long NullCount, double? Min = null, double? Max = null, double? Sum = null);

/// <summary>What a column is made of.</summary>
/// <param name="Column">The column.</param>
/// <param name="From">The dataset that is read.</param>
/// <param name="FromColumn">Its column.</param>
/// <param name="Subtype">How: IDENTITY, TRANSFORMATION or AGGREGATION.</param>
public sealed record ColumnOrigin(string Column, LineageDataset From, string FromColumn, string Subtype = "IDENTITY");
