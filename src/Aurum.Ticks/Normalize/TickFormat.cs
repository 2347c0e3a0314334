namespace Aurum.Ticks.Normalize;

/// <summary>How a stream of messages is written.</summary>
public enum TickFormat
{
    /// <summary>One JSON message a line, of contract B or A.</summary>
    JsonLines,

    /// <summary>A header and one row a line.</summary>
    Csv,

    /// <summary>Length-prefixed records with checksums, see <see cref="BinaryTicks"/>.</summary>
    Binary,
}
