namespace Aurum.Sandbox.Ticks;

/// <summary>What a made-up stream of real-time prices is like.</summary>
public enum TickMode
{
    /// <summary>One tick a second, of each instrument in turn.</summary>
    Continuous,

    /// <summary>Every instrument every five minutes.</summary>
    Historical,

    /// <summary>100,000 ticks a second, of instruments by chance.</summary>
    HighVolume,

    /// <summary>As continuous; a third of the messages are broken, each in a known way.</summary>
    Malformed,
}
