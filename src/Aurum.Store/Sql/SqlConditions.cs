using System.Globalization;
using System.Text;
using Aurum.Store.Engines;

namespace Aurum.Store.Sql;

/// <summary>Conditions of a query that are added one by one, with their arguments: <c>And("price > ?", s => s.Bind(30))</c>.</summary>
internal sealed class SqlConditions
{
    private readonly StringBuilder _text = new("TRUE");
    private readonly List<Action<EngineStatement>> _binds;

    public SqlConditions()
        : this([])
    {
    }

    private SqlConditions(List<Action<EngineStatement>> binds) => _binds = binds;

    /// <summary>Conditions of another part of the same query: arguments are numbered on.</summary>
    public SqlConditions Further() => new(_binds);

    /// <summary>All of them, with numbered arguments.</summary>
    public override string ToString() => _text.ToString();

    /// <summary>Adds a condition; each <c>?</c> in it is an argument.</summary>
    /// <param name="condition">SQL.</param>
    /// <param name="binds">Binds the arguments, in their order.</param>
    public SqlConditions And(string condition, params ReadOnlySpan<Action<EngineStatement>> binds)
    {
        _text.Append(" AND ").Append(Numbered(condition));
        _binds.AddRange(binds);
        return this;
    }

    /// <summary>Adds a condition unless its argument is not there.</summary>
    public SqlConditions AndIf(bool isThere, string condition, params ReadOnlySpan<Action<EngineStatement>> binds) =>
        isThere ? And(condition, binds) : this;

    public void Bind(EngineStatement statement) => _binds.ForEach(bind => bind(statement));

    private string Numbered(string condition)
    {
        var parts = condition.Split('?');
        var text = new StringBuilder(parts[0]);
        for (var i = 1; i < parts.Length; i++)
        {
            text.Append(CultureInfo.InvariantCulture, $"${_binds.Count + i}").Append(parts[i]);
        }

        return text.ToString();
    }
}
