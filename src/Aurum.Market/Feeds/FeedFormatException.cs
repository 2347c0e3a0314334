namespace Aurum.Market.Feeds;

/// <summary>A publisher's file is not what its feed documents. Says where, what was expected and what was found.</summary>
/// <remarks><c>spp.csv:2: expected a decimal in LMP, found 'n/a'</c></remarks>
public sealed class FeedFormatException : Exception
{
    /// <param name="file">Name of the file, with the name inside a zip after a slash.</param>
    /// <param name="place">Line number, cell address or JSON path; empty where it concerns the whole file.</param>
    /// <param name="expected">What the feed documents.</param>
    /// <param name="found">What stood there, as text; long text is cut.</param>
    /// <param name="inner">What the reader below said, where there was one.</param>
    public FeedFormatException(string file, string place, string expected, string found, Exception? inner = null)
        : base($"{file}{(place.Length == 0 ? "" : ":" + place)}: expected {expected}, found {Cut(found)}", inner)
    {
        File = file;
        Place = place;
        Expected = expected;
        Found = Cut(found);
    }

    public string File { get; }

    public string Place { get; }

    public string Expected { get; }

    public string Found { get; }

    private static string Cut(string text) => text.Length <= 160 ? text : string.Concat(text.AsSpan(0, 157), "...");
}
