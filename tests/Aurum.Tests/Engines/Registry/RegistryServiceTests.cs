using System.Text.Json;
using Aurum.Cluster.Registry;
using Aurum.Tests.Store.Avro;

namespace Aurum.Tests.Engines.Registry;

public sealed class RegistryServiceTests : IDisposable
{
    private const string One = """{"type":"record","name":"P","fields":[{"name":"a","type":"int"}]}""";
    private const string WithDefault =
        """{"type":"record","name":"P","fields":[{"name":"a","type":"int"},{"name":"b","type":"int","default":0}]}""";
    private const string WithoutDefault =
        """{"type":"record","name":"P","fields":[{"name":"a","type":"int"},{"name":"b","type":"int"}]}""";
    private const string Fewer = """{"type":"record","name":"P","fields":[]}""";
    private const string Wider = """{"type":"record","name":"P","fields":[{"name":"a","type":"long"}]}""";

    private readonly TestFolder _folder = new();
    private RegistryService _registry;

    public RegistryServiceTests() => _registry = new RegistryService(Journal);

    private string Journal => Path.Combine(_folder.Path, "schemas.journal");

    public void Dispose()
    {
        _registry.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public void The_same_schema_has_the_same_id_in_every_subject_and_after_a_restart()
    {
        Assert.Equal(1, Register("s", One));
        Assert.Equal(2, Register("s", WithDefault));
        Assert.Equal(1, Register("t", One.Replace("\"a\"", " \"a\" ", StringComparison.Ordinal)));
        Assert.Equal(1, Register("s", One));

        Restart();

        Assert.Equal(3, Register("s", One.Replace("\"P\"", "\"P\",\"doc\":\"x\"", StringComparison.Ordinal)));
        Assert.Equal("[1,2,3]", Get("/subjects/s/versions"));
        Assert.Equal("""["s","t"]""", Get("/subjects"));
        Assert.Equal("""[{"subject":"s","version":1},{"subject":"t","version":1}]""", Get("/schemas/ids/1/versions"));
        Assert.Equal(One, JsonDocument.Parse(Get("/schemas/ids/1")).RootElement.GetProperty("schema").GetString());
    }

    [Theory]
    [InlineData("BACKWARD", WithDefault, true)]
    [InlineData("BACKWARD", WithoutDefault, false)]
    [InlineData("BACKWARD", Fewer, true)]
    [InlineData("BACKWARD", Wider, true)]
    [InlineData("FORWARD", WithoutDefault, true)]
    [InlineData("FORWARD", Fewer, false)]
    [InlineData("FORWARD", Wider, false)]
    [InlineData("FULL", WithDefault, true)]
    [InlineData("FULL", WithoutDefault, false)]
    [InlineData("FULL", Fewer, false)]
    [InlineData("NONE", "\"string\"", true)]
    [InlineData("BACKWARD_TRANSITIVE", WithDefault, true)]
    [InlineData("FORWARD_TRANSITIVE", WithoutDefault, true)]
    [InlineData("FULL_TRANSITIVE", Wider, false)]
    public void A_level_lets_through_what_it_says(string level, string changed, bool isCompatible)
    {
        Register("s", One);
        Ask("PUT", "/config/s", Json(new { compatibility = level }));

        var (status, body) = Ask("POST", "/compatibility/subjects/s/versions/latest", Body(changed), ("verbose", "true"));
        var registered = Ask("POST", "/subjects/s/versions", Body(changed));

        Assert.Equal(200, status);
        Assert.Equal(isCompatible, body.GetProperty("is_compatible").GetBoolean());
        Assert.Equal(isCompatible, body.GetProperty("messages").GetArrayLength() == 0);
        Assert.Equal(isCompatible ? 200 : 409, registered.Status);
    }

    [Fact]
    public void A_transitive_level_looks_at_all_versions_and_a_plain_one_at_the_last()
    {
        Ask("PUT", "/config/s", Json(new { compatibility = "BACKWARD" }));
        Register("s", One);
        Register("s", Fewer);

        // What the last version wrote has no field b, but the one before could have had another.
        var changed = """{"type":"record","name":"P","fields":[{"name":"a","type":"string","default":""}]}""";
        Assert.True(Ask("POST", "/compatibility/subjects/s/versions", Body(changed)).Body.GetProperty("is_compatible").GetBoolean());
        Ask("PUT", "/config/s", Json(new { compatibility = "BACKWARD_TRANSITIVE" }));

        var (status, body) = Ask("POST", "/subjects/s/versions", Body(changed));

        Assert.Equal(409, status);
        Assert.Equal(409, body.GetProperty("error_code").GetInt32());
        Assert.Contains(
            "BACKWARD_TRANSITIVE: /fields/a/type: TYPE_MISMATCH: the new schema reads string, version 1 wrote int",
            body.GetProperty("message").GetString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("POST", "/subjects/s/versions", "{\"schema\": \"{\"}", 422, 42201)]
    [InlineData("POST", "/subjects/s/versions", "{\"schema\": \"{\\\"type\\\":\\\"record\\\",\\\"name\\\":\\\"R\\\"}\"}", 422, 42201)]
    [InlineData("POST", "/subjects/s/versions", "{\"schemaType\": \"PROTOBUF\", \"schema\": \"\"}", 422, 42201)]
    [InlineData("POST", "/subjects/s/versions", "{}", 422, 42201)]
    [InlineData("POST", "/subjects/s/versions", "no json", 422, 42201)]
    [InlineData("GET", "/subjects/x/versions", "", 404, 40401)]
    [InlineData("GET", "/subjects/p/versions/7", "", 404, 40402)]
    [InlineData("GET", "/subjects/p/versions/zero", "", 422, 42202)]
    [InlineData("GET", "/schemas/ids/99", "", 404, 40403)]
    [InlineData("POST", "/subjects/p", "{\"schema\": \"\\\"bytes\\\"\"}", 404, 40403)]
    [InlineData("PUT", "/config", "{\"compatibility\": \"SIDEWARD\"}", 422, 42203)]
    [InlineData("PUT", "/mode", "{\"mode\": \"ASLEEP\"}", 422, 42204)]
    [InlineData("GET", "/config/p", "", 404, 40408)]
    [InlineData("DELETE", "/subjects/p?permanent=true", "", 404, 40405)]
    [InlineData("GET", "/no/such/thing", "", 404, 404)]
    public void What_cannot_be_done_is_said_with_the_number_that_clients_know(
        string method, string target, string body, int status, int code)
    {
        Register("p", "\"int\"");
        var parts = target.Split('?');

        var answer = parts.Length == 1 ? Ask(method, target, body) : Ask(method, parts[0], body, ("permanent", "true"));

        Assert.Equal((status, code), (answer.Status, answer.Body.GetProperty("error_code").GetInt32()));
        Assert.False(string.IsNullOrEmpty(answer.Body.GetProperty("message").GetString()));
    }

    [Fact]
    public void References_are_found_and_keep_what_they_lead_to()
    {
        Register("place", """{"type":"enum","name":"a.Place","symbols":["HUB"]}""");
        var schema = """{"type":"record","name":"a.R","fields":[{"name":"p","type":"a.Place"}]}""";
        var references = new[] { new { name = "a.Place", subject = "place", version = 1 } };

        Assert.Equal(42201, Ask("POST", "/subjects/r/versions", Body(schema)).Body.GetProperty("error_code").GetInt32());
        Assert.Equal(200, Ask("POST", "/subjects/r/versions", Json(new { schema, references })).Status);

        Restart();
        Assert.Equal("[2]", Get("/subjects/place/versions/1/referencedby"));
        Assert.Equal(42206, Ask("DELETE", "/subjects/place").Body.GetProperty("error_code").GetInt32());
        Assert.Equal(200, Ask("DELETE", "/subjects/r").Status);
        Assert.Equal(200, Ask("DELETE", "/subjects/place").Status);
    }

    [Fact]
    public void What_is_deleted_is_hidden_first_and_forgotten_when_asked_again_and_its_id_comes_back()
    {
        Register("s", One);
        Register("s", WithDefault);

        Assert.Equal("1", Ask("DELETE", "/subjects/s/versions/1").Body.GetRawText());
        Assert.Equal(40406, Ask("DELETE", "/subjects/s/versions/1").Body.GetProperty("error_code").GetInt32());
        Assert.Equal("[2]", Get("/subjects/s/versions"));
        Assert.Equal("[1,2]", Ask("GET", "/subjects/s/versions", "", ("deleted", "true")).Body.GetRawText());
        Assert.Equal("[2]", Ask("DELETE", "/subjects/s").Body.GetRawText());
        Assert.Equal("[1,2]", Ask("DELETE", "/subjects/s", "", ("permanent", "true")).Body.GetRawText());
        Assert.Equal("[]", Get("/subjects"));

        Restart();
        Assert.Equal("[]", Get("/subjects"));
        Assert.Equal(1, Register("s", One));
    }

    [Fact]
    public void A_registry_that_is_read_only_takes_nothing_and_one_that_imports_keeps_numbers()
    {
        Ask("PUT", "/mode", Json(new { mode = "READONLY" }));
        Assert.Equal(42205, Ask("POST", "/subjects/s/versions", Body(One)).Body.GetProperty("error_code").GetInt32());
        Ask("PUT", "/mode", Json(new { mode = "IMPORT" }));
        var imported = Ask("POST", "/subjects/s/versions", Json(new { schema = One, id = 70, version = 4 }));
        var taken = Ask("POST", "/subjects/s/versions", Json(new { schema = Wider, id = 70 }));
        Assert.Equal(70, imported.Body.GetProperty("id").GetInt32());
        Assert.Equal(42205, taken.Body.GetProperty("error_code").GetInt32());
        Ask("PUT", "/mode", Json(new { mode = "READWRITE" }));

        Assert.Equal("[4]", Get("/subjects/s/versions"));
        Assert.Equal(71, Register("s", Wider));
    }

    [Fact]
    public void What_a_cut_off_write_left_is_dropped_and_a_damaged_line_before_others_is_named()
    {
        Register("s", One);
        _registry.Dispose();
        File.AppendAllText(Journal, "0badc0de {\"Op\":\"ver");
        _registry = new RegistryService(Journal);
        Assert.Equal(2, Register("s", WithDefault));
        _registry.Dispose();

        var text = File.ReadAllText(Journal);
        File.WriteAllText(Journal, text.Replace("\\\"a\\\"", "\\\"z\\\"", StringComparison.Ordinal));
        var error = Assert.Throws<FormatException>(() => new RegistryService(Journal));
        Assert.Contains("schemas.journal:1", error.Message, StringComparison.Ordinal);
        File.WriteAllText(Journal, text);
        _registry = new RegistryService(Journal);
    }

    [Fact]
    public void A_disk_that_is_full_is_said_and_nothing_of_the_request_is_kept()
    {
        Register("s", One);
        _registry.Disk = RegistryDisk.Real with { Write = static (_, _, _) => throw Full() };

        var refused = Ask("POST", "/subjects/s/versions", Body(WithDefault));

        Assert.Equal((500, 50001), (refused.Status, refused.Body.GetProperty("error_code").GetInt32()));
        Assert.Equal("[1]", Get("/subjects/s/versions"));
        _registry.Disk = RegistryDisk.Real;
        Assert.Equal(2, Register("s", WithDefault));
        Restart();
        Assert.Equal("[1,2]", Get("/subjects/s/versions"));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void What_a_full_disk_refused_is_not_written_later_when_it_has_room_again(bool goesOn)
    {
        // The disk has the bytes but not for good, cannot even cut them off, and then has room again.
        var large = One.Replace("\"P\"", $"\"P\",\"doc\":\"{new string('x', 1_000)}\"", StringComparison.Ordinal);
        _registry.Disk = new RegistryDisk(
            static (file, bytes, at) =>
            {
                RandomAccess.Write(file, bytes, at);
                throw Full();
            },
            static (_, _) => throw Full());
        Assert.Equal(500, Ask("POST", "/subjects/a/versions", Body(large)).Status);
        Assert.Equal(500, Ask("POST", "/subjects/a/versions", Body(large)).Status);
        _registry.Disk = RegistryDisk.Real;
        if (goesOn)
        {
            Assert.Equal(1, Register("b", Wider));
        }

        Restart();

        Assert.Equal(goesOn ? "[\"b\"]" : "[]", Get("/subjects"));
        Assert.Equal(goesOn ? 2 : 1, Register("a", One));
        Assert.Equal(goesOn ? Wider : One, JsonDocument.Parse(Get("/schemas/ids/1")).RootElement.GetProperty("schema").GetString());
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void References_lead_to_sixteen_schemas_one_after_the_other_and_no_further(bool startsAnew)
    {
        Register("s0", Link(0));
        for (var i = 1; i <= 16; i++)
        {
            if (startsAnew)
            {
                Restart();
            }

            Assert.Equal(200, Ask("POST", $"/subjects/s{i}/versions", Linked(i)).Status);
        }

        var refused = Ask("POST", "/subjects/s17/versions", Linked(17));

        Assert.Equal((422, 42201), (refused.Status, refused.Body.GetProperty("error_code").GetInt32()));
        Assert.Equal(
            "Invalid schema: expected references at most 16 deep", refused.Body.GetProperty("message").GetString());
    }

    [Fact]
    public void A_small_schema_of_defaults_that_are_many_values_is_refused()
    {
        var refused = Ask("POST", "/subjects/s/versions", Body(AvroSamples.DoublingDefaults(40)));

        Assert.Equal((422, 42201), (refused.Status, refused.Body.GetProperty("error_code").GetInt32()));
        Assert.Contains("expected defaults of at most", refused.Body.GetProperty("message").GetString(), StringComparison.Ordinal);
        Assert.Equal("[]", Get("/subjects"));
    }

    [Fact]
    public void Two_registries_do_not_share_a_file() => Assert.Throws<IOException>(() => new RegistryService(Journal));

    private static string Json<T>(T value) => JsonSerializer.Serialize(value);

    private static string Body(string schema) => Json(new { schema });

    private static IOException Full() => new("No space left on device");

    /// <summary>A record of a chain: each has the one before as a field.</summary>
    private static string Link(int number) => number == 0
        ? """{"type":"record","name":"a.R0","fields":[]}"""
        : $$"""{"type":"record","name":"a.R{{number}}","fields":[{"name":"f","type":"a.R{{number - 1}}"}]}""";

    private static string Linked(int number) => Json(new
    {
        schema = Link(number),
        references = new[] { new { name = $"a.R{number - 1}", subject = $"s{number - 1}", version = 1 } },
    });

    private void Restart()
    {
        _registry.Dispose();
        _registry = new RegistryService(Journal);
    }

    private int Register(string subject, string schema)
    {
        var (status, body) = Ask("POST", $"/subjects/{subject}/versions", Body(schema));
        Assert.True(status == 200, body.GetRawText());
        return body.GetProperty("id").GetInt32();
    }

    private string Get(string path) => Ask("GET", path).Body.GetRawText();

    private (int Status, JsonElement Body) Ask(
        string method, string path, string body = "", params ReadOnlySpan<(string Name, string Value)> query)
    {
        var parameters = new Dictionary<string, string>();
        foreach (var (name, value) in query)
        {
            parameters[name] = value;
        }

        var answer = _registry.Answer(new RegistryRequest(method, path, parameters, body));
        return (answer.Status, JsonSerializer.Deserialize<JsonElement>(answer.Json!.ToJsonString()));
    }
}
