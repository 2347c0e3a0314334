using System.Text.RegularExpressions;
using Aurum.Quality.Checks;
using Aurum.Quality.Suites;

namespace Aurum.Tests.Docs;

/// <summary>docs/quality.md says what the gate knows.</summary>
public sealed partial class QualityDocTests
{
    private static readonly string Document = File.ReadAllText(Path.Combine(Samples.ProjectRoot(), "docs", "quality.md"));

    [Fact]
    public void The_table_has_every_expectation_with_its_arguments()
    {
        var shown = VocabularyLine().Matches(Document)
            .Select(static m => $"{m.Groups[1].Value}|{m.Groups[2].Value.Trim()}|{m.Groups[3].Value.Trim()}");
        var known = Vocabulary.All.Select(static t => string.Join(
            '|', t.Name, t.JudgesRows ? "R" : "", string.Join(", ", t.Parameters.Select(static p => Shown(p.Name, p.IsRequired)))));
        Assert.Equal(known.Order(StringComparer.Ordinal), shown.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void The_example_is_a_suite()
    {
        var yaml = YamlBlock().Match(Document).Groups[1].Value;
        Assert.Equal(3, SuiteReader.Read(yaml, "example.yml").Expectations.Count);
    }

    private static string Shown(string parameter, bool isRequired) => isRequired ? parameter : $"[{parameter}]";

    [GeneratedRegex(@"^\| `(expect_\w+)` \|([^|]*)\|([^|]*)\|", RegexOptions.Multiline)]
    private static partial Regex VocabularyLine();

    [GeneratedRegex("```yaml\n(.*?)```", RegexOptions.Singleline)]
    private static partial Regex YamlBlock();
}
