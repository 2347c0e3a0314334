namespace Aurum.Market.Feeds;

/// <summary>Takes the rows of one file, in batches, in the order of the file.</summary>
public interface IRowOutput<TRow>
    where TRow : struct
{
    /// <summary>Takes a batch. Must not keep the span.</summary>
    void OnRows(ReadOnlySpan<TRow> rows);
}
