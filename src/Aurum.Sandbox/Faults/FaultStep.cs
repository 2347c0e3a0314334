using System.Globalization;
using System.Text.RegularExpressions;

namespace Aurum.Sandbox.Faults;

/// <summary>One line of a fault script.</summary>
/// <remarks>
/// <code>
/// caiso: request 3 -> 429
/// nyiso: requests 2-4 -> 503
/// ercot: path dam_stlmnt_pnt_prices -> html-page          (the first time that each such request comes)
/// eia: path region-data attempts 2 -> 429-retry-after 60   (the first two times)
/// *: request 1 -> cut-connection
/// </code>
/// Kinds are the names of <see cref="FaultKind"/> in kebab case, or 429, 429-retry-after, 500, 503. <c>#</c> starts a comment.
/// </remarks>
/// <param name="Publisher">Publisher, or * for all.</param>
/// <param name="FirstRequest">First request number, from 1; 0 where the step goes by path.</param>
/// <param name="LastRequest">Last request number.</param>
/// <param name="PathPart">Text that the path and query contain; empty where the step goes by number.</param>
/// <param name="Attempts">How many times the fault meets a request with that path.</param>
/// <param name="Kind">What goes wrong.</param>
/// <param name="RetryAfterSeconds">What Retry-After says.</param>
public sealed partial record FaultStep(
    string Publisher, int FirstRequest, int LastRequest, string PathPart, int Attempts, FaultKind Kind, int RetryAfterSeconds)
{
    private static readonly Dictionary<string, FaultKind> Kinds = MakeKinds();

    public bool Matches(string publisher, string identity, int attempt, int number) =>
        (Publisher == "*" || Publisher == publisher)
        && (PathPart.Length > 0
            ? identity.Contains(PathPart, StringComparison.OrdinalIgnoreCase) && attempt <= Attempts
            : number >= FirstRequest && number <= LastRequest);

    /// <exception cref="FormatException">The line and what was expected.</exception>
    public static IReadOnlyList<FaultStep> ParseAll(string script)
    {
        var steps = new List<FaultStep>();
        var number = 0;
        foreach (var raw in script.Split('\n'))
        {
            number++;
            var line = raw.Split('#')[0].Trim();
            if (line.Length > 0)
            {
                steps.Add(ParseLine(line, number));
            }
        }

        return steps;
    }

    private static FaultStep ParseLine(string line, int number)
    {
        var match = Form().Match(line);
        if (!match.Success || !Kinds.TryGetValue(match.Groups["kind"].Value, out var kind))
        {
            throw new FormatException(
                $"fault script:{number}: expected 'publisher: request N -> kind' or 'publisher: path TEXT [attempts N] -> kind' "
                + $"with a kind of {string.Join(", ", Kinds.Keys)}, found '{line}'");
        }

        var first = Number(match, "first", 0);
        return new FaultStep(
            match.Groups["publisher"].Value, first, Number(match, "last", first), match.Groups["path"].Value,
            Number(match, "attempts", 1), kind, Number(match, "seconds", Fault.DefaultRetryAfterSeconds));
    }

    private static int Number(Match match, string group, int otherwise) =>
        match.Groups[group].Success ? int.Parse(match.Groups[group].ValueSpan, CultureInfo.InvariantCulture) : otherwise;

    private static Dictionary<string, FaultKind> MakeKinds()
    {
        var kinds = new Dictionary<string, FaultKind>
        {
            ["429"] = FaultKind.TooManyRequests,
            ["429-retry-after"] = FaultKind.TooManyRequestsWithRetryAfter,
            ["500"] = FaultKind.ServerError,
            ["503"] = FaultKind.ServiceUnavailable,
        };
        foreach (var kind in Enum.GetValues<FaultKind>())
        {
            kinds[Capital().Replace(kind.ToString(), "-$0").TrimStart('-').ToLowerInvariant()] = kind;
        }

        return kinds;
    }

    [GeneratedRegex(
        @"^(?<publisher>\*|[a-z]+)\s*:\s*(?:requests?\s+(?<first>\d{1,6})(?:-(?<last>\d{1,6}))?"
        + @"|path\s+(?<path>\S+)(?:\s+attempts\s+(?<attempts>\d{1,3}))?)"
        + @"\s*->\s*(?<kind>[a-z0-9-]+)(?:\s+(?<seconds>\d{1,5}))?$")]
    private static partial Regex Form();

    [GeneratedRegex("[A-Z]")]
    private static partial Regex Capital();
}
