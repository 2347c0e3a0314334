using Aurum.Ticks.Normalize;

namespace Aurum.Ticks;

/// <summary>How one byte stream of messages is written, and what counts where its messages do not say.</summary>
/// <param name="Format">How it is written.</param>
public sealed record TickStreamOptions(TickFormat Format = TickFormat.JsonLines)
{
    /// <summary>Of rows without a market column.</summary>
    public string Market { get; init; } = "";

    /// <summary>Of rows without a source column.</summary>
    public string Source { get; init; } = "file";

    /// <summary>Of messages that name no tenant.</summary>
    public string Tenant { get; init; } = "default";
}
