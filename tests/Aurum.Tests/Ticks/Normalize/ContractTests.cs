using System.Text;
using System.Text.Json.Nodes;
using Aurum.Market.Ticks;
using Aurum.Ticks;
using Aurum.Ticks.Normalize;

namespace Aurum.Tests.Ticks.Normalize;

/// <summary>What right messages become, in every format.</summary>
public sealed class ContractTests
{
    [Fact]
    public void Reads_contract_B()
    {
        var read = TickMessages.Normalize(TickMessages.B(sequence: 88));
        var tick = read.Tick;
        Assert.Equal(
            (TickMessages.Occurred, TickMessages.Occurred + 1_250_000, 88L, 27.115, 12.5),
            (tick.EventMicros, tick.IngestedMicros, tick.Sequence, tick.Price, tick.Volume));
        Assert.Equal((double.NaN, double.NaN, QualityFlags.None), (tick.Bid, tick.Ask, tick.Flags));
        Assert.Equal(
            new TickInstrument(0, "acme", "CAISO.NP15.RT5", "CAISO", "TH_NP15_GEN-APND", 0, "USD", "MWh"), read.Instrument);
        Assert.Equal("caiso-oasis", read.Stage.Sources[tick.Source]);
    }

    [Fact]
    public void Reads_the_example_of_the_contract_to_the_letter()
    {
        var text = """
            {"event_id":"evt-90211","trace_id":"4bf9","schema_version":"1.0.0","tenant_id":"acme","producer":"caiso-connector@2.0.0","occurred_at":1772463900000000,"ingested_at":1772463901250000,"payload":{"source_system":"caiso-oasis","market":"CAISO","symbol":"TH_NP15_GEN-APND","sequence":88,"received_at":1772463901400000,"encoding":"json","retry_count":0,"metadata":{"instrument_id":"CAISO.NP15.RT5","unit":"MWh"},"raw_payload":"{\"price\":27.115,\"volume\":0,\"bid\":null,\"currency\":\"USD\"}"}}
            """;
        var tick = TickMessages.Normalize(Encoding.UTF8.GetBytes(text)).Tick;
        Assert.Equal((27.115, 0.0, 0L, text.Length), (tick.Price, tick.Volume, tick.Position, tick.Length));
    }

    [Fact]
    public void Reads_contract_A()
    {
        var read = TickMessages.Normalize(TickMessages.A());
        var tick = read.Tick;
        Assert.Equal(
            (TickMessages.Occurred, TickMessages.Occurred + 2_000_000, 31.84, 640.0, 31.8, 31.9),
            (tick.EventMicros, tick.IngestedMicros, tick.Price, tick.Volume, tick.Bid, tick.Ask));
        Assert.True(tick is { HasNodeOrHub: true, HasZone: true, Flags: QualityFlags.None });
        Assert.Equal(
            new TickInstrument(0, "acme", "MISO.INDIANA.HUB.RT5", "MISO", "MISO.INDIANA.HUB.RT5", 0, "USD", "MWh"), read.Instrument);
    }

    [Fact]
    public void The_order_of_fields_blanks_and_unknown_fields_change_nothing()
    {
        var message = TickMessages.B();
        message["note"] = new JsonArray(1, "two", new JsonObject { ["three"] = JsonValue.Create((string?)null) });
        var reversed = new JsonObject(message.Reverse().Select(f => KeyValuePair.Create(f.Key, f.Value?.DeepClone())));
        var text = reversed.ToJsonString().Replace(",", " ,  ", StringComparison.Ordinal).Replace(":", " : ", StringComparison.Ordinal);
        var read = TickMessages.Normalize(Encoding.UTF8.GetBytes("  " + text + "\r\n"));
        Assert.Equal(
            TickMessages.Normalize(TickMessages.B()).Tick with { Position = 2, Length = text.Length },
            read.Tick);
    }

    [Fact]
    public void Escapes_are_letters()
    {
        var plain = TickMessages.B().With("payload.metadata.instrument_id", "Zürich \U0001F50C \"hub\"");
        var escaped = Encoding.UTF8.GetString(TickMessages.Lines(plain));
        Assert.Contains("\\u00FC", escaped, StringComparison.Ordinal);
        Assert.Equal("Zürich \U0001F50C \"hub\"", TickMessages.Normalize(Encoding.UTF8.GetBytes(escaped)).Instrument.InstrumentId);
    }

    [Theory]
    [InlineData("price", "last_price", 5.0, 0)]
    [InlineData("last_price", "value", 5.0, (int)QualityFlags.MissingPricePrimary)]
    [InlineData("value", "other", 5.0, (int)QualityFlags.MissingPricePrimary)]
    public void The_price_is_the_first_of_its_names_and_zero_is_a_price(string first, string second, double price, int flags)
    {
        var read = TickMessages.Normalize(TickMessages.B().WithRaw($$"""{"{{second}}":7,"{{first}}":{{price}},"volume":1}"""));
        Assert.Equal((price, (QualityFlags)flags), (read.Tick.Price, read.Tick.Flags));
        Assert.Equal(0.0, TickMessages.Normalize(TickMessages.B().WithRaw("""{"value":9,"price":0,"volume":1}""")).Tick.Price);
    }

    [Fact]
    public void The_instrument_is_the_metadata_then_the_raw_payload_then_the_symbol()
    {
        const string Raw = """{"price":1,"instrument_id":"RAW.ID"}""";
        Assert.Equal("CAISO.NP15.RT5", TickMessages.Normalize(TickMessages.B().WithRaw(Raw)).Instrument.InstrumentId);
        var noMetadata = TickMessages.B().Without("payload.metadata");
        Assert.Equal("RAW.ID", TickMessages.Normalize(noMetadata.WithRaw(Raw)).Instrument.InstrumentId);
        Assert.Equal("TH_NP15_GEN-APND", TickMessages.Normalize(noMetadata.WithRaw("""{"price":1}""")).Instrument.InstrumentId);
    }

    [Fact]
    public void A_contract_month_makes_a_tick_a_quote_of_a_curve()
    {
        var read = TickMessages.Normalize(TickMessages.B().WithRaw("""{"price":41.5,"contract_month":"2026-04"}"""));
        Assert.Equal((202604, "CAISO.NP15.RT5@2026-04"), (read.Instrument.ContractMonth, read.Instrument.Name));
    }

    [Theory]
    [InlineData("MISO", """{"INTERVAL":"2026-03-02T10:05:00","CPNODE":"INDIANA.HUB","LMP":31.5}""", 31.5, "USD")]
    [InlineData("CAISO", """{"LMP_TYPE":"LMP","INTERVALSTARTTIME_GMT":"2026-03-02T15:05:00-00:00","MW":"27.1"}""", 27.1, "USD")]
    [InlineData("CAISO", """{"LMP_TYPE":"LMP","VALUE":"27.2"}""", 27.2, "USD")]
    [InlineData("ERCOT", """{"SettlementPoint":"HB_NORTH","SettlementPointPrice":18.25}""", 18.25, "USD")]
    [InlineData("PJM", """{"pnode_name":"WESTERN HUB","total_lmp_rt":44.1}""", 44.1, "USD")]
    [InlineData("NYISO", """{"Name":"N.Y.C.","PTID":61761,"LBMP ($/MWHr)":"51.07"}""", 51.07, "USD")]
    [InlineData("SPP", """{"Settlement Location":"SPPNORTH_HUB","LMP":-3.5}""", -3.5, "USD")]
    [InlineData("ISO-NE", """{"location":".H.INTERNAL_HUB","LmpTotal":62.5}""", 62.5, "USD")]
    [InlineData("AESO", """{"pool_price":"84.21","volume_mwh":3}""", 84.21, "CAD")]
    public void Every_market_is_read_by_its_own_names(string market, string raw, double price, string currency)
    {
        var read = TickMessages.Normalize(TickMessages.B().With("payload.market", market.ToLowerInvariant()).WithRaw(raw));
        Assert.Equal((price, market, currency), (read.Tick.Price, read.Instrument.Market, read.Instrument.Currency));
        Assert.False(read.Tick.Flags.HasFlag(QualityFlags.UnknownMarket));
    }

    [Fact]
    public void Reads_a_publishers_CSV_on_its_own_clock()
    {
        var read = TickMessages.Csv(
            "\"Time Stamp\",\"Name\",\"PTID\",\"LBMP ($/MWHr)\"\n\"03/02/2026 10:05:00\",\"N.Y.C.\",61761,51.07\n",
            "NYISO");
        Assert.Equal((TickMessages.Occurred, 51.07), (read.Tick.EventMicros, read.Tick.Price));
        Assert.Equal(("N.Y.C.", "default", "file"), (read.Instrument.InstrumentId, read.Instrument.Tenant, read.Stage.Sources[0]));
    }

    [Fact]
    public void Reads_both_passes_of_the_hour_that_the_clock_repeats()
    {
        var read = TickMessages.Csv(
            "SCEDTimestamp,RepeatedHourFlag,SettlementPoint,LMP\n"
            + "2025-11-02T01:05:00,N,HB_NORTH,1\n2025-11-02T01:05:00,Y,HB_NORTH,2\n2025-03-09T02:30:00,N,HB_NORTH,3\n",
            "ERCOT");
        Assert.Equal(DeadLetterReason.AmbiguousTime, read.Letter.Reason);
        Assert.Equal(
            [TickMessages.Micros("2025-11-02T06:05:00Z"), TickMessages.Micros("2025-11-02T07:05:00Z")],
            read.Ticks.Select(t => t.EventMicros));
    }

    [Fact]
    public void Reads_CSV_of_every_market_with_quotes_and_empty_cells()
    {
        var read = TickMessages.Csv(
            "symbol,timestamp,source_id,market,sequence,price,volume,bid,ask\n"
            + "\"HUB, \"\"A\"\"\",2026-03-02T15:05:00Z,feed-a,PJM,7,10.5,,10.4,10.6\r\n"
            + "HUB.B,1772463900000000,feed-a,,,\"1,250.5\",3,,\n");
        Assert.Equal("HUB, \"A\"", read.Stage.Instruments[0].InstrumentId);
        Assert.Equal([10.5, 1250.5], read.Ticks.Select(t => t.Price));
        Assert.Equal([7L, -1L], read.Ticks.Select(t => t.Sequence));
        Assert.All(read.Ticks, t => Assert.Equal(TickMessages.Occurred, t.EventMicros));
    }

    [Fact]
    public void Reads_the_binary_form_and_what_follows_a_broken_record()
    {
        var bytes = new System.Buffers.ArrayBufferWriter<byte>();
        BinaryTicks.WriteDefinition(bytes, 7, "acme", "ice", "ICE", "PJMW", "ICE.PJMW", "USD", "MWh");
        var start = bytes.WrittenCount;
        Write(bytes, 1, 41.5);
        Write(bytes, 2, 42.5);
        var stream = bytes.WrittenSpan.ToArray();
        stream[start + 60] ^= 1;
        var read = TickMessages.Normalize(stream, streamOptions: new TickStreamOptions(TickFormat.Binary));
        Assert.Equal((42.5, 202604, QualityFlags.UnknownMarket), (read.Tick.Price, read.Instrument.ContractMonth, read.Tick.Flags));
        Assert.Equal((DeadLetterReason.InvalidRecord, (long)start), (read.Letter.Reason, read.Letter.Position));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(1000)]
    public void Pieces_of_a_stream_give_what_the_whole_gives(int pieceBytes)
    {
        var bytes = TickMessages.Lines(Enumerable.Range(0, 20).Select(i => TickMessages.B($"e{i % 15}", price: i)));
        var whole = TickMessages.Normalize(bytes);
        var stage = new NormalizeStage(new NormalizeOptions());
        var stream = stage.Open(new TickStreamOptions());
        using var ticks = new Batch<Tick>();
        using var dead = new Batch<DeadLetter>();
        var from = 0;
        for (var to = 0; to < bytes.Length;)
        {
            to = Math.Min(to + pieceBytes, bytes.Length);
            var taken = 0;
            do
            {
                taken = stage.OnBytes(stream, bytes.AsSpan(from..to), from, to == bytes.Length, 1000, ticks, dead);
                from += taken;
            }
            while (taken > 0);
        }

        Assert.Equal(whole.Ticks, ticks.Items.ToArray());
        Assert.Equal(5, stage.Duplicates);
    }

    private static void Write(System.Buffers.ArrayBufferWriter<byte> to, int number, double price) => BinaryTicks.WriteTick(
        to,
        7,
        new Guid(number, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0),
        (TickMessages.Occurred, TickMessages.Occurred, number),
        (price, 5, double.NaN, double.NaN),
        202604);
}
