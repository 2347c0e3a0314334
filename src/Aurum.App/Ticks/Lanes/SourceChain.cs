namespace Aurum.App.Ticks.Lanes;

/// <summary>Tells frames that come for the first time from those that were sent again: each names the raw message that it was made
/// of and the one before it, so that they are a chain.</summary>
/// <remarks>A frame that a holder who has lost the lane sends too early or twice does not fit and is left; who has the lane now sends all
/// of them in their order.</remarks>
internal struct SourceChain(long last)
{
    /// <summary>Offset of the last raw message whose frame was taken; -1: none was.</summary>
    public long Last { get; private set; } = last;

    /// <summary>Frames that were left because they came before.</summary>
    public long Repeated { get; private set; }

    /// <summary>Frames that were left because those before them are missing.</summary>
    public long Early { get; private set; }

    public bool Takes(in LaneMessage message)
    {
        if (message.Source == Last && message.SourceBefore == Last)
        {
            // Made of no message of its own: bars that were closed by the clock. Taking it twice changes nothing.
            return true;
        }

        if (message.Source <= Last)
        {
            Repeated++;
            return false;
        }

        if (message.SourceBefore != Last)
        {
            Early++;
            return false;
        }

        Last = message.Source;
        return true;
    }
}
