using System.Text;

namespace Aurum.Cluster.ClickHouse.Wire;

/// <summary>Rows of an answer in <c>FORMAT Native</c>, block by block, read in place: <c>while (await reader.Next(cancel)) for (var row
/// = 0; row &lt; reader.Rows; row++) ... reader[0].Whole(row)</c>.</summary>
internal sealed class NativeReader(Stream stream, long maxBytes) : IDisposable
{
    private const int MostColumns = 10_000;

    private readonly NativeInput _input = new(stream, maxBytes);
    private readonly ByteBuffer _text = new();
    private NativeValues[] _columns = [];

    /// <summary>Rows of the block.</summary>
    public int Rows { get; private set; }

    public int ColumnCount => _columns.Length;

    public NativeValues this[int column] => _columns[column];

    public NativeValues this[string name] =>
        Array.Find(_columns, c => c.Name == name) ?? throw new ArgumentException($"the answer has no column {name}", nameof(name));

    /// <summary>Goes on to the next block that has rows; false after the last one.</summary>
    /// <exception cref="ClickHouseException">The answer is cut off, too large, or no block.</exception>
    public async ValueTask<bool> Next(CancellationToken cancel)
    {
        while (!await _input.IsAtEnd(cancel))
        {
            var columns = await _input.Length(cancel);
            Rows = await _input.Length(cancel);
            if (columns > MostColumns)
            {
                throw new ClickHouseException($"ClickHouse: expected at most {MostColumns} columns, found {columns}", code: -1);
            }

            await ReadColumns(columns, cancel);
            if (Rows > 0)
            {
                return true;
            }
        }

        return false;
    }

    public void Dispose()
    {
        _input.Dispose();
        _text.Dispose();
        foreach (var column in _columns)
        {
            // Null where the answer broke off before it.
            column?.Dispose();
        }
    }

    private async ValueTask ReadColumns(int columns, CancellationToken cancel)
    {
        var isFirst = _columns.Length == 0;
        if (isFirst)
        {
            _columns = new NativeValues[columns];
        }

        for (var i = 0; i < columns; i++)
        {
            var name = await Text(cancel);
            var type = await Text(cancel);
            if (isFirst)
            {
                _columns[i] = new NativeValues(name, TypeOf(name, type));
            }

            if (Rows > 0)
            {
                await _columns[i].ReadHead(_input, cancel);
            }

            await _columns[i].Read(_input, Rows, cancel);
        }
    }

    private async ValueTask<string> Text(CancellationToken cancel)
    {
        _text.Clear();
        await _input.Text(_text, cancel);
        return Encoding.UTF8.GetString(_text.Span);
    }

    private static NativeType TypeOf(string name, string type)
    {
        try
        {
            return NativeType.Parse(type);
        }
        catch (FormatException odd)
        {
            throw new ClickHouseException($"ClickHouse: column {name}: {odd.Message}", code: -1, odd);
        }
    }
}
