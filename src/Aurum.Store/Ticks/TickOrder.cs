namespace Aurum.Store.Ticks;

/// <summary>The order of ticks and bars that are read.</summary>
public enum TickOrder
{
    /// <summary>By frame and index, as they were stored. A reader that goes on behind the last token misses nothing.</summary>
    Stored,

    /// <summary>By event time, or by the start of a bar; then as stored.</summary>
    Time,
}
