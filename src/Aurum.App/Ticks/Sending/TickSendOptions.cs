using Aurum.Ticks.Normalize;

namespace Aurum.App.Ticks.Sending;

/// <summary>How messages are sent to a server.</summary>
/// <param name="Format">How they are written.</param>
/// <param name="Market">Market of CSV rows without a market column; empty: none.</param>
internal sealed record TickSendOptions(TickFormat Format, string Market)
{
    public const int MostBatchMessages = 100_000;

    /// <summary>Most bytes of messages in one request. The server takes somewhat more.</summary>
    public const int BatchBytes = 4 << 20;

    /// <summary>Tenant of messages that name none.</summary>
    public string Tenant { get; init; } = "default";

    /// <summary>Most messages in one request, 1 to <see cref="MostBatchMessages"/>.</summary>
    public int BatchMessages { get; init; } = 5_000;

    /// <summary>Messages a second; 0: as fast as they are taken.</summary>
    public double RatePerSecond { get; init; }

    /// <summary>Whether requests are packed with gzip.</summary>
    public bool Packs { get; init; }

    /// <summary>Tries of one request in a row that may fail.</summary>
    public int MaxAttempts { get; init; } = 12;

    /// <summary>Wait before the second try; the next ones are twice as long each, up to the longest.</summary>
    public TimeSpan FirstWait { get; init; } = TimeSpan.FromMilliseconds(200);

    public TimeSpan LongestWait { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>How long messages of a slow stream wait for others to fill their request.</summary>
    public TimeSpan Patience { get; init; } = TimeSpan.FromMilliseconds(200);

    /// <summary>Messages of a request: at a rate, a tenth of a second's, so that they flow.</summary>
    public int PieceMessages => RatePerSecond > 0
        ? Math.Clamp((int)(RatePerSecond / 10), 1, BatchMessages)
        : BatchMessages;
}
