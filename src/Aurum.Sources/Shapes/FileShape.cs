using Aurum.Market.Text;

namespace Aurum.Sources.Shapes;

/// <summary>What a column holds, as far as its cells show.</summary>
public enum CellKind
{
    /// <summary>No cell says anything yet.</summary>
    Unknown = 0,
    Number = 1,
    Time = 2,
    Text = 3,
}

/// <summary>A column, property or element of a file.</summary>
/// <param name="Name">As the publisher writes it; properties and elements with those around them: <c>items.lmp</c>.</param>
/// <param name="Kind">What it holds.</param>
public readonly record struct ShapeColumn(string Name, CellKind Kind);

/// <summary>What the beginning of a file shows of its form: by this a publisher's change is noticed that no parser has to
/// mind.</summary>
/// <param name="Form">Kind of file: <c>csv</c>, or <c>json:</c> and <c>xml:</c> with the outermost name. Files of different forms are
/// not compared.</param>
/// <param name="Columns">In the order of their first appearance.</param>
/// <param name="IsWhole">Whether the file was read to its end, so that no column hides behind.</param>
public sealed record FileShape(string Form, IReadOnlyList<ShapeColumn> Columns, bool IsWhole)
{
    /// <summary>What a file has that its feed's earlier files had not, and the other way round.</summary>
    /// <param name="file">The later file.</param>
    public IReadOnlyList<ShapeChange> ChangesTo(FileShape file)
    {
        var changes = new List<ShapeChange>();
        var known = Columns.ToDictionary(c => c.Name, StringComparer.Ordinal);
        var found = file.Columns.ToDictionary(c => c.Name, StringComparer.Ordinal);
        var fresh = file.Columns.Where(c => !known.ContainsKey(c.Name)).Select(c => c.Name).ToList();
        foreach (var column in Columns.Where(c => file.IsWhole && !found.ContainsKey(c.Name) && file.HasSiblingOf(c.Name)))
        {
            changes.Add(new ShapeChange(
                ShapeChangeKind.LostColumn, column.Name, column.Name, NearestName.To(column.Name, fresh) ?? "no such column"));
        }

        // What a file that was not read to its end did not show is no news.
        if (IsWhole)
        {
            changes.AddRange(fresh.Select(name => new ShapeChange(ShapeChangeKind.NewColumn, name, "no such column", name)));
        }

        foreach (var column in file.Columns)
        {
            if (known.TryGetValue(column.Name, out var before) && Widened(before.Kind, column.Kind) != before.Kind
                && before.Kind != CellKind.Unknown)
            {
                changes.Add(new ShapeChange(ShapeChangeKind.OtherKind, column.Name, Word(before.Kind), Word(column.Kind)));
            }
        }

        return changes;
    }

    /// <summary>Both together: what is known of the feed's files after this one. A column once seen stays known.</summary>
    public FileShape With(FileShape file)
    {
        var columns = Columns.ToList();
        var places = columns.Select((c, i) => (c.Name, i)).ToDictionary(c => c.Name, c => c.i, StringComparer.Ordinal);
        foreach (var column in file.Columns)
        {
            if (places.TryGetValue(column.Name, out var place))
            {
                columns[place] = column with { Kind = Widened(columns[place].Kind, column.Kind) };
            }
            else
            {
                columns.Add(column);
            }
        }

        return new FileShape(Form, columns, IsWhole || file.IsWhole);
    }

    /// <summary>The kind that holds cells of both.</summary>
    public static CellKind Widened(CellKind first, CellKind second) =>
        first == second || second == CellKind.Unknown ? first : first == CellKind.Unknown ? second : CellKind.Text;

    /// <summary>A property can only be missing where the object around it is there. Columns of a table have nothing around them, whatever
    /// their names.</summary>
    private bool HasSiblingOf(string name)
    {
        var parent = !Form.Contains(':', StringComparison.Ordinal) ? "" : name.LastIndexOf('.') is var dot and > 0 ? name[..(dot + 1)] : "";
        return Columns.Any(c => c.Name.StartsWith(parent, StringComparison.Ordinal));
    }

    private static string Word(CellKind kind) => kind switch
    {
        CellKind.Number => "numbers",
        CellKind.Time => "times",
        _ => "text",
    };
}

/// <summary>How a file differs from its feed's earlier files.</summary>
public enum ShapeChangeKind
{
    NewColumn = 1,
    LostColumn = 2,
    OtherKind = 3,
}

/// <summary>One difference.</summary>
/// <param name="Kind">What happened.</param>
/// <param name="Column">To which column.</param>
/// <param name="Expected">What earlier files had.</param>
/// <param name="Found">What this one has: for a lost column the new one with the nearest name.</param>
public sealed record ShapeChange(ShapeChangeKind Kind, string Column, string Expected, string Found);
