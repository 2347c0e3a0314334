using System.Text.RegularExpressions;

namespace Aurum.Quality.Suites;

/// <summary>Reads conditions: <c>iso_market == "DAY_AHEAD" and lmp &gt; 0</c>, <c>unit in ("MW", "MWh")</c>,
/// <c>ghg is not null</c>; also the form <c>col("lmp") &gt; 0</c> of Great Expectations.</summary>
internal static partial class ConditionParser
{
    private static readonly Dictionary<string, ConditionOperator> Operators = new(StringComparer.Ordinal)
    {
        ["=="] = ConditionOperator.Equal, ["="] = ConditionOperator.Equal, ["!="] = ConditionOperator.NotEqual,
        ["<"] = ConditionOperator.Less, ["<="] = ConditionOperator.LessOrEqual,
        [">"] = ConditionOperator.Greater, [">="] = ConditionOperator.GreaterOrEqual,
    };

    /// <exception cref="SuiteFormatException">Not a condition.</exception>
    public static RowCondition Parse(string text, SuitePlace place)
    {
        var terms = new List<ConditionTerm>();
        var rest = text.Trim();
        while (true)
        {
            var match = Term().Match(rest);
            if (!match.Success)
            {
                throw new SuiteFormatException(
                    place, "column and comparison (==, !=, <, <=, >, >=, in (...), is null, is not null), joined by and",
                    $"'{rest}'");
            }

            terms.Add(TermOf(match, place));
            rest = rest[match.Length..];
            if (rest.Length == 0)
            {
                return new RowCondition(text.Trim(), terms, place);
            }
        }
    }

    private static ConditionTerm TermOf(Match match, SuitePlace place)
    {
        var column = match.Groups["column"].Value;
        string[] literals =
            [.. match.Groups["literal"].Captures.Select(static c => c.Value is ['"' or '\'', ..] ? c.Value[1..^1] : c.Value)];
        if (match.Groups["null"].Success)
        {
            return new ConditionTerm(
                column, match.Groups["not"].Success ? ConditionOperator.IsNotNull : ConditionOperator.IsNull, []);
        }

        if (match.Groups["in"].Success)
        {
            return new ConditionTerm(column, ConditionOperator.In, literals);
        }

        return Operators.TryGetValue(match.Groups["op"].Value, out var op)
            ? new ConditionTerm(column, op, literals)
            : throw new SuiteFormatException(place, "a comparison", $"'{match.Groups["op"].Value}'");
    }

    // One term and, unless it is the last, the "and" after it. The literals of a list are captures of the same group.
    [GeneratedRegex(
        """
        ^(?:col\(\s*["'](?<column>\w+)["']\s*\)|(?<column>\w+))\s*
        (?:(?<null>is\s+(?<not>not\s+)?null)
          |(?<in>in)\s*[\(\[]\s*(?<literal>"[^"]*"|'[^']*'|[^\s,"'\)\]]+)(?:\s*,\s*(?<literal>"[^"]*"|'[^']*'|[^\s,"'\)\]]+))*\s*[\)\]]
          |(?<op>[=!<>]=?)\s*(?<literal>"[^"]*"|'[^']*'|[^\s"']+))
        \s*(?:$|and\s+)
        """,
        RegexOptions.IgnorePatternWhitespace | RegexOptions.CultureInvariant,
        matchTimeoutMilliseconds: 250)]
    private static partial Regex Term();
}
