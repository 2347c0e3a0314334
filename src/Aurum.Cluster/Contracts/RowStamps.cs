using Aurum.Store.Reading;

namespace Aurum.Cluster.Contracts;

/// <summary>What the store says of each row: when it was known, which revision it is, the file that it is from.</summary>
internal sealed class RowStamps(RowColumns at)
{
    private readonly int _known = at["known_at"];
    private readonly int _revision = at["revision"];
    private readonly int _file = at["file_id"];

    /// <summary>Microseconds since 1970, number, number.</summary>
    public (long KnownMicros, long Revision, long File) Of(RowReader rows, int row) =>
        (rows.InstantMicros(_known, row), rows.Whole(_revision, row), rows.Whole(_file, row));
}
