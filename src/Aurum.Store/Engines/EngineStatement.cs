using NodaTime;

namespace Aurum.Store.Engines;

/// <summary>A prepared statement. Arguments are bound in order: <c>statement.Bind(feed).Bind(day).Run()</c> fills $1 and
/// $2.</summary>
internal abstract class EngineStatement : IDisposable
{
    /// <summary>Whether it is a query and nothing else.</summary>
    public abstract bool IsQuery { get; }

    /// <summary>Columns of its result.</summary>
    public abstract int ColumnCount { get; }

    public abstract string ColumnName(int column);

    public abstract EngineType ColumnType(int column);

    public abstract EngineStatement Bind(bool value);

    public abstract EngineStatement Bind(int value);

    public abstract EngineStatement Bind(long value);

    public abstract EngineStatement Bind(double value);

    public abstract EngineStatement Bind(LocalDate? date);

    public abstract EngineStatement Bind(Instant? instant);

    public abstract EngineStatement Bind(string? text);

    public abstract EngineStatement BindNull();

    public EngineStatement Bind(bool? value) => value is { } known ? Bind(known) : BindNull();

    public EngineStatement Bind(int? value) => value is { } known ? Bind(known) : BindNull();

    public EngineStatement Bind(long? value) => value is { } known ? Bind(known) : BindNull();

    /// <summary>Runs the statement, forgets the arguments and returns the rows that it changed.</summary>
    public abstract long Run();

    /// <summary>Runs the statement and hands its rows over in chunks while the engine still works. The result must be disposed
    /// before anything else runs on the connection.</summary>
    public abstract EngineRows Query();

    public abstract void Dispose();
}
