using System.Text.RegularExpressions;

namespace Aurum.Market.Feeds;

/// <summary>Name of a feed: publisher and dataset in kebab case, for example <c>caiso/day-ahead-lmp</c>. The same text in
/// CLI, URL, archive, log and metric.</summary>
public readonly partial record struct FeedId : IComparable<FeedId>
{
    public FeedId(string text)
    {
        if (!Form().IsMatch(text))
        {
            throw new ArgumentException(
                $"'{text}' is not a feed id: expected publisher/dataset in kebab case, like caiso/day-ahead-lmp");
        }

        Text = text;
    }

    public string Text { get; }

    public string Publisher => Text[..Text.IndexOf('/', StringComparison.Ordinal)];

    public string Dataset => Text[(Text.IndexOf('/', StringComparison.Ordinal) + 1)..];

    public int CompareTo(FeedId other) => string.CompareOrdinal(Text, other.Text);

    public static bool operator <(FeedId left, FeedId right) => left.CompareTo(right) < 0;

    public static bool operator >(FeedId left, FeedId right) => left.CompareTo(right) > 0;

    public static bool operator <=(FeedId left, FeedId right) => left.CompareTo(right) <= 0;

    public static bool operator >=(FeedId left, FeedId right) => left.CompareTo(right) >= 0;

    public override string ToString() => Text;

    [GeneratedRegex("^[a-z0-9]+(-[a-z0-9]+)*/[a-z0-9]+(-[a-z0-9]+)*$")]
    private static partial Regex Form();
}
