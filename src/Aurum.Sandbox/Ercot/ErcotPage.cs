using Aurum.Market.Time;
using Aurum.Sandbox.Publishing;
using Aurum.Sandbox.Worlds;

namespace Aurum.Sandbox.Ercot;

/// <summary>Takes all rows of an answer, counts them, and writes those of one page as arrays.</summary>
internal sealed class ErcotPage(RowWriter writer, long skip, long take)
{
    private bool _isFirstCell;

    public long Total { get; private set; }

    /// <summary>Begins a row. False where it is on another page: then its cells are not written.</summary>
    public bool Begin(long intervalStart, Place? place = null)
    {
        var number = Total++;
        if (number < skip || number >= skip + take)
        {
            return false;
        }

        writer.Begin(intervalStart, place);
        _isFirstCell = true;
        return true;
    }

    public void End() => writer.End();

    public void Date(ErcotHour hour)
    {
        Quoted($"{hour.Date:uuuu-MM-dd}");
    }

    /// <summary><c>02:00</c>.</summary>
    public void HourEnding(ErcotHour hour) => Quoted($"{hour.Ending:00}:00");

    /// <summary>Local date and time without zone: <c>2026-06-13T12:55:32</c>.</summary>
    public void Stamp(long at)
    {
        var label = LocalLabel.Of(at, MarketZones.Central);
        Quoted($"{label.Year:0000}-{label.Month:00}-{label.Day:00}T{label.Hour:00}:{label.Minute:00}:{label.Second:00}");
    }

    public void Quoted(string text)
    {
        Comma();
        writer.Byte((byte)'"');
        writer.Text(text);
        writer.Byte((byte)'"');
    }

    public void Whole(long value)
    {
        Comma();
        writer.Whole(value);
    }

    /// <summary>The row's value: hundredths, zeros at the end cut.</summary>
    public void Value(long hundredths)
    {
        Comma();
        writer.Value();
        writer.Fixed(hundredths, 2, cutZeros: true);
    }

    public void Null()
    {
        Comma();
        writer.Text("null"u8);
    }

    public void Flag(bool value)
    {
        Comma();
        writer.Text(value ? "true"u8 : "false"u8);
    }

    private void Comma()
    {
        if (!_isFirstCell)
        {
            writer.Byte((byte)',');
        }

        _isFirstCell = false;
    }
}
