namespace Aurum.Market.Feeds;

/// <summary>An output that keeps all rows in memory: for small files, the command line and tests.</summary>
public sealed class RowList<TRow> : IRowOutput<TRow>
    where TRow : struct
{
    public List<TRow> Rows { get; } = [];

    public void OnRows(ReadOnlySpan<TRow> rows) => Rows.AddRange(rows);
}
