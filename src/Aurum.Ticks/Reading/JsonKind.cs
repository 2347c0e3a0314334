namespace Aurum.Ticks.Reading;

/// <summary>What a JSON value is.</summary>
internal enum JsonKind : byte
{
    Null,
    Text,
    Number,
    Bool,
    Object,
    Array,
}
