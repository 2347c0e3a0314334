using System.Text;

namespace Aurum.App.Output;

/// <summary>Columns aligned for a terminal: text to the left, numbers to the right, two blanks between.</summary>
internal sealed class TextTable(IReadOnlyList<(string Name, bool IsNumber)> columns)
{
    private readonly List<IReadOnlyList<string>> _rows = [[.. columns.Select(c => c.Name)]];

    public void Add(params IReadOnlyList<string> cells) => _rows.Add(cells);

    public override string ToString()
    {
        var widths = new int[columns.Count];
        foreach (var row in _rows)
        {
            for (var i = 0; i < widths.Length; i++)
            {
                widths[i] = Math.Max(widths[i], row[i].Length);
            }
        }

        var text = new StringBuilder();
        foreach (var row in _rows)
        {
            var line = new StringBuilder();
            for (var i = 0; i < widths.Length; i++)
            {
                line.Append(i == 0 ? "" : "  ");
                line.Append(columns[i].IsNumber ? row[i].PadLeft(widths[i]) : row[i].PadRight(widths[i]));
            }

            text.Append(line.ToString().TrimEnd()).Append('\n');
        }

        return text.ToString();
    }
}
