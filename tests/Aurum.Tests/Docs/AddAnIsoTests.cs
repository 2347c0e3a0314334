using System.Text.RegularExpressions;
using Aurum.App;
using Aurum.App.Configuration;
using Aurum.App.Ingest;
using Aurum.App.Running;
using Aurum.App.Simulation;
using Aurum.Market.Feeds;
using Aurum.Quality.Gates;
using Aurum.Quality.Suites;
using Aurum.Sandbox.Faults;
using Aurum.Sandbox.Hosting;
using Aurum.Sandbox.Worlds;
using Aurum.Sources;
using Aurum.Tests.Architecture;
using Aurum.Tests.Docs.Toy;
using Aurum.Tests.Proofs;
using NodaTime;

namespace Aurum.Tests.Docs;

/// <summary>Whoever follows docs/add-an-iso.md gets there: its code is the code of Docs/Toy, and that runs from the wire to the
/// store.</summary>
public sealed partial class AddAnIsoTests : IDisposable
{
    private const string Toy = "tests/Aurum.Tests/Docs/Toy/";
    private const string SuiteFile = "src/Aurum.Quality/Suites/iso_lmp.yml";

    private static readonly string Page = Repository.Read("docs/add-an-iso.md");

    /// <summary>The short, an ordinary and the long day of 2026.</summary>
    private static readonly LocalDate[] Days = [new(2026, 3, 8), new(2026, 6, 10), new(2026, 11, 1)];

    private readonly TestFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Every_block_of_code_is_compiled_as_it_stands()
    {
        var blocks = CodeBlock().Matches(Page);
        Assert.Equal(
            Repository.SourceFiles.Where(static p => p.StartsWith(Toy, StringComparison.Ordinal)).Select(static p => p[Toy.Length..]),
            blocks.Select(static b => Path.GetFileName(b.Groups["path"].Value)).Order(StringComparer.Ordinal));
        Assert.All(blocks, static block =>
        {
            var parts = block.Groups["path"].Value.Split('/');
            var shown = block.Groups["code"].Value;
            Assert.Contains($"\nnamespace {string.Join('.', parts[1..^1])};\n", shown, StringComparison.Ordinal);
            Assert.Equal(Comparable(Repository.Read(Toy + parts[^1])), Comparable(shown));
        });
        Assert.Equal(blocks.Count, Regex.Count(Page, "^```csharp$", RegexOptions.Multiline));
    }

    [Fact]
    public void The_lines_for_the_lists_stand_there_for_every_publisher()
    {
        var lines = ListLine().Matches(Page);
        Assert.Equal(5, lines.Count);
        Assert.All(lines, static line => Assert.Contains(
            line.Groups["line"].Value.Replace("Prairie", "Nyiso", StringComparison.Ordinal),
            Repository.Read(line.Groups["path"].Value),
            StringComparison.Ordinal));
    }

    [Fact]
    public void Prices_of_a_market_without_limits_do_not_pass_and_with_the_pages_limits_they_do()
    {
        var error = Assert.ThrowsAny<Exception>(() => SuiteCompiler.Compile(Suite.Load("iso_lmp"), DayAheadLmp.Feed));
        Assert.Contains("PRAIRIE", error.Message, StringComparison.Ordinal);
        Assert.Equal("iso_lmp", SuiteCompiler.Compile(SuiteOfThePage("iso_lmp"), DayAheadLmp.Feed).Suite.Name);
    }

    [Fact]
    public void No_other_feed_takes_its_files()
    {
        var file = FeedFile.FromBytes("x.csv", "Date,HE,Place,LMP,MCE,MCC,MLC\n2025-11-02,HE02,WHEAT.HUB,1,1,0,0\n"u8.ToArray());
        Assert.True(DayAheadLmp.Feed.Recognizes(FeedDetection.HeadOf(file)));
        Assert.Null(FeedDetection.Detect(file).Feed);
    }

    [Fact]
    public async Task The_feed_goes_from_the_sandbox_through_archive_gate_and_store_and_every_row_is_true()
    {
        var world = new World(5);
        var network = new SandboxNetwork(world, [new PrairiePublisher(world)], PrairieTruth.Of(world));
        using var platform = await Collect(network);

        var store = platform.Store;
        Assert.All(Days, day => Assert.Equal(Outcome.Data, store.Ledger.Find(DayAheadLmp.Feed.Id, day)!.Outcome));
        var exact = new ExactRows(
            store, network.Truth, feed => [.. Days.Select(feed.Day)], Instant.FromUtc(2027, 1, 1, 0, 0));
        Assert.Empty(DayAheadLmp.Feed.Accept(exact));
        Assert.Equal(3 * (23 + 24 + 25), exact.Rows);
        Assert.Equal(72, StoreNumbers.Of(store, "select count(*) from iso_lmp where iso_code = 'PRAIRIE' and location_id = 'WHEAT.HUB'"));
        StoreNumbers.AddUp(store);
        Assert.True(store.Archive.Verify().IsSound);
    }

    [Fact]
    public async Task A_column_that_the_publisher_renames_stops_the_day_by_name()
    {
        var world = new World(5);
        var faults = FaultPlan.FromScript("prairie: path 2026-06-10 attempts 1 -> renamed-column");
        using var platform = await Collect(new SandboxNetwork(world, [new PrairiePublisher(world)], PrairieTruth.Of(world), faults));

        var entry = platform.Store.Ledger.Find(DayAheadLmp.Feed.Id, Days[1])!;
        Assert.Equal(Outcome.Malformed, entry.Outcome);
        Assert.Contains("expected a column LMP, found Date,HE,Place,Price,MCE,MCC,MLC", entry.Why, StringComparison.Ordinal);
    }

    private async Task<Platform> Collect(SandboxNetwork network)
    {
        var time = new VirtualTime(Instant.FromUtc(2027, 1, 1, 0, 0), keepsLimits: false);
        var platform = Platform.Open(
            new AurumOptions
            {
                DataDirectory = _folder.Path,
                StoreMemoryMiB = 512,
                Sites = PrairieFeeds.Sites.ToDictionary(
                    s => s.Name, s => new SiteOptions { BaseAddress = SandboxNetwork.BaseAddress(s) }),
            },
            new PlatformWorld(time, "test")
            {
                Catalog = PrairieFeeds.All,
                Sites = PrairieFeeds.Sites,
                Suites = SuiteOfThePage,
                Handler = new SandboxHandler(network, () => time.Now, time),
                Secrets = Secrets.OfSandbox,
            });
        IReadOnlyList<WorkItem> items = [.. Days.Select(day => new WorkItem(DayAheadLmp.Feed, DayAheadLmp.Feed.Day(day)))];
        await platform.Collector.RunBackfill(items, 1, static _ => { }, CancellationToken.None);
        return platform;
    }

    /// <summary>The suite with the page's lines in its tables of limits.</summary>
    private static Suite SuiteOfThePage(string name)
    {
        Assert.Equal("iso_lmp", name);
        var suite = Repository.Read(SuiteFile);
        foreach (var table in LimitLines().Matches(YamlBlock().Match(Page).Groups["yaml"].Value).Cast<Match>())
        {
            var head = table.Groups["head"].Value;
            Assert.Equal(1, Regex.Count(suite, $"^{Regex.Escape(head)}$", RegexOptions.Multiline));
            suite = suite.Replace(head + "\n", head + "\n" + table.Groups["lines"].Value, StringComparison.Ordinal);
        }

        return SuiteReader.Read(suite, SuiteFile);
    }

    /// <summary>Code without what differs by where it stands: its namespace and the using of its own publisher.</summary>
    private static string Comparable(string code)
    {
        var at = code.IndexOf("\nnamespace ", StringComparison.Ordinal);
        var usings = code[..at].Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Where(static line => !line.EndsWith(".Prairie;", StringComparison.Ordinal)).Order(StringComparer.Ordinal);
        return string.Join('\n', usings) + code[code.IndexOf(";\n", at, StringComparison.Ordinal)..].TrimEnd();
    }

    [GeneratedRegex(@"^\*\*`(?<path>[\w./]+)`\*\*\n\n```csharp\n(?<code>.*?)^```$", RegexOptions.Singleline | RegexOptions.Multiline)]
    private static partial Regex CodeBlock();

    [GeneratedRegex(@"^\| `(?<path>[\w./]+)` \| `(?<line>[^`]+)` \|$", RegexOptions.Multiline)]
    private static partial Regex ListLine();

    [GeneratedRegex(@"^```yaml\n(?<yaml>.*?)^```$", RegexOptions.Singleline | RegexOptions.Multiline)]
    private static partial Regex YamlBlock();

    [GeneratedRegex(@"^(?<head>  \w+:)\n(?<lines>(    .*\n)+)", RegexOptions.Multiline)]
    private static partial Regex LimitLines();
}
