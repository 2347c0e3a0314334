using Aurum.Market.Feeds;

namespace Aurum.App.Output;

/// <summary>Hands each batch to two outputs.</summary>
internal sealed class RowTee<TRow>(IRowOutput<TRow> first, IRowOutput<TRow> second) : IRowOutput<TRow>
    where TRow : struct
{
    public void OnRows(ReadOnlySpan<TRow> rows)
    {
        first.OnRows(rows);
        second.OnRows(rows);
    }
}
