using Aurum.Market.Ticks;

namespace Aurum.Sandbox.Ticks;

/// <summary>The truth of one message of a made-up stream.</summary>
/// <param name="Number">Number of the tick, which its event id holds; a repeated message has the number of the first.</param>
/// <param name="Instrument">Index of its instrument.</param>
/// <param name="EventMicros">When it happened, microseconds since 1970 UTC.</param>
/// <param name="IngestedMicros">When it was taken in.</param>
/// <param name="Sequence">Running number in its instrument.</param>
/// <param name="Price">In dollars per MWh.</param>
/// <param name="Volume">In MWh.</param>
/// <param name="Bid">In dollars per MWh, at most the price; not a number where the stream has no quotes.</param>
/// <param name="Ask">In dollars per MWh, at least the price; as the bid.</param>
/// <param name="Outcome">What has to become of it: accepted, duplicate or dead-lettered.</param>
/// <param name="Defect">How it is broken; null where it is not.</param>
public sealed record MadeTick(
    long Number,
    int Instrument,
    long EventMicros,
    long IngestedMicros,
    long Sequence,
    double Price,
    double Volume,
    double Bid,
    double Ask,
    TickOutcome Outcome,
    TickDefect? Defect);
