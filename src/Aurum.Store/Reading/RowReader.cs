namespace Aurum.Store.Reading;

/// <summary>Rows of a query as they come, in chunks that are read in place: no object per row or cell.
/// <code>while (reader.NextChunk()) for (var row = 0; row &lt; reader.Count; row++) ... reader.Number(column, row)</code></summary>
public sealed class RowReader : IDisposable
{
    internal RowReader()
    {
    }

    public IReadOnlyList<ResultColumn> Columns => throw new NotImplementedException();

    /// <summary>Rows of the current chunk.</summary>
    public int Count => throw new NotImplementedException();

    /// <summary>Where to go on, once all chunks are read; null at the end of the data.</summary>
    public string? NextCursor => throw new NotImplementedException();

    /// <summary>Whether rows were cut off by the limit, once all chunks are read.</summary>
    public bool IsTruncated => throw new NotImplementedException();

    public bool NextChunk() => throw new NotImplementedException();

    public bool IsNull(int column, int row) => throw new NotImplementedException();

    /// <summary>UTF-8, valid until the next chunk.</summary>
    public ReadOnlySpan<byte> Text(int column, int row) => throw new NotImplementedException();

    public double Number(int column, int row) => throw new NotImplementedException();

    public long Whole(int column, int row) => throw new NotImplementedException();

    /// <summary>Microseconds since 1970-01-01T00:00:00 UTC.</summary>
    public long InstantMicros(int column, int row) => throw new NotImplementedException();

    /// <summary>Days since 1970-01-01.</summary>
    public int DateDays(int column, int row) => throw new NotImplementedException();

    public bool Boolean(int column, int row) => throw new NotImplementedException();

    /// <summary>The cell as string, double, long, Instant, LocalDate, bool or null: for tests and small results.</summary>
    public object? Value(int column, int row) => throw new NotImplementedException();

    public void Dispose()
    {
    }
}

/// <summary>A column of a result.</summary>
public sealed record ResultColumn(string Name, ResultKind Kind);

/// <summary>What the cells of a column are. Other types of the engine come as their text.</summary>
public enum ResultKind
{
    Text,
    Number,
    Whole,
    Instant,
    Date,
    Boolean,
}
