using Aurum.Market.Time;

namespace Aurum.Market.Feeds;

/// <summary>One fetched file, as the publisher sent it: a name and bytes that can be read as often as needed.</summary>
/// <param name="Name">The publisher's own name where it gives one (Content-Disposition,
/// path), else one made from the request.</param>
/// <param name="Open">Opens the bytes for reading from the start. The caller disposes the stream.</param>
/// <param name="Day">The operating day that was asked for; null when a person hands over a file.</param>
public sealed record FeedFile(string Name, Func<Stream> Open, OperatingDay? Day = null)
{
    /// <summary>Whether the bytes are a publisher's answer, as it came: then a line without an end is a cut one. A file that went
    /// through a person's hands may have lost it in an editor.</summary>
    public bool IsAnswer { get; init; }

    public static FeedFile FromBytes(string name, ReadOnlyMemory<byte> content, OperatingDay? day = null)
    {
        var bytes = content.ToArray();
        return new FeedFile(name, () => new MemoryStream(bytes, writable: false), day);
    }

    public static FeedFile FromPath(string path, OperatingDay? day = null) =>
        new(Path.GetFileName(path), () => new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, 1 << 16), day);
}
