using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace Aurum.Tests.Architecture;

/// <summary>What may refer to what, and which packages may be used where.</summary>
public sealed partial class ProjectTests
{
    private static readonly Dictionary<string, string[]> References = new()
    {
        ["Aurum.Market"] = [],
        ["Aurum.Sources"] = ["Aurum.Market"],
        ["Aurum.Curves"] = ["Aurum.Market", "Aurum.Sources"],
        ["Aurum.Ticks"] = ["Aurum.Market", "Aurum.Sources"],
        ["Aurum.Quality"] = ["Aurum.Market"],
        ["Aurum.Store"] = ["Aurum.Market", "Aurum.Quality"],
        ["Aurum.Cluster"] =
        [
            "Aurum.Curves", "Aurum.Market", "Aurum.Quality", "Aurum.Sources", "Aurum.Store", "Aurum.Ticks",
        ],
        ["Aurum.Sandbox"] = ["Aurum.Market", "Aurum.Quality", "Aurum.Sources", "Aurum.Store", "Aurum.Ticks"],
        ["Aurum.Benchmarks"] =
        [
            "Aurum.Cluster", "Aurum.Curves", "Aurum.Market", "Aurum.Quality", "Aurum.Sandbox", "Aurum.Sources", "Aurum.Store",
            "Aurum.Ticks",
        ],
        ["Aurum.App"] =
        [
            "Aurum.Benchmarks", "Aurum.Cluster", "Aurum.Curves", "Aurum.Market", "Aurum.Quality", "Aurum.Sandbox", "Aurum.Sources",
            "Aurum.Store", "Aurum.Ticks",
        ],
        ["Aurum.Tests"] = ["Aurum.App", "Aurum.Benchmarks"],
    };

    private static readonly Dictionary<string, string[]> Packages = new()
    {
        ["Aurum.Market"] = ["NodaTime"],
        ["Aurum.Sources"] = [],
        ["Aurum.Curves"] = ["ExcelDataReader"],
        ["Aurum.Ticks"] = [],
        ["Aurum.Quality"] = ["YamlDotNet"],
        ["Aurum.Store"] = [],
        ["Aurum.Cluster"] = ["AWSSDK.Core", "AWSSDK.S3", "Confluent.Kafka", "librdkafka.redist", "Npgsql"],
        ["Aurum.Sandbox"] = [],
        ["Aurum.Benchmarks"] = ["CsvHelper", "ExcelDataReader"],
        ["Aurum.App"] =
        [
            "Microsoft.AspNetCore.OpenApi", "OpenTelemetry", "OpenTelemetry.Exporter.OpenTelemetryProtocol", "Polly.Core",
            "Spectre.Console", "Swashbuckle.AspNetCore.SwaggerUI", "System.CommandLine",
        ],
        ["Aurum.Tests"] =
        [
            "FSharp.Core", "FsCheck", "Microsoft.NET.Test.Sdk", "Microsoft.Playwright", "xunit", "xunit.runner.visualstudio",
        ],
    };

    public static TheoryData<string> Projects => new(Repository.ProjectFiles);

    [Theory]
    [MemberData(nameof(Projects))]
    public void Refers_only_to_what_the_design_allows(string path)
    {
        var allowed = Allowed(References, path);
        Repository.AssertNone($"{path} may refer to {string.Join(", ", allowed)}", Includes(path, "ProjectReference")
            .Select(static r => Path.GetFileNameWithoutExtension(r.Replace('\\', '/'))).Except(allowed));
    }

    [Theory]
    [MemberData(nameof(Projects))]
    public void Uses_only_its_packages(string path)
    {
        var allowed = Allowed(Packages, path);
        Repository.AssertNone($"{path} may use {string.Join(", ", allowed)}", Includes(path, "PackageReference").Except(allowed));
    }

    [Theory]
    [MemberData(nameof(Projects))]
    public void States_no_version_of_a_package(string path) => Assert.DoesNotContain(
        XDocument.Parse(Repository.Read(path)).Descendants("PackageReference"),
        static r =>
            r.Attribute("Version") is not null || r.Attribute("VersionOverride") is not null || r.Element("Version") is not null);

    [Fact]
    public void Versions_are_pinned_exactly_and_all_in_one_place()
    {
        var props = XDocument.Parse(Repository.Read("Directory.Packages.props"));
        Assert.Equal("true", props.Descendants("ManagePackageVersionsCentrally").Single().Value);
        var versions = props.Descendants("PackageVersion")
            .Select(static v => (Id: v.Attribute("Include")!.Value, Version: v.Attribute("Version")!.Value)).ToList();
        Assert.NotEmpty(versions);
        Repository.AssertNone("not one exact version",
            versions.Where(static v => !ExactVersion().IsMatch(v.Version)).Select(static v => $"{v.Id} {v.Version}"));
        Repository.AssertNone(
            "stated twice", versions.GroupBy(static v => v.Id).Where(static g => g.Count() > 1).Select(static g => g.Key));
    }

    [Fact]
    public void A_version_that_is_not_there_is_an_error_and_so_is_every_warning()
    {
        var props = XDocument.Parse(Repository.Read("Directory.Build.props"));
        Assert.Contains("NU1603", props.Descendants("WarningsAsErrors").Single().Value, StringComparison.Ordinal);
        Assert.Equal("true", props.Descendants("TreatWarningsAsErrors").Single().Value);
        Assert.Equal("enable", props.Descendants("Nullable").Single().Value);
        Assert.DoesNotContain(
            "NU1603", string.Concat(props.Descendants("NoWarn").Select(static n => n.Value)), StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Projects))]
    public void Turns_no_rule_off(string path)
    {
        var project = XDocument.Parse(Repository.Read(path));
        string[] rules =
            ["TreatWarningsAsErrors", "Nullable", "WarningsAsErrors", "RunAnalyzers", "AnalysisLevel", "EnforceCodeStyleInBuild"];
        Assert.DoesNotContain(project.Descendants(), e => rules.Contains(e.Name.LocalName));
    }

    [Fact]
    public void Every_project_is_in_the_solution_and_in_the_table()
    {
        var solution = XDocument.Parse(Repository.Read("Aurum.slnx")).Descendants("Project")
            .Select(static p => p.Attribute("Path")!.Value);
        Assert.Equal(Repository.ProjectFiles.Order(StringComparer.Ordinal), solution.Order(StringComparer.Ordinal));
        Assert.Equal(
            References.Keys.Order(StringComparer.Ordinal),
            Repository.ProjectFiles.Select(static p => Path.GetFileNameWithoutExtension(p)).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void A_warning_is_switched_off_with_a_reason_or_not_at_all() => Repository.AssertNone(
        "#pragma warning disable without a comment that says why",
        from file in Repository.Sources
        from line in file.Text.Split('\n').Select(static (text, i) => (Text: text, Number: i + 1))
        where line.Text.TrimStart().StartsWith("#pragma warning disable", StringComparison.Ordinal)
            && !line.Text.Contains("//", StringComparison.Ordinal)
        select $"{file.Path}:{line.Number}");

    private static string[] Allowed(Dictionary<string, string[]> table, string path) =>
        table.TryGetValue(Path.GetFileNameWithoutExtension(path), out var allowed)
            ? allowed
            : throw new Xunit.Sdk.XunitException($"{path} is not in the table of projects: add it there and to the design");

    private static IEnumerable<string> Includes(string path, string item) =>
        XDocument.Parse(Repository.Read(path)).Descendants(item).Select(static r => r.Attribute("Include")?.Value)
            .OfType<string>();

    [GeneratedRegex(@"^\d+\.\d+\.\d+(\.\d+)?(-[\w.]+)?$")]
    private static partial Regex ExactVersion();
}
