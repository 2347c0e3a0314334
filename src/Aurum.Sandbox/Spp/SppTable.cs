using Aurum.Sandbox.Publishing;

namespace Aurum.Sandbox.Spp;

/// <summary>One CSV of the sandbox's SPP.</summary>
/// <param name="Columns">Column names, as written.</param>
/// <param name="Victim">The column that a renaming hits.</param>
/// <param name="Form">Line ends, and the cell of a column that nobody documented.</param>
/// <param name="Write">Writes the rows.</param>
internal sealed record SppTable(IReadOnlyList<string> Columns, int Victim, RowForm Form, Action<RowWriter> Write)
{
    /// <summary>Rows of files whose columns are places or fuels: a column that nobody documented has no values.</summary>
    public static readonly RowForm BlankLf = new("", "\n", "", ",");

    /// <inheritdoc cref="BlankLf"/>
    public static readonly RowForm BlankCrLf = new("", "\r\n", "", ",");

    public byte[] Bytes(Moment moment)
    {
        using var stream = new MemoryStream();
        var writer = new RowWriter(stream, Form, moment.Tampering);
        for (var i = 0; i < Columns.Count; i++)
        {
            var name = Columns[i];
            if (i == Victim && moment.Tampering.RenamesColumn)
            {
                moment.Tampering.Note($"{name} is called Renamed {name}");
                name = "Renamed " + name;
            }

            writer.Text((i > 0 ? "," : "") + name);
        }

        writer.Text(moment.Tampering.AddsColumn ? ",Remark" : "");
        writer.Text(Form.Close);
        Write(writer);
        writer.Flush();
        return stream.ToArray();
    }
}
