using System.Net;
using System.Text;
using Aurum.Cluster;
using Aurum.Cluster.Contracts;
using Aurum.Cluster.Registry;
using Aurum.Store.Avro;
using Aurum.Tests.Engines.Vault;
using Aurum.Tests.Store.Avro;
using Microsoft.AspNetCore.WebUtilities;

namespace Aurum.Tests.Engines.Registry;

public sealed class RegistryClientTests : IDisposable
{
    private readonly TestFolder _folder = new();
    private readonly RegistryService _service;
    private readonly InProcess _network;
    private readonly RegistryOptions _options =
        new() { Url = "http://a:8081, http://b:8081", User = "u", Password = "secret", RetryWaitMillis = 1 };

    public RegistryClientTests()
    {
        _service = new RegistryService(Path.Combine(_folder.Path, "journal"));
        _network = new InProcess(_service);
    }

    public void Dispose()
    {
        _network.Dispose();
        _service.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public async Task Asks_for_what_it_needs_once_and_goes_on_while_the_registry_is_down()
    {
        using var client = Client();
        var book = new EventSchemaBook(client, _options);
        var topic = EventTopics.Find("aurum.iso.caiso.lmp.v1");
        await book.Prepare([topic, EventTopics.Find(EventTopics.CurveLetterTopic)], default);
        var record = (AvroRecord)AvroSamples.Random(topic.Contract.Schema, new Random(1))!;
        var message = Message(book.IdOf(topic), topic.Contract.Schema, record);
        await book.Decode(message, topic.Contract, default);
        var asked = _network.Asked;

        _network.Down = ["a", "b"];
        await book.Prepare([topic], default);
        var read = await book.Decode(message, topic.Contract, default);

        Assert.Equal(asked, _network.Asked);
        Assert.Equal(record["location_id"], read["location_id"]);
        await Assert.ThrowsAsync<RegistryException>(() => book.Prepare([EventTopics.Find("aurum.iso.pjm.lmp.v1")], default));
        asked = _network.Asked;
        var error = await Assert.ThrowsAsync<RegistryException>(() => client.ById(99, default));
        Assert.True(error.IsDown);
        Assert.Equal(asked + 1 + _options.Retries, _network.Asked);
    }

    [Fact]
    public async Task Asks_the_next_address_where_one_does_not_answer_and_says_who_it_is_to_both()
    {
        _network.Down = ["a"];
        using var client = Client();

        Assert.Equal(1, await client.Register("s", "\"int\"", default));

        Assert.Equal("Basic " + Convert.ToBase64String(Encoding.UTF8.GetBytes("u:secret")), _network.Authorization);
        Assert.DoesNotContain("secret", _options.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_password_that_was_replaced_in_Vault_is_asked_for_when_the_old_one_is_refused()
    {
        using var vault = new TurningVault(("SCHEMA_REGISTRY_PASSWORD", "secret"));
        using var client = new RegistryClient(_options.With(vault.Secrets), new Random(1), TimeProvider.System, _network);
        _network.Taken = "Basic " + Convert.ToBase64String("u:second"u8);
        vault.Turn("SCHEMA_REGISTRY_PASSWORD", "second");
        Assert.Equal(1, await client.Register("s", "\"int\"", default));
        Assert.Equal(2, _network.Asked);
        using var old = Client();
        Assert.Equal(401, (await Assert.ThrowsAsync<RegistryException>(() => old.Subjects(default))).Status);
    }

    [Fact]
    public async Task One_that_does_not_answer_is_waited_for_no_longer_than_is_set()
    {
        _network.IsHanging = true;
        using var client = new RegistryClient(
            _options with { RequestTimeoutMillis = 20, Retries = 1 }, new Random(1), TimeProvider.System, _network);

        var error = await Assert.ThrowsAsync<RegistryException>(() => client.Subjects(default));

        Assert.True(error.IsDown);
        Assert.Contains("did not answer GET /subjects within 20 ms", error.Message, StringComparison.Ordinal);
        Assert.Equal(2, _network.Asked);
        using var stop = new CancellationTokenSource();
        stop.Cancel();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => client.Subjects(stop.Token));
    }

    [Fact]
    public async Task A_schema_that_is_not_there_is_not_registered_where_that_is_not_wanted()
    {
        using var client = Client();
        var topic = EventTopics.Find("aurum.iso.caiso.lmp.v1");

        var error = await Assert.ThrowsAsync<RegistryException>(
            () => new EventSchemaBook(client, _options with { AutoRegister = false }).Prepare([topic], default));

        Assert.Contains("run 'aurum contracts register'", error.Message, StringComparison.Ordinal);
        Assert.Empty(await client.Subjects(default));
    }

    [Fact]
    public async Task Errors_carry_the_number_and_the_words_of_the_registry()
    {
        using var client = Client();
        await client.Register("s", "\"int\"", default);
        var asked = _network.Asked;

        var error = await Assert.ThrowsAsync<RegistryException>(() => client.Register("s", "\"string\"", default));

        Assert.Equal((409, 409), (error.Status, error.ErrorCode));
        Assert.Contains("the new schema reads string, version 1 wrote int", error.Message, StringComparison.Ordinal);
        Assert.Equal(asked + 1, _network.Asked);
        Assert.Null(await client.LookUp("s", "\"string\"", default));
        Assert.Single(await client.WouldBreak("s", "\"string\"", default));
        Assert.Empty(await client.WouldBreak("new", "\"string\"", default));
    }

    [Fact]
    public async Task Subjects_with_odd_names_levels_modes_and_deletion_go_both_ways()
    {
        using var client = Client();
        const string odd = "a/b c%?#é";
        Assert.Equal(1, await client.Register(odd, "\"int\"", default));
        Assert.Equal([odd], await client.Subjects(default));
        Assert.Equal("\"int\"", (await client.Version(odd, null, default)).Text);
        Assert.Null(await client.Level(odd, default));
        await client.SetLevel(odd, "FULL", default);
        Assert.Equal("FULL", await client.Level(odd, default));
        Assert.Equal("BACKWARD", await client.Level(null, default));
        await client.SetMode(odd, "READONLY", default);
        Assert.Equal("READONLY", await client.Mode(odd, default));
        await client.SetMode(odd, "READWRITE", default);
        Assert.Equal([1], await client.Delete(odd, isForGood: false, default));
        Assert.Equal([1], await client.Delete(odd, isForGood: true, default));
        Assert.Empty(await client.Subjects(default));
    }

    [Fact]
    public async Task A_message_of_an_older_version_is_read_as_the_contract_has_it_today()
    {
        using var client = Client();
        const string older = """
            {"type": "record", "name": "aurum.ref.fx.FxRate", "fields": [
              {"name": "base_currency", "type": "string"}, {"name": "quote_currency", "type": "string"},
              {"name": "rate", "type": "float"}, {"name": "as_of_date", "type": "int"}, {"name": "ingest_ts", "type": "long"}]}
            """;
        var type = AvroSchemaJson.Read(older);
        var id = await client.Register("older", older, default);
        var record = new AvroRecord(type)
        {
            ["base_currency"] = "EUR", ["quote_currency"] = "USD", ["rate"] = 1.5f, ["as_of_date"] = 7, ["ingest_ts"] = 9L,
        };

        var read = await new EventSchemaBook(client, _options)
            .Decode(Message(id, type, record), EventContracts.Find("fx.rate.v1"), default);

        Assert.Equal(
            ("EUR", 1.5, "ECB", 7, 9L),
            (read["base_currency"], read["rate"], read["source"], read["as_of_date"], read["ingest_ts"]));
        Assert.Null(read["metadata"]);
    }

    [Fact]
    public async Task The_doctor_says_what_is_missing_and_what_to_do()
    {
        var fresh = await RegistryCheck.Run(_options with { AutoRegister = false }, _network, default);
        Assert.Contains(fresh, f => f is { State: EngineState.Warned, ToDo: "run 'aurum contracts register'" });

        using var client = Client();
        await client.Register("aurum.iso.caiso.lmp.v1-value", "\"int\"", default);
        await client.SetLevel(null, "NONE", default);
        await client.SetLevel("aurum.iso.caiso.lmp.v1-value", "BACKWARD", default);
        var spoilt = await RegistryCheck.Run(_options, _network, default);
        Assert.Contains(spoilt, f => f.State == EngineState.Failed
            && f.What.StartsWith("aurum.iso.caiso.lmp.v1-value: BACKWARD", StringComparison.Ordinal));
        Assert.Contains(spoilt, f => f.State == EngineState.Warned && f.What.Contains("NONE", StringComparison.Ordinal));

        _network.Down = ["a", "b"];
        var down = Assert.Single(await RegistryCheck.Run(_options, _network, default));
        Assert.Equal(EngineState.Failed, down.State);
        Assert.DoesNotContain("secret", down.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("", "Registry:Url: expected an address")]
    [InlineData("localhost:8081", "Registry:Url: expected addresses like")]
    [InlineData("http://u:p@localhost", "without name and password")]
    public void Settings_that_cannot_work_are_refused(string url, string message)
    {
        var error = Assert.Throws<ArgumentException>(() => new RegistryOptions { Url = url }.Check());
        Assert.Contains(message, error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("u:p", error.Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => (_options with { BearerToken = "t" }).Check());
        Assert.Throws<ArgumentException>(() => (_options with { Retries = 21 }).Check());
    }

    private static byte[] Message(int id, AvroType type, AvroRecord record)
    {
        using var buffer = new AvroBuffer();
        ConfluentFrame.Write(buffer, id);
        AvroWriter.Write(buffer, type, record);
        return buffer.ToArray();
    }

    private RegistryClient Client() => new(_options, new Random(1), TimeProvider.System, _network);

    /// <summary>Carries requests to a registry of this process; some addresses do not answer.</summary>
    private sealed class InProcess(RegistryService service) : HttpMessageHandler
    {
        public IReadOnlyList<string> Down { get; set; } = [];

        /// <summary>Whether requests are taken and never answered.</summary>
        public bool IsHanging { get; set; }

        public int Asked { get; private set; }

        public string? Authorization { get; private set; }

        /// <summary>The header that is let in; null: any.</summary>
        public string? Taken { get; set; }

        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancel)
        {
            Asked++;
            if (IsHanging)
            {
                await Task.Delay(Timeout.InfiniteTimeSpan, cancel);
            }

            if (Down.Contains(request.RequestUri!.Host))
            {
                throw new HttpRequestException("connection refused");
            }

            Authorization = request.Headers.Authorization?.ToString();
            if (Taken is not null && Taken != Authorization)
            {
                return new HttpResponseMessage(HttpStatusCode.Unauthorized);
            }

            var body = request.Content is null ? "" : await request.Content.ReadAsStringAsync(cancel);
            var query = QueryHelpers.ParseQuery(request.RequestUri.Query).ToDictionary(q => q.Key, q => q.Value.ToString());
            var answer = service.Answer(new RegistryRequest(request.Method.Method, request.RequestUri.AbsolutePath, query, body));
            return new HttpResponseMessage((HttpStatusCode)answer.Status)
            {
                Content = new StringContent(answer.Json!.ToJsonString(), Encoding.UTF8, RegistryAnswer.ContentType),
            };
        }
    }
}
