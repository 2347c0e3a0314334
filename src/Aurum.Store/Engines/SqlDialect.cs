namespace Aurum.Store.Engines;

/// <summary>The few things that engines write in SQL in ways of their own. All other statements are the same for each of
/// them.</summary>
internal abstract class SqlDialect
{
    /// <summary>A statement that makes or alters a table, with the types that DuckDB has for its columns, as this engine writes
    /// it.</summary>
    public abstract string Table(string statement);

    /// <summary>A statement that makes a view, as this engine writes it.</summary>
    public abstract string View(string statement);

    /// <summary>A list of texts without those that are null.</summary>
    public abstract string ListOfKnown(IEnumerable<string> texts);

    /// <summary>A list of one text.</summary>
    public abstract string ListOf(string text);

    /// <summary>A row for each day from a date through another.</summary>
    public abstract string Days(string first, string last);

    /// <summary>The nine deciles of a column as a text <c>[1.5, 2.0, ...]</c>; null where no value is known.</summary>
    public abstract string Deciles(string column);

    /// <summary>The engine's own name for the place of a row.</summary>
    public abstract string RowPlace { get; }

    /// <summary>Deletes a piece of a table, its eldest rows first: $1 is for the condition, $2 how many rows it is about at
    /// most.</summary>
    public abstract string DeletePiece(string table, string condition);
}
