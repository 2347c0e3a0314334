namespace Aurum.Cluster;

/// <summary>How a look at an engine ended.</summary>
public enum EngineState
{
    /// <summary>As it should be.</summary>
    Well,

    /// <summary>It works, but not as it should: old version, missing right, setting that will hurt.</summary>
    Warned,

    /// <summary>It can't be used.</summary>
    Failed,
}

/// <summary>One thing that was found about a configured engine, for <c>aurum doctor</c>. Never holds a secret.</summary>
/// <param name="Engine">Name as in the settings: Postgres, Kafka, Registry, ClickHouse, Redis, S3, Iceberg, LakeFs, Vault, Lineage.</param>
/// <param name="State">How it stands.</param>
/// <param name="What">What was looked at and found: <c>PostgreSQL 15.18 at db:5432, schema 9</c>.</param>
/// <param name="ToDo">What to do next; null where nothing is to do.</param>
public sealed record EngineFinding(string Engine, EngineState State, string What, string? ToDo = null);
