namespace Aurum.Market.Feeds;

/// <summary>The beginning of a file, enough to tell which feed it belongs to.</summary>
/// <param name="Name">File name, without folder.</param>
/// <param name="InnerName">Name of the first file inside a zip or gzip; equal to <paramref name="Name"/> otherwise.</param>
/// <param name="Text">The first 64 KiB of the (unpacked) content as text.</param>
public sealed record FileHead(string Name, string InnerName, string Text)
{
    public const int MaxBytes = 64 << 10;

    /// <summary>First line that is not blank, without line end and byte-order mark.</summary>
    public string FirstLine =>
        Text.TrimStart('\uFEFF', ' ', '\r', '\n') is var text && text.IndexOfAny(['\r', '\n']) is var end && end >= 0
            ? text[..end]
            : text;

    public bool Has(string part) => Text.Contains(part, StringComparison.Ordinal);

    public bool HeaderHas(params ReadOnlySpan<string> columns)
    {
        foreach (var column in columns)
        {
            if (!FirstLine.Contains(column, StringComparison.OrdinalIgnoreCase))
            {
                return false;
            }
        }

        return true;
    }
}
