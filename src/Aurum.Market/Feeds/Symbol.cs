using System.Text;

namespace Aurum.Market.Feeds;

/// <summary>A short text that many rows repeat (a fuel, a product), kept once per file.</summary>
public sealed class Symbol(string text) : IEquatable<Symbol>
{
    public string Text { get; } = text;

    public ReadOnlyMemory<byte> Utf8 { get; } = Encoding.UTF8.GetBytes(text);

    public bool Equals(Symbol? other) => other is not null && other.Text == Text;

    public override bool Equals(object? obj) => Equals(obj as Symbol);

    public override int GetHashCode() => Text.GetHashCode(StringComparison.Ordinal);

    public override string ToString() => Text;
}
