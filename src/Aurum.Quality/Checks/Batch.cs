using Aurum.Quality.Gates;

namespace Aurum.Quality.Checks;

/// <summary>The columns of the rows at hand, each read once, and what the run knows beside them.</summary>
internal sealed class Batch(GateContext context, IReadOnlyList<ColumnData> columns, GridShape? gridShape)
{
    public GateContext Context { get; } = context;

    /// <summary>Rows in the batch.</summary>
    public int Count { get; private set; }

    public IReadOnlyList<ColumnData> Columns { get; } = columns;

    /// <summary>The series and intervals seen so far; only there where an expectation asks for them.</summary>
    public SeriesGrid? Grid { get; } = gridShape is null ? null : new SeriesGrid(gridShape, columns);

    public NumberData Number(int slot) => (NumberData)Columns[slot];

    public InstantData Instant(int slot) => (InstantData)Columns[slot];

    public TextData Text(int slot) => (TextData)Columns[slot];

    /// <summary>Makes room for the rows of the next batch.</summary>
    public void Reset(int rows)
    {
        Count = rows;
        foreach (var column in Columns)
        {
            column.Reset(rows);
        }

        Grid?.Reset(rows);
    }

    /// <summary>To be called when all columns are filled.</summary>
    public void Seal()
    {
        foreach (var column in Columns)
        {
            column.Seal();
        }

        Grid?.Observe(Count);
    }
}
