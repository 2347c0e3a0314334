using Aurum.Store.Reading;

namespace Aurum.Cluster.Contracts;

/// <summary>Where the columns of a reader stand.</summary>
internal sealed class RowColumns(IReadOnlyList<ResultColumn> columns)
{
    /// <summary>Index of a column.</summary>
    /// <exception cref="ArgumentException">There is none of this name.</exception>
    public int this[string name]
    {
        get
        {
            for (var i = 0; i < columns.Count; i++)
            {
                if (columns[i].Name == name)
                {
                    return i;
                }
            }

            throw new ArgumentException(
                $"expected rows with a column '{name}', found {string.Join(", ", columns.Select(c => c.Name))}", nameof(name));
        }
    }
}
