using Aurum.Store.Sql;

namespace Aurum.Store.Rows;

/// <summary>What the rows of a delivery became.</summary>
internal readonly record struct RowCounts(long New, long Changed, long Identical, long Duplicate, long Quarantined)
{
    public long Total => New + Changed + Identical + Duplicate + Quarantined;

    public static RowCounts operator +(RowCounts left, RowCounts right) => new(
        left.New + right.New,
        left.Changed + right.Changed,
        left.Identical + right.Identical,
        left.Duplicate + right.Duplicate,
        left.Quarantined + right.Quarantined);

    /// <summary>Counts of one kind, by its number in <see cref="RowTableSql"/>.</summary>
    public static RowCounts Of(int what, long count) => what switch
    {
        RowTableSql.New => new(count, 0, 0, 0, 0),
        RowTableSql.Changed => new(0, count, 0, 0, 0),
        RowTableSql.Identical => new(0, 0, count, 0, 0),
        RowTableSql.Duplicate => new(0, 0, 0, count, 0),
        RowTableSql.Conflict => new(0, 0, 0, 0, count),
        _ => throw new ArgumentOutOfRangeException(nameof(what), what, "unknown kind of row"),
    };
}

/// <summary>Counts by file.</summary>
internal sealed class FileCounts
{
    private readonly Dictionary<long, RowCounts> _counts = [];

    public RowCounts Total => _counts.Values.Aggregate(default(RowCounts), (sum, counts) => sum + counts);

    public RowCounts this[long fileId] => _counts.GetValueOrDefault(fileId);

    public void Add(long fileId, RowCounts counts) => _counts[fileId] = _counts.GetValueOrDefault(fileId) + counts;
}
