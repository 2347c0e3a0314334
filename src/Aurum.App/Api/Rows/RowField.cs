using System.Text.Json;
using Aurum.App.Output;
using Aurum.Store.Reading;

namespace Aurum.App.Api.Rows;

/// <summary>What a field of a JSON row is, for the OpenAPI document.</summary>
internal enum FieldForm
{
    Text,
    Number,
    Whole,
    Time,
}

/// <summary>One field of a JSON row: name, meaning and how it is written. The order of the fields is the order in the
/// answer.</summary>
internal abstract class RowField(string name, FieldForm form, string description)
{
    private readonly JsonEncodedText _name = JsonEncodedText.Encode(name);

    public string Name { get; } = name;

    public FieldForm Form { get; } = form;

    public string Description { get; } = description;

    /// <summary>Whether the value may be null, and the field missing from no row.</summary>
    public virtual bool IsNullable => false;

    /// <summary>Whether it is there only when a clock is asked for.</summary>
    public virtual bool IsLocalTime => false;

    /// <summary>Which of the reader's columns the field is taken from; -1 for none.</summary>
    public virtual int Bind(RowReader reader) => -1;

    public void Write(Utf8JsonWriter json, RowView row, int ordinal)
    {
        json.WritePropertyName(_name);
        WriteValue(json, row, ordinal);
    }

    protected abstract void WriteValue(Utf8JsonWriter json, RowView row, int ordinal);
}

/// <summary>A column of the store as it is.</summary>
internal sealed class ColumnField(string name, FieldForm form, string description, bool isNullable = false)
    : RowField(name, form, description)
{
    public override bool IsNullable => isNullable;

    public override int Bind(RowReader reader) => RowView.Ordinal(reader, Name) is var ordinal and >= 0
        ? ordinal
        : throw new InvalidOperationException($"the store gives no column '{Name}'");

    protected override void WriteValue(Utf8JsonWriter json, RowView row, int ordinal) =>
        RowCells.WriteJson(json, row.Reader, ordinal, row.Row);
}

/// <summary>A text column of the store whose empty text is null.</summary>
internal sealed class SaidField(string name, string description) : RowField(name, FieldForm.Text, description)
{
    public override bool IsNullable => true;

    public override int Bind(RowReader reader) => RowView.Ordinal(reader, Name);

    protected override void WriteValue(Utf8JsonWriter json, RowView row, int ordinal)
    {
        if (row.Reader.Text(ordinal, row.Row) is { IsEmpty: false } text)
        {
            json.WriteStringValue(text);
        }
        else
        {
            json.WriteNullValue();
        }
    }
}

/// <summary>Text that the row takes from its feed; null where the catalog no longer has the feed.</summary>
internal sealed class FeedTextField(string name, string description, Func<FeedLine, byte[]> of)
    : RowField(name, FieldForm.Text, description)
{
    public override bool IsNullable => true;

    protected override void WriteValue(Utf8JsonWriter json, RowView row, int ordinal)
    {
        if (row.Feed is { } feed)
        {
            json.WriteStringValue(of(feed));
        }
        else
        {
            json.WriteNullValue();
        }
    }
}

/// <summary>Minutes of the row's interval.</summary>
internal sealed class IntervalMinutesField()
    : RowField("iso_interval_minutes", FieldForm.Whole, "Length of an interval; 0 for samples at an instant.")
{
    public override bool IsNullable => true;

    protected override void WriteValue(Utf8JsonWriter json, RowView row, int ordinal)
    {
        if (row.IntervalMinutes is { } minutes)
        {
            json.WriteNumberValue(minutes);
        }
        else
        {
            json.WriteNullValue();
        }
    }
}

/// <summary>The place's name for people.</summary>
internal sealed class LocationNameField()
    : RowField("location_name", FieldForm.Text, "Name for people; the id where the registry has none.")
{
    protected override void WriteValue(Utf8JsonWriter json, RowView row, int ordinal) => json.WriteStringValue(row.LocationName);
}

/// <summary>An instant column on the clock that was asked for.</summary>
internal sealed class LocalTimeField(string name, string column, string description) : RowField(name, FieldForm.Time, description)
{
    public override bool IsLocalTime => true;

    public override int Bind(RowReader reader) => RowView.Ordinal(reader, column);

    protected override void WriteValue(Utf8JsonWriter json, RowView row, int ordinal)
    {
        if (row.Reader.IsNull(ordinal, row.Row))
        {
            json.WriteNullValue();
            return;
        }

        var micros = row.Reader.InstantMicros(ordinal, row.Row);
        Span<byte> text = stackalloc byte[UtcText.MaxBytes];
        json.WriteStringValue(text[..UtcText.Write(text, micros, row.Clock.OffsetSeconds(micros, row.Feed))]);
    }
}
