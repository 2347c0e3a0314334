using Aurum.Store.Objects;

namespace Aurum.Store;

/// <summary>Where the store keeps its state and how much of the machine it may take. Checked when the store opens.</summary>
/// <param name="DataDirectory">Folder of all state: <c>aurum.duckdb</c>, <c>archive/</c>, <c>ticks/</c>, <c>tmp/</c>,
/// <c>aurum.lock</c>.</param>
public sealed record StoreOptions(string DataDirectory)
{
    /// <summary>Memory of the engine in MiB, 64 to 1,048,576; default 2,048. Beyond it, the engine spills to
    /// <c>tmp/</c>.</summary>
    public int MemoryLimitMiB { get; init; } = 2048;

    /// <summary>Threads of the engine, 1 to 256; default 0: one for each processor.</summary>
    public int Threads { get; init; }

    /// <summary>Size of the write-ahead log in MiB at which it is folded into the file, 1 to 16,384; default 256.</summary>
    public int CheckpointMiB { get; init; } = 256;

    /// <summary>Whether the write-ahead log is folded into the file when the store is closed; default true. A store that is left
    /// with its log reads it when it is opened next.</summary>
    public bool FoldsAtClose { get; init; } = true;

    /// <summary>Whether small groups of rows are put together when the log is folded in; default true. It takes 100 MB for tables of many
    /// columns; what is left is done by the next one that may.</summary>
    public bool CompactsWhenFolding { get; init; } = true;

    /// <summary>Disk space for spilling in MiB, 0 to 16,777,216; default 65,536.</summary>
    public int MaxTempMiB { get; init; } = 65_536;

    /// <summary>Rows of a delivery up to which they are compared in memory, 0 to 65,536; default 32,768, which holds a vendor's workbook.
    /// With more of them, the engine compares.</summary>
    public int MostRowsInMemory { get; init; } = 32_768;

    /// <summary>Whether rows alone are kept, without deliveries, files, ledger and places: for a store that is held against another one
    /// and thrown away. Default false.</summary>
    public bool RowsOnly { get; init; }

    /// <summary>How long an intake waits for another one of the same feed, in seconds, 1 to 86,400; default 600.</summary>
    public int IntakeWaitSeconds { get; init; } = 600;

    /// <summary>Largest body that the archive takes, in bytes, 1 to 2^40; default 8 GiB.</summary>
    public long MaxArchivedBytes { get; init; } = 8L << 30;

    /// <summary>Where what is archived is kept beside the folder, before anybody parses it; null: in the folder alone.</summary>
    public IObjectStore? ArchiveObjects { get; init; }

    /// <summary>Bytes of bodies in the archive's folder that <see cref="ArchiveObjects"/> has too, 0 to 2^44; default 0: all
    /// stay.</summary>
    public long MaxLocalArchiveBytes { get; init; }

    /// <summary>Days that ticks are kept after they were stored, 0 to 36,500; default 0: for good. Bars are always kept.</summary>
    public int TickDays { get; init; }

    /// <summary>Days that dead letters are kept after they were stored, sent again or not, 0 to 36,500; default 0: for good.</summary>
    public int DeadLetterDays { get; init; }

    /// <summary>Days that quotes of forward curves are kept after they were stored, 0 to 36,500; default 0: for good. The last quote of
    /// each month of a curve is always kept.</summary>
    public int CurvePointDays { get; init; }

    /// <summary>Who opens the store, for the message that a second opener gets: an HTTP address or a command.</summary>
    public string Holder { get; init; } = "";

    /// <exception cref="ArgumentOutOfRangeException">A value outside of its range.</exception>
    internal void Check()
    {
        Range(MemoryLimitMiB, 64, 1 << 20, nameof(MemoryLimitMiB));
        Range(Threads, 0, 256, nameof(Threads));
        Range(CheckpointMiB, 1, 1 << 14, nameof(CheckpointMiB));
        Range(MaxTempMiB, 0, 1 << 24, nameof(MaxTempMiB));
        Range(MostRowsInMemory, 0, 1 << 16, nameof(MostRowsInMemory));
        Range(IntakeWaitSeconds, 1, 86_400, nameof(IntakeWaitSeconds));
        Range(TickDays, 0, 36_500, nameof(TickDays));
        Range(DeadLetterDays, 0, 36_500, nameof(DeadLetterDays));
        Range(CurvePointDays, 0, 36_500, nameof(CurvePointDays));
        Range(MaxLocalArchiveBytes, 0, 1L << 44, nameof(MaxLocalArchiveBytes));
        Range(MaxArchivedBytes, 1, 1L << 40, nameof(MaxArchivedBytes));
    }

    private static void Range(long value, long from, long to, string name)
    {
        if (value < from || value > to)
        {
            throw new ArgumentOutOfRangeException(name, value, $"{name} must be {from} to {to}");
        }
    }
}
