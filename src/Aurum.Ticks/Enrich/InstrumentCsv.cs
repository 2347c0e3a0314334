using Aurum.Market.Feeds;
using Aurum.Sources.Reading;
using NodaTime;
using NodaTime.Text;

namespace Aurum.Ticks.Enrich;

/// <summary>Reads an instrument book from CSV: a line an instrument and stretch of time.</summary>
/// <remarks>
/// <para>Columns by name, in any order: <c>instrument_id</c>, <c>commodity</c> and <c>region</c>; and, where they are there,
/// <c>tenant</c> (blank: everybody's), <c>product_tier</c> (blank: <c>standard</c>), <c>from</c> and <c>to</c> (dates or UTC times;
/// blank: always), <c>contract_size</c> and <c>tick_size</c> (blank: none).</para>
/// <para>Units: sizes in the instrument's unit and currency.</para>
/// </remarks>
public static class InstrumentCsv
{
    /// <summary>Most lines of a book.</summary>
    public const int MaxEntries = 1_000_000;

    /// <param name="stream">UTF-8 with a header.</param>
    /// <param name="file">Name for errors.</param>
    /// <exception cref="FeedFormatException">A column is missing or unknown, a cell is not what it should be, or two lines hold for the
    /// same time; the message says where.</exception>
    public static InstrumentBook Read(Stream stream, string file)
    {
        using var csv = new CsvReader(stream, file);
        var columns = new Columns(csv);
        var entries = new List<InstrumentEntry>();
        while (csv.Read())
        {
            if (entries.Count == MaxEntries)
            {
                throw new FeedFormatException(file, $"{csv.Line}", $"at most {MaxEntries} instruments", "another one");
            }

            entries.Add(columns.Entry(csv));
        }

        try
        {
            return new InstrumentBook(entries);
        }
        catch (ArgumentException e)
        {
            throw new FeedFormatException(file, "", "one entry an instrument and time", e.Message, e);
        }
    }

    private sealed class Columns
    {
        private readonly int _id;
        private readonly int _commodity;
        private readonly int _region;
        private readonly int _tenant;
        private readonly int _tier;
        private readonly int _from;
        private readonly int _to;
        private readonly int _contract;
        private readonly int _tick;

        public Columns(CsvReader csv)
        {
            var header = csv.Header;
            _id = header.Required("instrument_id");
            _commodity = header.Required("commodity");
            _region = header.Required("region");
            _tenant = header.Optional("tenant");
            _tier = header.Optional("product_tier");
            _from = header.Optional("from");
            _to = header.Optional("to");
            _contract = header.Optional("contract_size");
            _tick = header.Optional("tick_size");
            if (header.UnknownColumnNotes() is [var unknown, ..])
            {
                // A mistyped "from" that is passed over would make an entry hold for ever.
                throw new FeedFormatException(csv.File, "1", "only columns of an instrument book", unknown);
            }
        }

        public InstrumentEntry Entry(CsvReader csv) => new(
            Text(csv, _tenant, ""),
            Name(csv, _id),
            Name(csv, _commodity),
            Name(csv, _region),
            Text(csv, _tier, "standard"),
            Time(csv, _from) ?? Instant.FromUnixTimeTicks(0),
            Time(csv, _to))
        {
            ContractSize = Size(csv, _contract),
            TickSize = Size(csv, _tick),
        };

        private static string Text(CsvReader csv, int column, string usual) =>
            csv.IsEmpty(column) ? usual : csv.Text(column);

        private static string Name(CsvReader csv, int column) =>
            csv.IsEmpty(column) ? throw csv.Unexpected(column, "a name") : csv.Text(column);

        private static double? Size(CsvReader csv, int column) => csv.IsEmpty(column) ? null
            : csv.Number(column) is > 0 and var size ? size
            : throw csv.Unexpected(column, "a size above 0");

        private static Instant? Time(CsvReader csv, int column)
        {
            if (csv.IsEmpty(column))
            {
                return null;
            }

            var text = csv.Text(column);
            return LocalDatePattern.Iso.Parse(text) is { Success: true } date ? date.Value.AtStartOfDayInZone(DateTimeZone.Utc).ToInstant()
                : InstantPattern.ExtendedIso.Parse(text) is { Success: true } time ? time.Value
                : throw csv.Unexpected(column, "a date like 2026-01-31 or a time like 2026-01-31T06:00:00Z");
        }
    }
}
