using System.Text;
using Aurum.Market.Feeds;

namespace Aurum.Curves.Workbooks.Cells;

/// <summary>The texts of a workbook, as UTF-8 one behind the other. A text becomes a string when it is asked for, once.</summary>
internal sealed class CellTexts(string file, int maxBytes)
{
    private readonly List<int> _ends = [];
    private readonly List<string?> _strings = [];
    private byte[] _bytes = new byte[1 << 16];
    private int _length;

    public int Count => _ends.Count;

    /// <summary>Adds a piece to the text that is being put together.</summary>
    /// <exception cref="FeedFormatException">The texts are longer than the limit.</exception>
    public void Append(ReadOnlySpan<byte> piece)
    {
        if (piece.Length > maxBytes - _length)
        {
            throw new FeedFormatException(file, "", $"texts of at most {maxBytes} bytes", "longer ones");
        }

        if (_length + piece.Length > _bytes.Length)
        {
            Array.Resize(ref _bytes, (int)Math.Min(Math.Max((long)_bytes.Length * 2, _length + piece.Length), maxBytes));
        }

        piece.CopyTo(_bytes.AsSpan(_length));
        _length += piece.Length;
    }

    /// <summary>Forgets all texts.</summary>
    public void Clear()
    {
        _ends.Clear();
        _strings.Clear();
        _length = 0;
    }

    /// <summary>Ends the text that is being put together.</summary>
    /// <returns>Its number.</returns>
    public int End()
    {
        _ends.Add(_length);
        _strings.Add(null);
        return _ends.Count - 1;
    }

    public ReadOnlySpan<byte> Utf8(int id)
    {
        var start = id == 0 ? 0 : _ends[id - 1];
        return _bytes.AsSpan(start, _ends[id] - start);
    }

    public string Text(int id) => _strings[id] ??= Encoding.UTF8.GetString(Utf8(id));
}
