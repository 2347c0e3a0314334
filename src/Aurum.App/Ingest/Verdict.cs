using Aurum.Market.Feeds;
using Aurum.Store.Rows;

namespace Aurum.App.Ingest;

/// <summary>What the files of a day amount to so far: the gravest outcome, its reason, and rows read.</summary>
internal readonly record struct Verdict(Outcome Outcome, string Why, long Rows = 0)
{
    /// <summary>Before any file was parsed: what failed requests and unreadable files already say.</summary>
    public static Verdict Of(Answers answers, IReadOnlyList<DeadLetter> deadLetters)
    {
        var requests = answers.Gravest;
        return deadLetters is [var letter, ..]
            ? new Verdict(Outcome.Malformed, $"{letter.Place}: expected {letter.Expected}, found {letter.Found}")
            : new Verdict(requests.Outcome, requests.Why);
    }

    public Verdict With(ParseResult file) =>
        Answers.Gravity(file.Outcome) >= Answers.Gravity(Outcome) ? this with { Outcome = file.Outcome, Why = file.Why } : this;
}
