using System.Buffers.Text;
using System.Text;
using System.Text.Unicode;
using Aurum.Market.Ticks;
using Aurum.Ticks.Reading;

namespace Aurum.Ticks.Normalize;

/// <summary>Reads rows under a header, whose names mean what they mean in a raw payload: of every market, and of the market that the
/// options name. A field in quotes may hold commas and doubled quotes, no line end.</summary>
/// <param name="options">The market and source of rows that name none.</param>
/// <param name="room">As long as the longest row; used while a row is read.</param>
internal sealed class CsvTickReader(TickStreamOptions options, byte[] room) : ITickReader
{
    private readonly MarketDialect _dialect = MarketDialects.Of(options.Market);
    private readonly byte[] _market = Encoding.UTF8.GetBytes(options.Market);
    private readonly byte[] _source = Encoding.UTF8.GetBytes(options.Source);
    private RawRole[]? _roles;
    private byte[][] _names = [];
    private bool _isUsable;

    /// <summary>The header as it came, with a line end; null as long as there is none that rows can be read with.</summary>
    public byte[]? Header { get; private set; }

    public ReadResult Read(ReadOnlySpan<byte> message, ref RawTick raw, Fault fault)
    {
        if (!Ascii.IsValid(message) && !Utf8.IsValid(message))
        {
            fault.Set(DeadLetterReason.InvalidUtf8, "", "UTF-8", default);
            return ReadResult.Fault;
        }

        if (_roles is null)
        {
            return ReadHeader(message, fault);
        }

        if (!_isUsable)
        {
            fault.Set(DeadLetterReason.InvalidHeader, "", "a header with a price, a time and a symbol", message);
            return ReadResult.Fault;
        }

        return TryRow(message, ref raw, fault) ? ReadResult.Tick : ReadResult.Fault;
    }

    private ReadResult ReadHeader(ReadOnlySpan<byte> header, Fault fault)
    {
        var names = new List<byte[]>();
        var cells = new CsvCells(header.StartsWith("\uFEFF"u8) ? header[3..] : header, room);
        while (cells.TryNext(out var name))
        {
            names.Add(name.Trim((byte)' ').ToArray());
        }

        _names = [.. names];
        _roles = Array.ConvertAll(_names, n => _dialect.RoleOf(n));
        _isUsable = !cells.IsFaulty
            && _roles.Any(r => r is RawRole.Price or RawRole.LastPrice or RawRole.Value)
            && _roles.Any(r => r is RawRole.Time or RawRole.UtcTime or RawRole.LocalTime)
            && _roles.Any(r => r is RawRole.Symbol or RawRole.InstrumentId or RawRole.Place);
        if (_isUsable)
        {
            Header = [.. header, (byte)'\n'];
            return ReadResult.Definition;
        }

        fault.Set(DeadLetterReason.InvalidHeader, "", "a header with a price, a time and a symbol", header);
        return ReadResult.Fault;
    }

    private bool TryRow(ReadOnlySpan<byte> row, ref RawTick raw, Fault fault)
    {
        raw.Source = _source;
        raw.MarketCode = _market;
        raw.Market = _dialect;
        var cells = new CsvCells(row, room);
        var column = 0;
        while (cells.TryNext(out var cell))
        {
            if (column >= _roles!.Length)
            {
                return fault.Set(DeadLetterReason.InvalidRow, "", $"{_roles.Length} fields", row);
            }

            if (!TryCell(column++, cell.Trim((byte)' '), ref raw, fault))
            {
                return false;
            }
        }

        if (cells.IsFaulty || column != _roles!.Length)
        {
            return fault.Set(DeadLetterReason.InvalidRow, "", $"{_roles!.Length} fields, quotes in pairs", row);
        }

        raw.Symbol = !raw.Symbol.IsEmpty ? raw.Symbol : !raw.Place.IsEmpty ? raw.Place : raw.InstrumentId;
        raw.InstrumentId = raw.InstrumentId.IsEmpty ? raw.Symbol : raw.InstrumentId;
        return RawFields.TryResolveTime("timestamp", ref raw, fault);
    }

    private bool TryCell(int column, ReadOnlySpan<byte> cell, ref RawTick raw, Fault fault)
    {
        if (RawFields.IsBlank(cell))
        {
            return true;
        }

        switch (_roles![column])
        {
            case RawRole.Ignored:
                return true;
            case RawRole.Symbol:
                raw.Symbol = cell;
                return true;
            case RawRole.Source:
                raw.Source = cell;
                return true;
            case RawRole.EventId:
                raw.EventId = cell;
                return true;
            case RawRole.Tenant:
                raw.Tenant = cell;
                return true;
            case RawRole.Market:
                raw.MarketCode = cell;
                raw.Market = MarketDialects.Of(cell);
                return true;
            case RawRole.Sequence:
                return (Utf8Parser.TryParse(cell, out raw.Sequence, out var used) && used == cell.Length && raw.Sequence >= 0)
                    || fault.Set(DeadLetterReason.InvalidNumber, Name(column), "a whole number from 0", cell);
            case RawRole.Ingested:
                var reason = EventTime.TryText(cell, out raw.IngestedMicros);
                return reason == 0 || fault.Set(reason, Name(column), EventTime.Expected, cell);
            case var role:
                return RawFields.TryAssign(role, cell, "", _names[column], ref raw, fault);
        }
    }

    private string Name(int column) => Encoding.UTF8.GetString(_names[column]);
}
