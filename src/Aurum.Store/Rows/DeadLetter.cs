using Aurum.Market.Feeds;
using Aurum.Store.Archive;

namespace Aurum.Store.Rows;

/// <summary>A file, or a part of one, that could not be read: where, what was expected, what was found.</summary>
/// <param name="File">The archived file; one of those that are committed with it.</param>
/// <param name="Place">File, line, cell or path.</param>
/// <param name="Expected">What the feed documents.</param>
/// <param name="Found">What stood there.</param>
public sealed record DeadLetter(FileRecord File, string Place, string Expected, string Found)
{
    public static DeadLetter Of(FileRecord file, FeedFormatException error) =>
        new(file, error.Place.Length == 0 ? error.File : $"{error.File}:{error.Place}", error.Expected, error.Found);
}
