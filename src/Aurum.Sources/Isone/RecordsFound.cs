using Aurum.Market.Feeds;
using Aurum.Market.Text;

namespace Aurum.Sources.Isone;

/// <summary>What an answer holds beside its records: whether the list is there at all, and what stands there in its place.</summary>
internal sealed class RecordsFound
{
    private const int MostWords = 20;

    private static readonly string[] WordsOfErrors = ["error", "message", "fault", "exception"];

    private readonly List<(string Name, string Text)> _others = [];

    /// <summary>Whether the answer has the list, be it empty.</summary>
    public bool HasList { get; set; }

    /// <summary>Takes something that is not the list.</summary>
    public void Other(string name, string text)
    {
        if (_others.Count < MostWords)
        {
            _others.Add((name, text));
        }
    }

    /// <summary>The outcome of an answer that says in the publisher's words why it has no list; null where it has one.</summary>
    /// <exception cref="FeedFormatException">It has neither.</exception>
    public ParseResult? Refusal(RecordValues record)
    {
        if (HasList)
        {
            return null;
        }

        var words = _others.Where(o => o.Text.Length > 0 && IsError(o.Name)).Select(o => o.Text).ToList();
        if (words.Count > 0)
        {
            return ParseResult.Unavailable($"ISO New England answers: {string.Join("; ", words)}");
        }

        var names = _others.Select(o => o.Name).ToList();
        var nearest = NearestName.To(record.Shape.List, names);
        var found = names.Count == 0 ? "nothing" : string.Join(", ", names);
        throw new FeedFormatException(
            record.File, "", $"a list {record.Shape.List}", nearest is null ? found : $"{found} (nearest: {nearest})");
    }

    private static bool IsError(string name) =>
        Array.Exists(WordsOfErrors, word => name.Contains(word, StringComparison.OrdinalIgnoreCase));
}
