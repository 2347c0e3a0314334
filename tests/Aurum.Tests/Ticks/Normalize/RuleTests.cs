using System.Text;
using System.Text.Json.Nodes;
using Aurum.Market.Ticks;
using Aurum.Ticks.Normalize;
using static Aurum.Market.Ticks.DeadLetterReason;

namespace Aurum.Tests.Ticks.Normalize;

/// <summary>Every rule that makes a message a dead letter, and every flag that does not.</summary>
public sealed class RuleTests
{
    private static readonly Dictionary<string, (DeadLetterReason Reason, string Field, JsonObject Message)> Rules = new()
    {
        ["no event id"] = (MissingField, "event_id", TickMessages.B().Without("event_id")),
        ["event id null"] = (MissingField, "event_id", TickMessages.B().With("event_id", null)),
        ["event id a number"] = (WrongType, "event_id", TickMessages.B().With("event_id", 7)),
        ["event id empty"] = (InvalidText, "event_id", TickMessages.B().With("event_id", "  ")),
        ["event id too long"] = (InvalidText, "event_id", TickMessages.B().With("event_id", new string('x', 129))),
        ["no trace id"] = (MissingField, "trace_id", TickMessages.B().Without("trace_id")),
        ["no producer"] = (MissingField, "producer", TickMessages.B().Without("producer")),
        ["version 2"] = (UnsupportedVersion, "schema_version", TickMessages.B().With("schema_version", "2.0.0")),
        ["no time"] = (MissingField, "occurred_at", TickMessages.B().Without("occurred_at")),
        ["seconds"] = (InvalidTime, "occurred_at", TickMessages.B().With("occurred_at", 1_772_463_900)),
        ["milliseconds"] = (InvalidTime, "occurred_at", TickMessages.B().With("occurred_at", 1_772_463_900_000)),
        ["a fraction of a microsecond"] = (InvalidTime, "occurred_at", TickMessages.B().With("occurred_at", 1_772_463_900_000_000.5)),
        ["naive time"] = (TimeWithoutZone, "occurred_at", TickMessages.B().With("occurred_at", "2026-03-02T15:05:00")),
        ["no such day"] = (InvalidTime, "occurred_at", TickMessages.B().With("occurred_at", "2026-02-30T15:05:00Z")),
        ["time a truth"] = (WrongType, "occurred_at", TickMessages.B().With("occurred_at", true)),
        ["future"] = (TimeInFuture, "occurred_at", TickMessages.B().With("occurred_at", TickMessages.Occurred + 61_300_000)),
        ["no ingestion time"] = (MissingField, "ingested_at", TickMessages.B().Without("ingested_at")),
        ["no receipt"] = (MissingField, "payload.received_at", TickMessages.B().Without("payload.received_at")),
        ["no payload"] = (MissingField, "payload", TickMessages.B().Without("payload")),
        ["payload a text"] = (WrongType, "payload", TickMessages.B().With("payload", "x")),
        ["no source"] = (MissingField, "payload.source_system", TickMessages.B().Without("payload.source_system")),
        ["no market"] = (MissingField, "payload.market", TickMessages.B().Without("payload.market")),
        ["no symbol"] = (MissingField, "payload.symbol", TickMessages.B().Without("payload.symbol")),
        ["control character"] = (InvalidText, "payload.symbol", TickMessages.B().With("payload.symbol", "A\nB")),
        ["sequence a text"] = (WrongType, "payload.sequence", TickMessages.B().With("payload.sequence", "8")),
        ["sequence negative"] = (InvalidNumber, "payload.sequence", TickMessages.B().With("payload.sequence", -1)),
        ["encoding"] = (UnsupportedEncoding, "payload.encoding", TickMessages.B().With("payload.encoding", "csv-line")),
        ["no raw payload"] = (MissingField, "payload.raw_payload", TickMessages.B().Without("payload.raw_payload")),
        ["raw payload an object"] = (WrongType, "payload.raw_payload", TickMessages.B().With("payload.raw_payload", new JsonObject())),
        ["raw payload no JSON"] = (InvalidPayload, "payload.raw_payload", TickMessages.B().WithRaw("31,84")),
        ["raw payload cut"] = (InvalidPayload, "payload.raw_payload", TickMessages.B().WithRaw("""{"price":3""")),
        ["checksum"] = (ChecksumMismatch, "payload.checksum", TickMessages.B().With("payload.checksum", new string('0', 64))),
        ["no price"] = (MissingPrice, "payload.raw_payload.price", TickMessages.B().WithRaw("""{"volume":3,"price":null}""")),
        ["price blank"] = (MissingPrice, "payload.raw_payload.price", TickMessages.B().WithRaw("""{"price":"N/A"}""")),
        ["price a word"] = (InvalidNumber, "payload.raw_payload.price", TickMessages.B().WithRaw("""{"price":"high"}""")),
        ["price endless"] = (InvalidNumber, "payload.raw_payload.price", TickMessages.B().WithRaw("""{"price":1e999}""")),
        ["price a truth"] = (WrongType, "payload.raw_payload.price", TickMessages.B().WithRaw("""{"price":true}""")),
        ["price limit"] = (PriceLimit, "payload.raw_payload.price", TickMessages.B().WithRaw("""{"price":-1e7}""")),
        ["volume negative"] = (VolumeNegative, "payload.raw_payload.volume", TickMessages.B().WithRaw("""{"price":1,"volume":-1}""")),
        ["volume limit"] = (VolumeLimit, "payload.raw_payload.volume", TickMessages.B().WithRaw("""{"price":1,"volume":1e9}""")),
        ["short id"] = (InvalidText, "payload.instrument_id", TickMessages.B().With("payload.metadata.instrument_id", "AB")),
        ["id a number"] = (WrongType, "payload.raw_payload.instrument_id", TickMessages.B().WithRaw("""{"price":1,"instrument_id":7}""")),
        ["contract month"] = (
            InvalidTime, "payload.raw_payload.contract_month", TickMessages.B().WithRaw("""{"price":1,"contract_month":"2026-13"}""")),
        ["component"] = (
            NotAPrice, "payload.raw_payload.LMP_TYPE", TickMessages.B().WithRaw("""{"LMP_TYPE":"MCC","MW":1}""")),
        ["A: no envelope id"] = (MissingField, "event_id", TickMessages.A().Without("envelope.event_id")),
        ["A: no instrument"] = (MissingField, "payload.instrument_id", TickMessages.A().Without("payload.instrument_id")),
        ["A: no data"] = (MissingField, "payload.raw_data", TickMessages.A().Without("payload.raw_data")),
        ["A: data a text"] = (WrongType, "payload.raw_data", TickMessages.A().With("payload.raw_data", "x")),
        ["A: naive time"] = (
            TimeWithoutZone, "payload.raw_data.timestamp", TickMessages.A().With("payload.raw_data.timestamp", "2026-03-02T15:05:00")),
        ["A: no price"] = (MissingPrice, "payload.raw_payload.price", TickMessages.A().Without("payload.raw_data.price")),
    };

    private static readonly Dictionary<string, (DeadLetterReason Reason, string Field, JsonObject Message)> TextRules = new()
    {
        ["control character in a raw id"] = (
            InvalidText, "payload.instrument_id",
            TickMessages.B().Without("payload.metadata").WithRaw("""{"price":1,"instrument_id":"NP\u000015"}""")),
        ["control character in a currency"] = (
            InvalidText, "payload.raw_payload.currency", TickMessages.B().WithRaw("""{"price":1,"currency":"U\u0000D"}""")),
        ["control character in a unit"] = (
            InvalidText, "payload.raw_payload.unit", TickMessages.B().Without("payload.metadata.unit")
                .WithRaw("""{"price":1,"unit":"M\tWh"}""")),
        ["tenant that could not be read"] = (InvalidText, "tenant_id", TickMessages.B().With("tenant_id", "ac\uFFFDme")),
    };

    public static TheoryData<string> Names => new(Rules.Keys.Concat(TextRules.Keys));

    [Theory]
    [MemberData(nameof(Names))]
    public void A_broken_rule_is_named_with_its_field(string rule)
    {
        var (reason, field, message) = Rules.TryGetValue(rule, out var found) ? found : TextRules[rule];
        var letter = TickMessages.Normalize(message).Letter;
        Assert.Equal((reason, field), (letter.Reason, letter.Field));
        Assert.NotEmpty(letter.Expected);
        Assert.Equal((0L, TickMessages.Lines(message).Length - 1), (letter.Position, letter.Length));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(31)]
    public void A_name_in_a_row_has_no_control_characters(int control)
    {
        var letter = TickMessages.Csv($"timestamp,node,price\n2026-03-02T15:00:00Z,A{(char)control}B,20\n", "CAISO").Letter;
        Assert.Equal((InvalidText, "payload.instrument_id", "A\uFFFDB"), (letter.Reason, letter.Field, letter.Found));
    }

    [Fact]
    public void What_is_found_is_told_without_control_characters() => Assert.Equal(
        "\uFFFD\uFFFD}", TickMessages.Normalize("{\"event_id\":\0\u001b}"u8).Letter.Found);

    [Theory]
    [InlineData("", 0)]
    [InlineData("   ", 0)]
    [InlineData("{}", (int)MissingField)]
    [InlineData("[]", (int)WrongType)]
    [InlineData("7", (int)WrongType)]
    [InlineData("{", (int)InvalidJson)]
    [InlineData("{\"event_id\":\"a\",}", (int)InvalidJson)]
    [InlineData("{\"event_id\":\"a\" \"b\":1}", (int)InvalidJson)]
    [InlineData("{\"event_id\":\"a\"} x", (int)InvalidJson)]
    [InlineData("{\"event_id\":'a'}", (int)InvalidJson)]
    [InlineData("{\"n\":01}", (int)InvalidJson)]
    [InlineData("{\"n\":1.}", (int)InvalidJson)]
    [InlineData("{\"n\":+1}", (int)InvalidJson)]
    [InlineData("{\"n\":NaN}", (int)InvalidJson)]
    [InlineData("{\"n\":\"\\x\"}", (int)InvalidJson)]
    [InlineData("{\"n\":\"a\tb\"}", (int)InvalidJson)]
    [InlineData("{\"event_id\":\"a\",\"event_id\":\"b\"}", (int)RepeatedField)]
    public void What_is_no_message_is_a_dead_letter(string line, int reason)
    {
        var read = TickMessages.Normalize(Encoding.UTF8.GetBytes(line));
        Assert.Equal((DeadLetterReason)reason, read.Dead.SingleOrDefault()?.Reason ?? 0);
    }

    [Fact]
    public void Nesting_beyond_32_objects_is_refused_rather_than_followed()
    {
        var deep = string.Concat(Enumerable.Repeat("{\"a\":", 40)) + "1" + new string('}', 40);
        Assert.Equal(InvalidJson, TickMessages.Normalize(Encoding.UTF8.GetBytes(deep)).Letter.Reason);
    }

    [Fact]
    public void Bytes_that_are_not_UTF8_are_a_dead_letter() =>
        Assert.Equal(InvalidUtf8, TickMessages.Normalize([(byte)'{', 0xC3, 0x28, (byte)'}']).Letter.Reason);

    [Fact]
    public void A_line_that_is_too_long_is_one_dead_letter_and_the_next_is_read()
    {
        byte[] bytes = [.. new byte[70_000].Select(_ => (byte)'x'), (byte)'\n', .. TickMessages.Lines(TickMessages.B())];
        var read = TickMessages.Normalize(bytes);
        Assert.Equal((TooLong, 0L, 70_000), (read.Letter.Reason, read.Letter.Position, read.Letter.Length));
        Assert.Equal(70_001, read.Tick.Position);
    }

    [Fact]
    public void A_repeated_event_id_is_a_duplicate_of_its_tenant_only()
    {
        var read = TickMessages.Normalize(TickMessages.Lines(
            TickMessages.B(price: 1), TickMessages.B(price: 2), TickMessages.B(price: 3).With("tenant_id", "other")));
        Assert.Equal([1.0, 3.0], read.Ticks.Select(t => t.Price));
        Assert.Equal(1, read.Stage.Duplicates);
        Assert.Equal(["acme", "other"], read.Ticks.Select(t => read.Stage.Instruments[t.Instrument].Tenant));
    }

    [Fact]
    public void A_dead_letter_can_be_mended_and_sent_again_under_its_id()
    {
        var read = TickMessages.Normalize(TickMessages.Lines(TickMessages.B().WithRaw("{}"), TickMessages.B(price: 2)));
        Assert.Equal((MissingPrice, 2.0), (read.Letter.Reason, read.Tick.Price));
    }

    [Fact]
    public void The_duplicate_window_forgets_by_count_and_by_age()
    {
        var options = new NormalizeOptions { DuplicateMessages = 4, DuplicateSeconds = 100 };
        var ids = TickMessages.Lines(Enumerable.Range(0, 12).Append(11).Append(0).Select(i => TickMessages.B($"e{i}")));
        Assert.Equal(1, TickMessages.Normalize(ids, options).Stage.Duplicates);
        var aged = TickMessages.Lines(Enumerable.Range(0, 4).Select(i => TickMessages.B(
            i == 3 ? "e0" : $"e{i}", TickMessages.Occurred + (i * 150_000_000L))));
        Assert.Equal(0, TickMessages.Normalize(aged, options).Stage.Duplicates);
    }

    [Fact]
    public void An_instrument_keeps_its_market_currency_and_unit()
    {
        var read = TickMessages.Normalize(TickMessages.Lines(
            TickMessages.B("1"),
            TickMessages.B("2").With("payload.market", "MISO"),
            TickMessages.B("3").WithRaw("""{"price":1,"currency":"CAD"}"""),
            TickMessages.B("4").With("payload.metadata.unit", "MMBtu")));
        Assert.Equal([MarketMismatch, UnitMismatch, UnitMismatch], read.Dead.Select(d => d.Reason));
    }

    [Fact]
    public void Names_have_a_limit()
    {
        var options = new NormalizeOptions { MaxInstruments = 1 };
        var read = TickMessages.Normalize(
            TickMessages.Lines(TickMessages.B("1"), TickMessages.B("2").With("payload.metadata.instrument_id", "ANOTHER")), options);
        Assert.Equal((TooManyNames, "CAISO.NP15.RT5"), (read.Letter.Reason, read.Instrument.InstrumentId));
    }

    [Fact]
    public void Rows_and_headers_that_do_not_fit_are_dead_letters()
    {
        Assert.Equal(
            [InvalidHeader, InvalidHeader], TickMessages.Csv("symbol,price\nA,1\n").Dead.Select(d => d.Reason));
        Assert.Equal(
            [InvalidRow, InvalidRow, InvalidRow, InvalidNumber],
            TickMessages.Csv(
                "symbol,timestamp,price\nHUB,2026-03-02T15:05:00Z\nHUB,2026-03-02T15:05:00Z,1,2\nHUB,2026-03-02T15:05:00Z,\"1\n"
                + "HUB,2026-03-02T15:05:00Z,1x\n").Dead.Select(d => d.Reason));
    }

    [Theory]
    [InlineData("""{"price":-5,"volume":1}""", (int)QualityFlags.PriceNegative)]
    [InlineData("""{"price":2000.5,"volume":1}""", (int)QualityFlags.OutOfRange)]
    [InlineData("""{"price":-100.5,"volume":1}""", (int)(QualityFlags.OutOfRange | QualityFlags.PriceNegative))]
    [InlineData("""{"price":5,"volume":10001}""", (int)QualityFlags.VolumeSpike)]
    [InlineData("""{"price":5}""", (int)QualityFlags.MissingVolume)]
    [InlineData("""{"price":5,"volume":"n.a."}""", (int)QualityFlags.MissingVolume)]
    [InlineData("""{"LMP_TYPE":"LMP","value":"5","volume":1}""", 0)]
    [InlineData("""{"last_price":5,"volume":1}""", (int)QualityFlags.MissingPricePrimary)]
    [InlineData("""{"price":5,"volume":1,"bid":6,"ask":5}""", (int)QualityFlags.CrossedQuote)]
    public void A_flag_says_what_is_unusual_and_keeps_the_tick(string raw, int flags) =>
        Assert.Equal((QualityFlags)flags, TickMessages.Normalize(TickMessages.B().WithRaw(raw)).Tick.Flags);

    [Fact]
    public void Late_arrival_and_unknown_markets_are_flagged()
    {
        var late = TickMessages.B().With("ingested_at", TickMessages.Occurred + 300_000_001);
        Assert.Equal(QualityFlags.LateArrival, TickMessages.Normalize(late).Tick.Flags);
        Assert.Equal(
            QualityFlags.UnknownMarket, TickMessages.Normalize(TickMessages.B().With("payload.market", "ICE")).Tick.Flags);
    }

    [Fact]
    public void Sequence_gaps_repeats_and_disorder_are_flagged_by_source()
    {
        long[] sequences = [5, 6, 9, 8, 10, 10];
        var messages = sequences.Select((s, i) => TickMessages.B($"{i}", TickMessages.Occurred + (s * 1_000_000), sequence: s))
            .Append(TickMessages.B("other", sequence: 1).With("payload.source_system", "second"));
        Assert.Equal(
            [
                QualityFlags.None, QualityFlags.None, QualityFlags.SequenceGap, QualityFlags.OutOfOrder, QualityFlags.None,
                QualityFlags.Duplicate, QualityFlags.None,
            ],
            TickMessages.Normalize(TickMessages.Lines(messages)).Ticks.Select(t => t.Flags));
    }

    [Fact]
    public void A_missing_price_is_the_last_one_only_where_that_is_asked_for()
    {
        var bytes = TickMessages.Lines(TickMessages.B("1", price: 42), TickMessages.B("2").WithRaw("""{"volume":1}"""));
        var read = TickMessages.Normalize(bytes, new NormalizeOptions { BackfillsPrices = true });
        Assert.Equal((42.0, QualityFlags.PriceBackfilled), (read.Ticks[1].Price, read.Ticks[1].Flags));
        Assert.Equal(MissingPrice, TickMessages.Normalize(bytes).Letter.Reason);
    }

    [Fact]
    public void A_checksum_that_holds_is_accepted()
    {
        var message = TickMessages.B().WithRaw("""{"price":1,"volume":1}""").With(
            "payload.checksum", Convert.ToHexString(System.Security.Cryptography.SHA256.HashData("""{"price":1,"volume":1}"""u8)));
        Assert.Equal(1.0, TickMessages.Normalize(message).Tick.Price);
    }

    [Fact]
    public void Flags_have_their_names_on_the_wire()
    {
        Assert.Equal(["valid"], QualityFlagNames.Of(QualityFlags.None));
        foreach (var flag in Enum.GetValues<QualityFlags>().Where(f => f != QualityFlags.None))
        {
            Assert.True(QualityFlagNames.TryParse(Assert.Single(QualityFlagNames.Of(flag)), out var parsed));
            Assert.Equal(flag, parsed);
        }
    }

    [Fact]
    public void The_tick_id_is_the_contracts()
    {
        var id = TickId.Of("MISO.HUB", 1737972300000000, "miso-rest");
        Assert.StartsWith("ec9b70f3", id, StringComparison.Ordinal);
        Assert.EndsWith("df00d4", id, StringComparison.Ordinal);
    }
}
