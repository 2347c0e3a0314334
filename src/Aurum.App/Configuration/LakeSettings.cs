namespace Aurum.App.Configuration;

/// <summary>The Iceberg lake beside the store: <c>Lake:Enabled</c> and its like.</summary>
internal sealed record LakeSettings
{
    /// <summary>Whether servers write it, and whether commands that list it bring it up to date first. A price costs some 5
    /// microseconds of CPU, a quarter of its ingest: two minutes of a core for the 20 million of a full day. The store's
    /// commits do not wait for it. So it is on.</summary>
    public bool Enabled { get; init; } = true;

    /// <summary>Time between two looks at the store, seconds. 1 to 86,400. Longer makes larger files.</summary>
    public int SyncSeconds { get; init; } = 300;

    /// <summary>Rows of a commit at most, unless one delivery has more. 1,000 to 100,000,000.</summary>
    public long BatchRows { get; init; } = 2_000_000;

    /// <summary>Size that files are put together to, MiB. 1 to 4,096.</summary>
    public int TargetFileMiB { get; init; } = 512;

    /// <summary>Memory of the lake's engine before it spills to disk, MiB. 64 to 1,048,576.</summary>
    public int MemoryMiB { get; init; } = 512;

    /// <summary>Snapshots that are kept whatever their age. 1 to 1,000,000.</summary>
    public int KeptSnapshots { get; init; } = 4;

    /// <summary>Days that snapshots are kept. 0 to 36,600.</summary>
    public int KeptDays { get; init; } = 7;

    public void Check()
    {
        AurumOptions.Range("Lake:SyncSeconds", SyncSeconds, 1, 86_400, "seconds");
        AurumOptions.Range("Lake:BatchRows", BatchRows, 1_000, 100_000_000, "rows");
        AurumOptions.Range("Lake:TargetFileMiB", TargetFileMiB, 1, 4_096, "MiB");
        AurumOptions.Range("Lake:MemoryMiB", MemoryMiB, 64, 1 << 20, "MiB");
        AurumOptions.Range("Lake:KeptSnapshots", KeptSnapshots, 1, 1_000_000, "snapshots");
        AurumOptions.Range("Lake:KeptDays", KeptDays, 0, 36_600, "days");
    }
}
