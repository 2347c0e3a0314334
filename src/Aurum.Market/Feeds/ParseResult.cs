namespace Aurum.Market.Feeds;

/// <summary>What a parser says of a file, beside the rows it gave.</summary>
/// <param name="Outcome"><see cref="Feeds.Outcome.Data"/> with rows, or why there are none.</param>
/// <param name="Why">The publisher's words or ours; empty for data.</param>
/// <param name="Notes">Things worth telling a person: unknown columns, missing days inside a month
/// file. Never needed to use the rows.</param>
public sealed record ParseResult(Outcome Outcome, string Why, IReadOnlyList<string> Notes)
{
    public static readonly ParseResult Data = new(Outcome.Data, "", []);

    public static ParseResult DataWith(IReadOnlyList<string> notes) => notes.Count == 0 ? Data : new(Outcome.Data, "", notes);

    public static ParseResult ProvenEmpty(string why) => new(Outcome.ProvenEmpty, why, []);

    public static ParseResult NotYetPublished(string why) => new(Outcome.NotYetPublished, why, []);

    public static ParseResult Throttled(string why) => new(Outcome.Throttled, why, []);

    public static ParseResult Unavailable(string why) => new(Outcome.Unavailable, why, []);
}
