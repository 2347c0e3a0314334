namespace Aurum.Store.Engines;

/// <summary>A database engine refused or failed; the message is the engine's own, followed by the statement it was about.</summary>
public abstract class EngineException : Exception
{
    private const int MostCharacters = 600;

    internal EngineException(string message, string? sql, Exception? inner = null)
        : base(sql is null ? message : $"{message}\n{Short(sql)}", inner)
    {
    }

    /// <summary>Whether the same may work when it is tried again: the engine was not reached, was stopped, or gave way to another
    /// transaction.</summary>
    public virtual bool IsTransient => false;

    /// <summary>Whether it stays so until a person does something: a password, a right, a database or a table that is not there.</summary>
    public virtual bool NeedsPerson => false;

    /// <summary>The message without the statement.</summary>
    public string Reason => Message.Split('\n', 2)[0];

    private static string Short(string sql) =>
        sql.Length <= MostCharacters ? sql : string.Concat(sql.AsSpan(0, MostCharacters - 3), "...");
}
