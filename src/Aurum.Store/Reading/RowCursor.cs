using System.Buffers.Text;
using System.Globalization;
using System.Text;
using System.Text.Json;

namespace Aurum.Store.Reading;

/// <summary>A place between two rows: the cells of the order's columns, as opaque text.</summary>
internal static class RowCursor
{
    public static string Write(IReadOnlyList<string> cells) =>
        Base64Url.EncodeToString(JsonSerializer.SerializeToUtf8Bytes(cells));

    /// <exception cref="ArgumentException">Not a cursor of a query with so many order columns.</exception>
    public static IReadOnlyList<string> Read(string cursor, int columns)
    {
        try
        {
            var cells = JsonSerializer.Deserialize<string[]>(Base64Url.DecodeFromChars(cursor));
            if (cells?.Length == columns && Array.TrueForAll(cells, c => c is not null))
            {
                return cells;
            }
        }
        catch (Exception error) when (error is FormatException or JsonException)
        {
            throw new ArgumentException($"'{cursor}' is not a cursor of this query", nameof(cursor), error);
        }

        throw new ArgumentException($"'{cursor}' is not a cursor of this query", nameof(cursor));
    }

    public static string Number(long number) => number.ToString(CultureInfo.InvariantCulture);

    public static string Text(ReadOnlySpan<byte> utf8) => Encoding.UTF8.GetString(utf8);
}
