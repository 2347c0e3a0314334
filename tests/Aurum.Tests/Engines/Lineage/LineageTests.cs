using System.Text.Json;
using Aurum.Cluster.Lineage;
using Aurum.Market.Curves;
using Aurum.Market.Feeds;
using Aurum.Sources;
using Aurum.Store.Archive;
using Aurum.Store.Lake;
using Aurum.Store.Lake.Projection;
using Aurum.Store.Reading;
using Aurum.Tests.Store.Lake.Interop;
using NodaTime;

namespace Aurum.Tests.Engines.Lineage;

public sealed class LineageTests
{
    private static readonly Instant KnownAt = Instant.FromUtc(2025, 11, 2, 12, 0, 5);

    private static readonly LineageOptions Options = new()
    {
        File = "lineage.ndjson",
        Owner = "team:market-data",
        SourceUrl = new Uri("https://git.example/aurum/blob/main"),
    };

    private static readonly LineageWorld World = new(
        static id => FeedCatalog.TryFind(id),
        static site => FeedCatalog.Sites.First(s => s.Name == site).BaseAddress,
        static table => LineageNames.Postgres("db", 0, "aurum", "aurum", table));

    [Fact]
    public async Task Every_kind_of_event_is_one_by_the_specifications_rules()
    {
        var metrics = new Dictionary<string, ColumnMetrics> { ["lmp"] = new(24, 1, -3.5, 90.25, 812.5), ["location_id"] = new(25, 0) };
        var lake = new LakeLineage(Options, World, static t => LineageNames.S3("aurum-curated", $"iceberg/{t.Namespace}/{t.Table}"));
        List<LineageEvent> events =
        [
            .. new DeliveryLineage(Options, World).EventsOf(Entry(Outcome.Data), Files(), metrics),
            .. new DeliveryLineage(Options, World).EventsOf(Entry(Outcome.Malformed), Files(), new Dictionary<string, ColumnMetrics>()),
            .. new DeliveryLineage(Options, World).EventsOf(Entry(Outcome.ProvenEmpty), null, new Dictionary<string, ColumnMetrics>()),
            .. lake.EventsOf(new LakeCommit(LakeName.Parse("market.iso_lmp"), 7, 2, 48), KnownAt),
            .. lake.EventsOf(new LakeCommit(LakeName.Parse("market.unknown_table"), 7, 2, 48), KnownAt),
        ];
        var last = events[^1];
        events.Add(last with
        {
            Parent = (last.RunId, "parent"),
            Outputs = [last.Outputs[0] with { Lifecycle = "CREATE", Bytes = 5, Files = 1 }],
        });
        var lines = events.Select(e => new LineageJson(Options).Write(e)).Select(System.Text.Encoding.UTF8.GetString).ToList();
        var answers = await NodeScript.Run("validate.mjs", [SchemaPath], string.Join('\n', lines) + "\n");
        Assert.Equal(lines.Count, answers.Count);
        Assert.All(answers.Zip(lines), static a => Assert.True(a.First.GetProperty("valid").GetBoolean(), $"{a.First}\n{a.Second}"));
        var broken = lines[0].Replace("\"runId\":\"", "\"runId\":\"x", StringComparison.Ordinal);
        Assert.False((await NodeScript.Run("validate.mjs", [SchemaPath], broken + "\n"))[0].GetProperty("valid").GetBoolean());
    }

    [Fact]
    public void Merged_quotes_are_those_of_workbooks_column_by_column()
    {
        var end = Events(Entry(Outcome.Data) with { Table = "curve_observation" }, null)[1];
        Assert.Equal(("postgres://db:5432", "aurum.aurum.curve_landing"), NameOf(end.GetProperty("inputs")[0]));
        var fields = end.GetProperty("outputs")[0].GetProperty("facets").GetProperty("columnLineage").GetProperty("fields");
        Assert.Equal("mid", fields.GetProperty("mid").GetProperty("inputFields")[0].GetProperty("field").GetString());
        Assert.Equal(CurveTables.Observation.Columns.Count, fields.EnumerateObject().Count());
    }

    [Fact]
    public void A_delivery_is_a_run_from_the_publishers_site_to_the_stores_table()
    {
        var events = Events(Entry(Outcome.Data), Files());
        Assert.Equal(["START", "COMPLETE"], events.Select(static e => e.GetProperty("eventType").GetString()));
        Assert.Equal("2025-11-02T12:00:01Z", events[0].GetProperty("eventTime").GetString());
        var end = events[1];
        var nominal = end.GetProperty("run").GetProperty("facets").GetProperty("nominalTime");
        Assert.Equal(
            ("2025-11-02T07:00:00Z", "2025-11-03T08:00:00Z"),
            (nominal.GetProperty("nominalStartTime").GetString(), nominal.GetProperty("nominalEndTime").GetString()));
        Assert.Equal("ingest.caiso/day-ahead-lmp", end.GetProperty("job").GetProperty("name").GetString());
        Assert.Equal(
            "https://git.example/aurum/blob/main/src/Aurum.App/Ingest/Delivery.cs", Facet(end, "job", "sourceCodeLocation", "url"));
        var input = end.GetProperty("inputs")[0];
        var oasis = FeedCatalog.Sites.First(static s => s.Name == "caiso-oasis").BaseAddress.GetLeftPart(UriPartial.Authority);
        Assert.Equal((oasis, "caiso/day-ahead-lmp"), NameOf(input));
        Assert.Equal(2, input.GetProperty("inputFacets").GetProperty("dataQualityMetrics").GetProperty("fileCount").GetInt32());
        var output = end.GetProperty("outputs")[0];
        Assert.Equal(("postgres://db:5432", "aurum.aurum.iso_lmp"), NameOf(output));
        Assert.Equal(25, output.GetProperty("outputFacets").GetProperty("outputStatistics").GetProperty("rowCount").GetInt64());
        var metadata = end.GetProperty("run").GetProperty("facets").GetProperty("aurumMetadata");
        Assert.Equal((25, 3), (metadata.GetProperty("rowCount").GetInt64(), metadata.GetProperty("quarantinedRows").GetInt64()));
        Assert.Contains(
            output.GetProperty("facets").GetProperty("schema").GetProperty("fields").EnumerateArray(),
            static f => f.GetProperty("name").GetString() == "location_id"
                && f.GetProperty("description").GetString() == "part of the key");
    }

    [Fact]
    public void A_delivery_that_could_not_be_read_fails_with_its_reason_and_has_written_nothing()
    {
        var end = Events(Entry(Outcome.Malformed), Files())[1];
        Assert.Equal("FAIL", end.GetProperty("eventType").GetString());
        Assert.Equal("Malformed: spp.csv:2: expected a decimal", Facet(end, "run", "errorMessage", "message"));
        Assert.Empty(end.GetProperty("outputs").EnumerateArray());
    }

    [Fact]
    public void The_same_delivery_is_the_same_run_in_this_installation_alone()
    {
        Assert.Equal(RunOf(Options, 7), RunOf(Options, 7));
        Assert.NotEqual(RunOf(Options, 7), RunOf(Options, 8));
        Assert.NotEqual(RunOf(Options, 7), RunOf(Options with { Namespace = "aurum-test" }, 7));
        Assert.Equal('8', RunOf(Options, 7)[14]);
    }

    [Fact]
    public void A_workbook_that_was_handed_over_is_a_file()
    {
        var fetch = new Fetch(new FeedId("curves/eugp"), new LocalDate(2025, 11, 2), Fetch.HandedOver, "", "EUGP.xlsx", 0);
        var files = Files() with { Files = [new FileRecord(fetch, new string('a', 64), 10, KnownAt)] };
        Assert.Equal(("file", "handed-over/EUGP.xlsx"), NameOf(Events(Entry(Outcome.Data), files)[1].GetProperty("inputs")[0]));
    }

    [Fact]
    public void Datasets_are_named_by_the_rules_of_OpenLineage()
    {
        Assert.Equal(("kafka://k1:9093", "t"), Short(LineageNames.Kafka("k1:9093, k2:9093", "t")));
        Assert.Equal(("kafka://k1:9092", "t"), Short(LineageNames.Kafka("k1", "t")));
        Assert.Equal(("s3://bucket", "a/b"), Short(LineageNames.S3("bucket", "/a/b/")));
        Assert.Equal(("clickhouse://ch:8123", "db.t"), Short(LineageNames.ClickHouse(new Uri("http://ch:8123"), "db", "t")));
        Assert.Equal(("file", "/data/lake"), Short(LineageNames.File("/data/lake")));
    }

    [Fact]
    public void A_column_that_the_lake_takes_as_it_is_comes_from_the_stores_column()
    {
        var lake = new LakeLineage(Options, World, static t => new LineageDataset("file", t.ToString()));
        var origins = lake.EventsOf(new LakeCommit(LakeProjections.All[0].Shape.Name, 7, 2, 48), KnownAt)[1].Outputs[0].Origins;
        Assert.Contains(origins, static o => (o.Column, o.FromColumn) == ("location_id", "location_id"));
    }

    private static string SchemaPath =>
        Path.Combine(Samples.ProjectRoot(), "tests", "Aurum.Tests", "Engines", "Lineage", "Schemas", "run-event.schema.json");

    private static OutboxEntry Entry(Outcome outcome) =>
        new(7, new FeedId("caiso/day-ahead-lmp"), new LocalDate(2025, 11, 2), "iso_lmp", outcome, KnownAt, 24, 1, 3);

    private static Aurum.Store.Reading.Delivery Files() => new(
        7, new FeedId("caiso/day-ahead-lmp"), new LocalDate(2025, 11, 2), KnownAt, Outcome.Data, "spp.csv:2: expected a decimal", true,
        null,
        [.. new[] { 'a', 'b' }.Select(static c => new FileRecord(
            new Fetch(new FeedId("caiso/day-ahead-lmp"), new LocalDate(2025, 11, 2), "caiso-oasis", "/SingleZip", "x.zip", 200),
            new string(c, 64), 1_000, KnownAt - Duration.FromSeconds(4)))]);

    private static List<JsonElement> Events(OutboxEntry entry, Aurum.Store.Reading.Delivery? files) =>
    [
        .. new DeliveryLineage(Options, World).EventsOf(entry, files, new Dictionary<string, ColumnMetrics>())
            .Select(static e => JsonSerializer.Deserialize<JsonElement>(new LineageJson(Options).Write(e))),
    ];

    private static (string, string) Short(LineageDataset dataset) => (dataset.Namespace, dataset.Name);

    private static (string?, string?) NameOf(JsonElement dataset) =>
        (dataset.GetProperty("namespace").GetString(), dataset.GetProperty("name").GetString());

    private static string? Facet(JsonElement lineage, string of, string facet, string name) =>
        lineage.GetProperty(of).GetProperty("facets").GetProperty(facet).GetProperty(name).GetString();

    private static string RunOf(LineageOptions options, long delivery) => new DeliveryLineage(options, World)
        .EventsOf(Entry(Outcome.Data) with { Id = delivery }, null, new Dictionary<string, ColumnMetrics>())[0].RunId.ToString();
}
