using System.Text.RegularExpressions;

namespace Aurum.Tests.Architecture;

/// <summary>Nothing in the project tells where it was made.</summary>
public sealed partial class SecrecyTests
{
    [Fact]
    public void No_file_holds_a_path_of_a_machine() => Repository.AssertNone("paths of a machine", Find(MachinePath()));

    [Fact]
    public void No_file_names_a_host_of_a_package_registry() =>
        Repository.AssertNone("hosts of package registries", Find(RegistryHost()));

    [Fact]
    public void No_file_holds_a_secret() => Repository.AssertNone("secrets", Find(Secret()));

    private static IEnumerable<string> Find(Regex pattern) =>
        from path in Repository.TextFiles
        where !path.EndsWith($"/{nameof(SecrecyTests)}.cs", StringComparison.Ordinal)
        from line in Repository.Lines(path).Select(static (text, i) => (Text: text, Number: i + 1))
        where pattern.IsMatch(line.Text)
        select $"{path}:{line.Number}: {(line.Text.Length > 160 ? line.Text[..160] : line.Text).Trim()}";

    [GeneratedRegex(@"(?<![\w./:}\-])/(?:work|root|home|Users|mnt)/\w|[A-Z]:\\(?:Users|work)\\")]
    private static partial Regex MachinePath();

    [GeneratedRegex(
        @"registry\.(npmjs|yarnpkg)|(api|www)\.nuget\.org|pkgs\.dev\.azure|\b(artifactory|nexus)\b|pypi\.org|\.jfrog\.",
        RegexOptions.IgnoreCase)]
    private static partial Regex RegistryHost();

    [GeneratedRegex(
        @"-----BEGIN [A-Z ]*PRIVATE KEY|\bAKIA[0-9A-Z]{16}\b|\bgh[pousr]_[A-Za-z0-9]{30,}|\beyJ[A-Za-z0-9_-]{20,}\.eyJ")]
    private static partial Regex Secret();
}
