using System.Text.RegularExpressions;

namespace Aurum.Cluster.Kafka.Topics;

/// <summary>The rule for names of topics: <c>aurum.{domain}.{entity}.v{n}</c>.</summary>
public static partial class TopicName
{
    /// <summary>The rule, for people.</summary>
    public const string Rule = "aurum.{domain}.{entity}.v{n} in small letters, digits, dots and underscores";

    private const int MaxLength = 200;

    public static bool IsRegular(string name) => name.Length <= MaxLength && Regular().IsMatch(name);

    [GeneratedRegex(@"^aurum\.[a-z0-9_]+(\.[a-z0-9_]+)*\.v[1-9][0-9]*\z")]
    private static partial Regex Regular();
}
