namespace Aurum.Store.Reading;

/// <summary>A column of a result.</summary>
public sealed record ResultColumn(string Name, ResultKind Kind);

/// <summary>What the cells of a column are. Other types of the engine come as their text.</summary>
public enum ResultKind
{
    Text,
    Number,
    Whole,
    Instant,
    Date,
    Boolean,
}
