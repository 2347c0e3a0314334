using Aurum.App.Ticks;

namespace Aurum.App.Api.Ticks;

/// <summary>Writes events to a client. Two forms: server-sent events, and messages of a WebSocket.</summary>
internal interface ITickFeed
{
    /// <summary>Adds an event to what is sent next.</summary>
    ValueTask WriteAsync(TickEvent happened, CancellationToken cancel);

    /// <summary>Adds a sign of life.</summary>
    /// <param name="now">Now, as text.</param>
    /// <param name="cancel">Gives up.</param>
    ValueTask BeatAsync(string now, CancellationToken cancel);

    /// <summary>Sends what was added; waits for a client that reads slowly.</summary>
    ValueTask FlushAsync(CancellationToken cancel);
}
