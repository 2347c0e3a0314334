using System.Buffers.Binary;
using Aurum.Market.Ticks;

namespace Aurum.Ticks.Normalize;

/// <summary>Reads the records of <see cref="BinaryTicks"/>.</summary>
internal sealed class BinaryTickReader(int maxDefinitions) : ITickReader
{
    private const int Names = 7;

    private readonly Dictionary<int, byte[][]> _definitions = [];

    public ReadResult Read(ReadOnlySpan<byte> message, ref RawTick raw, Fault fault)
    {
        var body = message[1..];
        if (message[0] == BinaryTicks.Definition)
        {
            return TryDefine(body, fault) ? ReadResult.Definition : ReadResult.Fault;
        }

        var number = BinaryPrimitives.ReadInt32LittleEndian(body);
        if (!_definitions.TryGetValue(number, out var names))
        {
            fault.Set(DeadLetterReason.InvalidRecord, "number", "a number with a definition before it", ""u8);
            return ReadResult.Fault;
        }

        raw.Tenant = names[0];
        raw.Source = names[1];
        raw.MarketCode = names[2];
        raw.Market = MarketDialects.Of(names[2]);
        raw.Symbol = names[3];
        raw.InstrumentId = names[4].Length > 0 ? names[4] : names[3];
        raw.Currency = names[5];
        raw.Unit = names[6];
        raw.EventId = body.Slice(4, 16);
        raw.EventMicros = BinaryPrimitives.ReadInt64LittleEndian(body[20..]);
        raw.IngestedMicros = BinaryPrimitives.ReadInt64LittleEndian(body[28..]);
        raw.Sequence = BinaryPrimitives.ReadInt64LittleEndian(body[36..]);
        raw.Price = BinaryPrimitives.ReadDoubleLittleEndian(body[44..]);
        raw.Volume = Finite(BinaryPrimitives.ReadDoubleLittleEndian(body[52..]));
        raw.Bid = Finite(BinaryPrimitives.ReadDoubleLittleEndian(body[60..]));
        raw.Ask = Finite(BinaryPrimitives.ReadDoubleLittleEndian(body[68..]));
        raw.ContractMonth = BinaryPrimitives.ReadInt32LittleEndian(body[76..]);
        raw.PriceRole = RawRole.Price;
        return TryValues(in raw, fault) ? ReadResult.Tick : ReadResult.Fault;
    }

    private static double Finite(double value) => double.IsInfinity(value) ? double.NaN : value;

    private static bool TryValues(ref readonly RawTick raw, Fault fault)
    {
        if (!Reading.EventTime.IsPlausible(raw.EventMicros) || !Reading.EventTime.IsPlausible(raw.IngestedMicros))
        {
            return fault.Set(DeadLetterReason.InvalidTime, "occurred_at", Reading.EventTime.Expected, default);
        }

        if (raw.Sequence < -1)
        {
            return fault.Set(DeadLetterReason.InvalidNumber, "sequence", "a whole number from 0, or -1", default);
        }

        return raw.ContractMonth == 0 || (raw.ContractMonth is >= 200001 and <= 209912 && raw.ContractMonth % 100 is >= 1 and <= 12)
            || fault.Set(DeadLetterReason.InvalidTime, "contract_month", Reading.ContractMonth.Expected, default);
    }

    private bool TryDefine(ReadOnlySpan<byte> body, Fault fault)
    {
        var names = new byte[Names][];
        var at = 4;
        for (var i = 0; i < Names; i++)
        {
            if (at >= body.Length || at + 1 + body[at] > body.Length)
            {
                return fault.Set(DeadLetterReason.InvalidRecord, "definition", $"{Names} names", default);
            }

            names[i] = body.Slice(at + 1, body[at]).ToArray();
            at += 1 + names[i].Length;
        }

        var isText = at == body.Length && Array.TrueForAll(names, n => System.Text.Unicode.Utf8.IsValid(n));
        var number = isText ? BinaryPrimitives.ReadInt32LittleEndian(body) : 0;
        if (!isText || names[1].Length == 0 || names[3].Length == 0)
        {
            return fault.Set(DeadLetterReason.InvalidRecord, "definition", $"{Names} names in UTF-8, with source and symbol", default);
        }

        if (_definitions.Count >= maxDefinitions && !_definitions.ContainsKey(number))
        {
            return fault.Set(
                DeadLetterReason.TooManyNames, "definition", $"at most {maxDefinitions} definitions", default);
        }

        _definitions[number] = names;
        return true;
    }
}
