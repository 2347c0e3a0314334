using Aurum.Sandbox.Worlds;

namespace Aurum.Sandbox.Faults;

/// <summary>Which answers go wrong, and how: by script, by chance, or both. The same plan gives the same faults to the same
/// requests.</summary>
/// <param name="Seed">Seed of the chance.</param>
/// <param name="Chances">Kinds and their probabilities; together at most 1.</param>
/// <param name="Script">Faults at named requests; they come before chance.</param>
/// <param name="MostInARow">A request that met this many faults by chance in a row is answered well the next time. 1 to 100.</param>
public sealed record FaultPlan(ulong Seed, IReadOnlyList<FaultChance> Chances, IReadOnlyList<FaultStep> Script, int MostInARow = 3)
{
    /// <summary>Nothing goes wrong.</summary>
    public static readonly FaultPlan None = new(0, [], []);

    /// <summary>Every kind, each with the same probability.</summary>
    public static FaultPlan Even(ulong seed, double probabilityOfEach, params IEnumerable<FaultKind> kinds)
    {
        var all = kinds.ToArray() is { Length: > 0 } chosen ? chosen : Enum.GetValues<FaultKind>();
        return new FaultPlan(seed, [.. all.Select(k => new FaultChance(k, probabilityOfEach))], []);
    }

    /// <summary>A bad week: every third answer is broken in some way that a client can notice and repair by asking again.</summary>
    public static FaultPlan Heavy(ulong seed) => new(
        seed,
        [
            new(FaultKind.TooManyRequests, 0.04), new(FaultKind.TooManyRequestsWithRetryAfter, 0.03),
            new(FaultKind.ServerError, 0.04), new(FaultKind.ServiceUnavailable, 0.02), new(FaultKind.SlowDrip, 0.01),
            new(FaultKind.CutConnection, 0.03), new(FaultKind.WrongLength, 0.01), new(FaultKind.Truncated, 0.03),
            new(FaultKind.BadCrc, 0.02), new(FaultKind.HtmlPage, 0.03), new(FaultKind.ErrorXmlInZip, 0.01),
            new(FaultKind.ThrottleTextInZip, 0.01), new(FaultKind.EmptyBody, 0.02), new(FaultKind.DuplicateRows, 0.02),
            new(FaultKind.MissingInterval, 0.01), new(FaultKind.RenamedColumn, 0.01), new(FaultKind.AddedColumn, 0.01),
            new(FaultKind.ClockSkew, 0.01),
        ],
        []);

    /// <summary>Reads a script, one step a line: <c>caiso: request 3 -> 429</c>.</summary>
    /// <exception cref="FormatException">A line that is not a step; the message names it.</exception>
    public static FaultPlan FromScript(string script) => new(0, [], FaultStep.ParseAll(script));

    /// <summary>The fault of a request, or null.</summary>
    /// <param name="publisher">Whose request.</param>
    /// <param name="identity">Method, path and query.</param>
    /// <param name="attempt">How many times this identity has come, this one included.</param>
    /// <param name="number">The request's number at the publisher, from 1.</param>
    public Fault? Choose(string publisher, string identity, int attempt, int number)
    {
        var dice = new Dice(Seed).For(publisher).For(identity);
        foreach (var step in Script)
        {
            if (step.Matches(publisher, identity, attempt, number))
            {
                return new Fault(step.Kind, dice.Bits(attempt), step.RetryAfterSeconds);
            }
        }

        if (Chances.Count == 0 || IsRowFull(dice, publisher, attempt) || Draw(dice, publisher, attempt) is not { } kind)
        {
            return null;
        }

        return new Fault(kind, dice.Bits(attempt + 1_000_000));
    }

    private bool IsRowFull(Dice dice, string publisher, int attempt)
    {
        for (var back = 1; back <= MostInARow; back++)
        {
            if (attempt - back < 1 || Draw(dice, publisher, attempt - back) is null)
            {
                return false;
            }
        }

        return true;
    }

    private FaultKind? Draw(Dice dice, string publisher, int attempt)
    {
        var left = dice.Unit(attempt);
        foreach (var chance in Chances)
        {
            if (chance.Publisher is not null && chance.Publisher != publisher)
            {
                continue;
            }

            left -= chance.Probability;
            if (left < 0)
            {
                return chance.Kind;
            }
        }

        return null;
    }
}
