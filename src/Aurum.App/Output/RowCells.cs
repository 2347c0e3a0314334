using System.Buffers;
using System.Buffers.Text;
using System.Text.Json;
using Aurum.Store.Reading;
using NodaTime;

namespace Aurum.App.Output;

/// <summary>Writes cells of the store's chunks as JSON values and CSV fields. Unknown is null in JSON and empty in CSV.</summary>
internal static class RowCells
{
    private static readonly LocalDate Epoch = new(1970, 1, 1);

    public static void WriteJson(Utf8JsonWriter json, RowReader reader, int column, int row)
    {
        if (IsUnknown(reader, column, row))
        {
            json.WriteNullValue();
            return;
        }

        switch (reader.Columns[column].Kind)
        {
            case ResultKind.Text:
                json.WriteStringValue(reader.Text(column, row));
                break;
            case ResultKind.Number:
                json.WriteNumberValue(reader.Number(column, row));
                break;
            case ResultKind.Whole:
                json.WriteNumberValue(reader.Whole(column, row));
                break;
            case ResultKind.Boolean:
                json.WriteBooleanValue(reader.Boolean(column, row));
                break;
            default:
                Span<byte> text = stackalloc byte[UtcText.MaxBytes];
                json.WriteStringValue(text[..Stamp(text, reader, column, row)]);
                break;
        }
    }

    public static void WriteCsv(IBufferWriter<byte> csv, RowReader reader, int column, int row)
    {
        if (IsUnknown(reader, column, row))
        {
            return;
        }

        var to = csv.GetSpan(UtcText.MaxBytes);
        var length = 0;
        switch (reader.Columns[column].Kind)
        {
            case ResultKind.Text:
                CellText.WriteCsvText(csv, reader.Text(column, row));
                return;
            case ResultKind.Number:
                Utf8Formatter.TryFormat(reader.Number(column, row), to, out length);
                break;
            case ResultKind.Whole:
                Utf8Formatter.TryFormat(reader.Whole(column, row), to, out length);
                break;
            case ResultKind.Boolean:
                csv.Write(reader.Boolean(column, row) ? "true"u8 : "false"u8);
                return;
            default:
                length = Stamp(to, reader, column, row);
                break;
        }

        csv.Advance(length);
    }

    public static LocalDate DateOf(RowReader reader, int column, int row) => Epoch.PlusDays(reader.DateDays(column, row));

    private static bool IsUnknown(RowReader reader, int column, int row) =>
        reader.IsNull(column, row)
        || (reader.Columns[column].Kind == ResultKind.Number && !double.IsFinite(reader.Number(column, row)));

    private static int Stamp(Span<byte> to, RowReader reader, int column, int row)
    {
        if (reader.Columns[column].Kind == ResultKind.Instant)
        {
            return UtcText.Write(to, reader.InstantMicros(column, row));
        }

        var date = DateOf(reader, column, row);
        Utf8Formatter.TryFormat(new DateTime(date.Year, date.Month, date.Day), to, out _, 'O');
        return "2025-11-02".Length;
    }
}
