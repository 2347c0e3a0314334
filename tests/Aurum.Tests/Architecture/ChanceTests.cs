using System.Text.RegularExpressions;

namespace Aurum.Tests.Architecture;

/// <summary>Where chance comes from.</summary>
public sealed partial class ChanceTests
{
    /// <summary>In containers it is 1: all of them would give the same ids, and try again in the same moments.</summary>
    [Fact]
    public void The_number_of_a_process_is_no_seed() => Repository.AssertNone(
        "chance that is the same in every container: take Aurum.Cluster.Chance", Repository.Places("src/", SeedPattern()));

    [GeneratedRegex(@"(\(|= *)Environment\.ProcessId\b(?!\.)")]
    private static partial Regex SeedPattern();
}
