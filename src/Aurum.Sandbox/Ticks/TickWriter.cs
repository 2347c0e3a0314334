using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Unicode;
using Aurum.Ticks.Normalize;

namespace Aurum.Sandbox.Ticks;

/// <summary>Writes the messages of a made-up stream in one of the forms that are read.</summary>
public sealed class TickWriter(MadeStream stream, MadeStreamOptions options, TickForm form)
{
    private const int MaxMessageBytes = 1024;

    private readonly HashSet<int> _defined = [];
    private bool _hasHeader;

    /// <exception cref="ArgumentException">A broken message in another form than JSON of contract B.</exception>
    public void Write(IBufferWriter<byte> to, MadeTick tick)
    {
        if (tick.Defect is not null && form != TickForm.ContractB)
        {
            throw new ArgumentException("broken messages are made of contract B alone", nameof(tick));
        }

        switch (form)
        {
            case TickForm.Csv:
                WriteCsv(to, tick);
                break;
            case TickForm.Binary:
                WriteBinary(to, tick);
                break;
            case TickForm.ContractA:
                WriteContractA(to, tick);
                break;
            default:
                WriteContractB(to, tick);
                break;
        }
    }

    private void WriteContractB(IBufferWriter<byte> to, MadeTick tick)
    {
        var instrument = stream.Instruments[tick.Instrument];
        var month = instrument.ContractMonth == 0 ? "" : $",\\\"contract_month\\\":\\\"{instrument.MonthText}\\\"";
        var quotes = options.HasQuotes
            ? string.Create(CultureInfo.InvariantCulture, $",\\\"bid\\\":{tick.Bid},\\\"ask\\\":{tick.Ask}")
            : "";
        var room = to.GetSpan(MaxMessageBytes);
        Utf8.TryWrite(
            room,
            CultureInfo.InvariantCulture,
            $"{{\"event_id\":\"evt-{options.Seed:x}-{tick.Number:D12}\",\"trace_id\":\"{tick.Number:x16}\",\"schema_version\":\"1.0.0\","
            + $"\"tenant_id\":\"{options.Tenant}\",\"producer\":\"sandbox@1.0.0\",\"occurred_at\":{tick.EventMicros},"
            + $"\"ingested_at\":{tick.IngestedMicros},\"payload\":{{\"source_system\":\"{instrument.Source}\","
            + $"\"market\":\"{instrument.Market}\",\"symbol\":\"{instrument.Symbol}\",\"sequence\":{tick.Sequence},"
            + $"\"received_at\":{tick.IngestedMicros},\"encoding\":\"json\",\"retry_count\":0,"
            + $"\"metadata\":{{\"instrument_id\":\"{instrument.InstrumentId}\",\"unit\":\"MWh\"}},"
            + $"\"raw_payload\":\"{{\\\"price\\\":{tick.Price},\\\"volume\\\":{tick.Volume}{quotes}{month}}}\"}}}}",
            out var length);
        if (tick.Defect is null)
        {
            room[length] = (byte)'\n';
            to.Advance(length + 1);
            return;
        }

        to.Write(tick.Defect.Break(Encoding.UTF8.GetString(room[..length])));
        to.Write("\n"u8);
    }

    private void WriteContractA(IBufferWriter<byte> to, MadeTick tick)
    {
        var instrument = stream.Instruments[tick.Instrument];
        var month = instrument.ContractMonth == 0 ? "" : $",\"contract_month\":\"{instrument.MonthText}\"";
        var quotes = options.HasQuotes
            ? string.Create(CultureInfo.InvariantCulture, $",\"bid\":{tick.Bid},\"ask\":{tick.Ask}")
            : "";
        Utf8.TryWrite(
            to.GetSpan(MaxMessageBytes),
            CultureInfo.InvariantCulture,
            $"{{\"envelope\":{{\"event_type\":\"ingestion.market.raw.v1\",\"event_id\":\"evt-{options.Seed:x}-{tick.Number:D12}\","
            + $"\"timestamp\":\"{Iso(tick.IngestedMicros)}\",\"tenant_id\":\"{options.Tenant}\",\"source\":\"{instrument.Source}\","
            + $"\"version\":\"1.0\"}},\"payload\":{{\"market\":\"{instrument.Market}\",\"instrument_id\":\"{instrument.InstrumentId}\","
            + $"\"raw_data\":{{\"timestamp\":\"{Iso(tick.EventMicros)}\",\"price\":{tick.Price},\"volume\":{tick.Volume}{quotes}{month}}}}}}}\n",
            out var length);
        to.Advance(length);
    }

    private void WriteCsv(IBufferWriter<byte> to, MadeTick tick)
    {
        if (!_hasHeader)
        {
            to.Write("event_id,tenant_id,symbol,instrument_id,market,source_id,"u8);
            to.Write("occurred_at,ingested_at,sequence,price,volume,contract_month"u8);
            to.Write(options.HasQuotes ? ",bid,ask\n"u8 : "\n"u8);
            _hasHeader = true;
        }

        var instrument = stream.Instruments[tick.Instrument];
        var quotes = options.HasQuotes ? string.Create(CultureInfo.InvariantCulture, $",{tick.Bid},{tick.Ask}") : "";
        Utf8.TryWrite(
            to.GetSpan(MaxMessageBytes),
            CultureInfo.InvariantCulture,
            $"evt-{options.Seed:x}-{tick.Number:D12},{options.Tenant},{instrument.Symbol},{instrument.InstrumentId},{instrument.Market},"
            + $"{instrument.Source},{Iso(tick.EventMicros)},{Iso(tick.IngestedMicros)},{tick.Sequence},{tick.Price},{tick.Volume},"
            + $"{instrument.MonthText}{quotes}\n",
            out var length);
        to.Advance(length);
    }

    private void WriteBinary(IBufferWriter<byte> to, MadeTick tick)
    {
        var instrument = stream.Instruments[tick.Instrument];
        if (_defined.Add(tick.Instrument))
        {
            BinaryTicks.WriteDefinition(
                to,
                tick.Instrument,
                options.Tenant,
                instrument.Source,
                instrument.Market,
                instrument.Symbol,
                instrument.InstrumentId,
                "",
                "MWh");
        }

        BinaryTicks.WriteTick(
            to,
            tick.Instrument,
            new Guid((int)options.Seed, 0, 0, BitConverter.GetBytes(tick.Number)),
            (tick.EventMicros, tick.IngestedMicros, tick.Sequence),
            (tick.Price, tick.Volume, tick.Bid, tick.Ask),
            instrument.ContractMonth);
    }

    private static string Iso(long micros) =>
        DateTime.UnixEpoch.AddTicks(micros * 10).ToString("yyyy-MM-dd'T'HH:mm:ss.ffffff'Z'", CultureInfo.InvariantCulture);
}
