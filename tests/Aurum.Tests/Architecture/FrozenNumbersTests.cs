using System.Text.RegularExpressions;
using Aurum.Market.Feeds;

namespace Aurum.Tests.Architecture;

/// <summary>Numbers that lie on disk mean for ever what they mean now.</summary>
public sealed partial class FrozenNumbersTests
{
    private static readonly Dictionary<Type, string> Frozen = new()
    {
        [typeof(Outcome)] = "Data=1 ProvenEmpty=2 NotYetPublished=3 Throttled=4 Unavailable=5 Malformed=6",
    };

    public static TheoryData<string> Names => new(Frozen.Keys.Select(static t => t.Name));

    [Theory]
    [MemberData(nameof(Names))]
    public void Stored_numbers_keep_their_meaning(string name)
    {
        var (type, expected) = Frozen.Single(f => f.Key.Name == name);
        var found = Enum.GetValues(type).Cast<Enum>().OrderBy(static v => Convert.ToInt64(v, null))
            .Select(static v => $"{v}={Convert.ToInt64(v, null)}");
        Assert.StartsWith(expected, string.Join(' ', found), StringComparison.Ordinal);
    }

    [Fact]
    public void Every_enum_that_is_stored_by_number_is_frozen_here()
    {
        var stored = Repository.Sources.SelectMany(static f => StoredByNumber().Matches(f.Text))
            .Select(static m => m.Groups[1].Value);
        Assert.Equal(Frozen.Keys.Select(static t => t.Name).Order(StringComparer.Ordinal),
            stored.Distinct().Order(StringComparer.Ordinal));
    }

    [GeneratedRegex(@"Stored by number[^\n]*\n(?:\s*///[^\n]*\n)*\s*public enum (\w+)")]
    private static partial Regex StoredByNumber();
}
