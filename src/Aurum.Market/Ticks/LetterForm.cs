namespace Aurum.Market.Ticks;

/// <summary>What has to be known of a stream to read a dead letter's bytes again: a row or a record cannot be read by itself.</summary>
/// <param name="Format"><c>csv</c> or <c>binary</c>.</param>
/// <param name="Market">Market of rows that name none.</param>
/// <param name="Source">Source of rows that name none.</param>
/// <param name="Prelude">What stands before it in its stream: a file's header, the record that names what a tick is of.</param>
public sealed record LetterForm(string Format, string Market, string Source, ReadOnlyMemory<byte> Prelude)
{
    public const string Csv = "csv";
    public const string Binary = "binary";
}
