using NodaTime;

namespace Aurum.App.Sinks;

/// <summary>How a sink stands.</summary>
/// <param name="Sink">Name.</param>
/// <param name="State">following: all is taken or being taken; retrying: the other side did not take it, the next try comes by itself;
/// refused: the delivery itself can't be taken, a person has to look (it is still tried from time to time); not running: this process
/// only looks.</param>
/// <param name="LastDelivery">Number of the last delivery that it has taken; 0: none.</param>
/// <param name="DeliveriesBehind">Deliveries that it has not taken.</param>
/// <param name="BehindSince">When the first of these was known; null: none.</param>
/// <param name="Failures">Tries in a row that failed.</param>
/// <param name="LastError">Why the last of them failed; null where none did.</param>
internal sealed record SinkStanding(
    string Sink, string State, long LastDelivery, long DeliveriesBehind, Instant? BehindSince, int Failures, string? LastError)
{
    public const string Following = "following";
    public const string Retrying = "retrying";
    public const string Refused = "refused";
    public const string NotRunning = "not running";
}
