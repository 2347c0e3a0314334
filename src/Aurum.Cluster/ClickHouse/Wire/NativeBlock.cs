namespace Aurum.Cluster.ClickHouse.Wire;

/// <summary>Rows by columns, as <c>FORMAT Native</c> sends them. Filled column by column or row by row, sent, cleared and filled again: its
/// memory is pooled.</summary>
internal sealed class NativeBlock : IDisposable
{
    /// <summary>Rows that a block should have: what the server makes of its own data.</summary>
    public const int UsualRows = 65_536;

    private readonly ByteBuffer _head = new();
    private readonly NativeColumn[] _columns;

    /// <param name="columns">Names and types.</param>
    public NativeBlock(IEnumerable<(string Name, string Type)> columns) =>
        _columns = [.. columns.Select(static c => new NativeColumn(c.Name, NativeType.Parse(c.Type)))];

    public IReadOnlyList<NativeColumn> Columns => _columns;

    public NativeColumn this[int column] => _columns[column];

    /// <exception cref="ArgumentException">There is none.</exception>
    public NativeColumn this[string name] =>
        Find(name) ?? throw new ArgumentException($"the block has no column {name}", nameof(name));

    /// <summary>Rows in it; every column has as many.</summary>
    public int Rows => _columns[0].Count;

    /// <summary>Bytes in it.</summary>
    public long Bytes => _columns.Sum(static c => c.Bytes);

    /// <summary>The column of a name; null where there is none.</summary>
    public NativeColumn? Find(string name) => Array.Find(_columns, c => c.Name == name);

    public void Clear()
    {
        foreach (var column in _columns)
        {
            column.Clear();
        }
    }

    /// <summary>Sends the block.</summary>
    /// <exception cref="InvalidOperationException">Its columns have not the same number of rows: a defect.</exception>
    public async ValueTask Send(Stream to, CancellationToken cancel)
    {
        var rows = Rows;
        if (Array.Find(_columns, c => c.Count != rows) is { } other)
        {
            throw new InvalidOperationException($"column {_columns[0].Name} has {rows} rows, {other.Name} has {other.Count}");
        }

        _head.Clear();
        _head.WriteLength(_columns.Length);
        _head.WriteLength(rows);
        foreach (var column in _columns)
        {
            WriteText(column.Name);
            WriteText(column.Type.Text);
            column.WriteHead(_head);
            await to.WriteAsync(_head.Written, cancel);
            await column.Send(to, _head, cancel);
            _head.Clear();
        }
    }

    public void Dispose()
    {
        _head.Dispose();
        foreach (var column in _columns)
        {
            column.Dispose();
        }
    }

    private void WriteText(string text)
    {
        var bytes = System.Text.Encoding.UTF8.GetByteCount(text);
        _head.WriteLength(bytes);
        System.Text.Encoding.UTF8.GetBytes(text, _head.Take(bytes));
    }
}
