using Aurum.Market.Time;
using Aurum.Sandbox.Publishing;
using NodaTime;

namespace Aurum.Sandbox.Nyiso;

/// <summary>One kind of daily CSV.</summary>
/// <param name="Folder">Folder under <c>/public/csv</c>.</param>
/// <param name="Name">Name after the date.</param>
/// <param name="Columns">Column names.</param>
/// <param name="IsQuoted">Whether names and text cells stand in quotes.</param>
/// <param name="Form">Line ends.</param>
/// <param name="IsThere">Whether the file of a day exists at an instant.</param>
/// <param name="Write">Writes the rows.</param>
internal sealed record NyisoFile(
    string Folder,
    string Name,
    IReadOnlyList<string> Columns,
    bool IsQuoted,
    RowForm Form,
    Func<OperatingDay, Instant, bool> IsThere,
    Action<RowWriter, OperatingDay, Instant> Write)
{
    /// <summary>The column that a renaming hits.</summary>
    private int Victim => Columns.Count - 1;

    public void WriteTo(Stream stream, OperatingDay day, Moment moment)
    {
        var writer = new RowWriter(stream, Form, moment.Tampering);
        for (var i = 0; i < Columns.Count; i++)
        {
            var name = Columns[i];
            if (i == Victim && moment.Tampering.RenamesColumn)
            {
                moment.Tampering.Note($"{name} is called Renamed {name}");
                name = "Renamed " + name;
            }

            writer.Text((i > 0 ? "," : "") + (IsQuoted ? $"\"{name}\"" : name));
        }

        writer.Text(moment.Tampering.AddsColumn ? (IsQuoted ? ",\"Remark\"" : ",Remark") : "");
        writer.Text(Form.Close);
        Write(writer, day, moment.Now);
        writer.Flush();
    }
}
