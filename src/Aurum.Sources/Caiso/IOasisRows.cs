using Aurum.Market.Feeds;

namespace Aurum.Sources.Caiso;

/// <summary>The rows of one OASIS file, from CSV or from XML.</summary>
internal interface IOasisRows
{
    string File { get; }

    /// <summary>Line of the current row.</summary>
    long Line { get; }

    /// <summary>A field of the current row; empty where the report has no such field. Valid until the next
    /// <see cref="Read"/>.</summary>
    ReadOnlySpan<byte> this[OasisField field] { get; }

    /// <summary>What the publisher says in place of rows; null where it gives rows. Known at the end.</summary>
    OasisError? Error { get; }

    /// <summary>Unknown columns.</summary>
    IReadOnlyList<string> Notes { get; }

    bool Read();

    FeedFormatException Unexpected(OasisField field, string expected);
}
