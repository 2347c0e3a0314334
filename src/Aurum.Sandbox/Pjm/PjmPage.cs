using Aurum.Market.Time;
using Aurum.Sandbox.Publishing;
using Aurum.Sandbox.Worlds;
using NodaTime;

namespace Aurum.Sandbox.Pjm;

/// <summary>Takes all rows of an answer, counts those that were asked for, and writes those of one page as JSON objects with the
/// columns that were asked for.</summary>
internal sealed class PjmPage(RowWriter writer, PjmDataset dataset, PjmQuestion question)
{
    private readonly bool[] _isAsked = [.. dataset.Columns.Select(c => question.Fields.Count == 0 || question.Fields.Contains(c))];
    private readonly string[] _names =
        [.. dataset.Columns.Select(c => writer.Tampering.RenamesColumn && c == dataset.ValueColumn ? "renamed_" + c : c)];

    private int _column;
    private bool _isFirstCell;

    public PjmQuestion Question => question;

    /// <summary>Rows that were asked for so far, on this page and on others.</summary>
    public long Total { get; private set; }

    /// <summary>Begins a row. False where it was not asked for or is on another page: then its cells are not written.</summary>
    public bool Begin(long start, Place? place = null)
    {
        if (!question.Holds(start) || Total++ is var number && (number < question.Skip || number >= question.Skip + question.Take))
        {
            return false;
        }

        if (writer.Tampering.RenamesColumn)
        {
            writer.Tampering.Note($"{dataset.ValueColumn} is called renamed_{dataset.ValueColumn}");
        }

        writer.Begin(start, place);
        _column = 0;
        _isFirstCell = true;
        return true;
    }

    public void End() => writer.End();

    /// <summary>Two cells: an instant in UTC and on the Eastern clock.</summary>
    public void Stamps(long at)
    {
        Stamp(at, DateTimeZone.Utc);
        Stamp(at, MarketZones.Eastern);
    }

    public void Utc(long at) => Stamp(at, DateTimeZone.Utc);

    /// <summary>Text, or null for an empty one.</summary>
    public void Text(string? text)
    {
        if (!Name())
        {
            return;
        }

        if (string.IsNullOrEmpty(text))
        {
            writer.Text("null"u8);
            return;
        }

        writer.Byte((byte)'"');
        writer.Text(text);
        writer.Byte((byte)'"');
    }

    public void Whole(long value)
    {
        if (Name())
        {
            writer.Whole(value);
        }
    }

    public void Flag(bool value)
    {
        if (Name())
        {
            writer.Text(value ? "true"u8 : "false"u8);
        }
    }

    /// <summary>A number from whole units of its last decimal, all decimals written; it is the row's value where its column is.</summary>
    public void Number(long units, int decimals)
    {
        var isValue = dataset.Columns[_column] == dataset.ValueColumn;
        if (Name())
        {
            if (isValue)
            {
                writer.Value();
            }

            writer.Fixed(units, decimals, cutZeros: false);
        }
    }

    private void Stamp(long at, DateTimeZone zone)
    {
        var label = LocalLabel.Of(at, zone);
        Text($"{label.Year:0000}-{label.Month:00}-{label.Day:00}T{label.Hour:00}:{label.Minute:00}:{label.Second:00}");
    }

    /// <summary>The name of the next cell; false where its column was not asked for.</summary>
    private bool Name()
    {
        var column = _column++;
        if (!_isAsked[column])
        {
            return false;
        }

        if (!_isFirstCell)
        {
            writer.Byte((byte)',');
        }

        _isFirstCell = false;
        writer.Byte((byte)'"');
        writer.Text(_names[column]);
        writer.Text("\":"u8);
        return true;
    }
}
