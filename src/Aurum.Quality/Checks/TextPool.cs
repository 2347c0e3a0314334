using System.Text;
using Aurum.Market.Feeds;

namespace Aurum.Quality.Checks;

/// <summary>Numbers the distinct texts of a column from 0, in the order of their first appearance.</summary>
internal sealed class TextPool
{
    private readonly Utf8Table<Entry> _codes = new();
    private readonly List<string> _texts = [];

    public int Count => _texts.Count;

    /// <summary>Number of the empty text; -1 where none was seen.</summary>
    public int EmptyCode { get; private set; } = -1;

    public string TextOf(int code) => _texts[code];

    public bool Contains(string text) => _codes.TryGet(Encoding.UTF8.GetBytes(text), out _);

    public int CodeOf(ReadOnlySpan<byte> text) => _codes.TryGet(text, out var entry) ? entry.Code : Add(text);

    private int Add(ReadOnlySpan<byte> text)
    {
        var entry = new Entry(_texts.Count);
        _codes.Add(text, entry);
        _texts.Add(Encoding.UTF8.GetString(text));
        if (text.IsEmpty)
        {
            EmptyCode = entry.Code;
        }

        return entry.Code;
    }

    private sealed record Entry(int Code);
}
