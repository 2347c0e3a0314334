namespace Aurum.Sources.Reading;

/// <summary>One file, out of an archive or by itself: its names, what it looks like, and its bytes, to be read once.</summary>
public sealed class ArchiveEntry
{
    private readonly EntryStream _content;

    internal ArchiveEntry(string name, string innerName, EntryStream content)
    {
        Name = name;
        InnerName = innerName;
        _content = content;
        content.FillHead();
        Kind = ContentGuard.Classify(content.Head);
    }

    /// <summary>For errors: the archive's name and the name inside it, with a slash between.</summary>
    public string Name { get; }

    /// <summary>The name inside the archive.</summary>
    public string InnerName { get; }

    public ContentKind Kind { get; }

    /// <summary>The bytes, from the start. Length and CRC are checked when the end is reached.</summary>
    public Stream Content => _content;

    /// <summary>The first bytes, up to 4 KiB; also there when <see cref="Content"/> has been read.</summary>
    public ReadOnlySpan<byte> Head => _content.Head;

    /// <summary>Whether <see cref="Head"/> is all there is.</summary>
    public bool IsWhole => _content.HeadIsWhole;
}
