namespace Aurum.Ticks.Normalize;

/// <summary>Where the next message is in a run of bytes.</summary>
/// <param name="Start">Its first byte.</param>
/// <param name="Length">Its bytes; 0 where there is only something to step over.</param>
/// <param name="Total">Bytes to step over with it; 0 where its end is not there yet.</param>
/// <param name="IsBroken">Whether it is no message because of its length or checksum.</param>
internal readonly record struct Frame(int Start, int Length, int Total, bool IsBroken);
