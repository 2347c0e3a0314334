using System.Reflection;
using System.Text.Json;
using Aurum.Sources;

namespace Aurum.Tests.Commands;

/// <summary>No recorded file is forgotten: every folder of samples has its list of facts, every file is in it or out of scope for a
/// reason, and <c>aurum parse FILE --summary</c> prints those facts.</summary>
public sealed class RecordedSamplesTests
{
    /// <summary>Folders of files that no feed is for, with the reason.</summary>
    private static readonly Dictionary<string, string> OtherFolders = new()
    {
        ["workbooks"] = "spreadsheets of brokers: curves, which are another main job than markets and series",
    };

    public static TheoryData<string> Publishers => [.. FeedCatalog.All.Select(static feed => feed.Id.Publisher).Distinct()];

    [Fact]
    public void Every_folder_is_a_publisher_or_out_of_scope_for_a_reason()
    {
        var publishers = FeedCatalog.All.Select(static feed => feed.Id.Publisher);
        var unknown = Samples.Folders().Except(publishers).Except(OtherFolders.Keys);
        Assert.Empty(unknown);
        Assert.All(OtherFolders, static folder => Assert.NotEmpty(folder.Value));
    }

    [Theory]
    [MemberData(nameof(Publishers))]
    public async Task Aurum_parse_prints_the_facts_of_every_recorded_file(string publisher)
    {
        var (expected, outOfScope) = FactsOf(publisher);
        var files = Samples.Files(publisher).ToDictionary(static path => Path.GetFileName(path)!);
        Assert.Equal(files.Keys.Order(StringComparer.Ordinal), expected.Keys.Concat(outOfScope.Keys).Order(StringComparer.Ordinal));
        Assert.All(outOfScope, static file => Assert.True(file.Value.Length > 10, $"{file.Key}: no reason"));
        foreach (var (name, path) in files)
        {
            var run = await CommandRun.Of("parse", path, "--summary");
            var found = run.Code == 2 ? "out of scope" : $"{run.Code} {Facts(run.Json)}";
            var wanted = expected.TryGetValue(name, out var facts) ? $"{(IsSettled(facts) ? 0 : 1)} {facts}" : "out of scope";
            Assert.Equal($"{name}: {wanted}", $"{name}: {found}");
        }
    }

    private static bool IsSettled(string facts) => facts.Split(' ')[1] is "Data" or "ProvenEmpty";

    /// <summary>In the form of the lists: feed, outcome, rows, first start, last end, places.</summary>
    private static string Facts(JsonElement summary) => string.Join(
        ' ',
        new[] { "feed", "outcome", "rows", "first_start_utc", "last_end_utc", "locations" }.Select(k => summary.GetProperty(k).ToString()));

    /// <summary>The lists of the publisher's class of tests.</summary>
    private static (Dictionary<string, string> Expected, Dictionary<string, string> OutOfScope) FactsOf(string publisher)
    {
        var type = Assert.Single(
            typeof(Samples).Assembly.GetTypes(),
            type => type.Name.Equals(publisher + "SamplesTests", StringComparison.OrdinalIgnoreCase));
        return (List("Expected") ?? throw new InvalidOperationException($"{type} has no list Expected"), List("OutOfScope") ?? []);

        Dictionary<string, string>? List(string name) =>
            (Dictionary<string, string>?)type.GetField(name, BindingFlags.NonPublic | BindingFlags.Static)?.GetValue(null);
    }
}
