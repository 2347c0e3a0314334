using System.Collections.Concurrent;

namespace Aurum.App.Ticks;

/// <summary>How far the streams have come that are remembered: bytes that were taken in. Safe from several threads.</summary>
internal sealed class TickCheckpoints
{
    private readonly ConcurrentDictionary<string, long> _positions = new(StringComparer.Ordinal);

    /// <summary>0 where the stream is not known.</summary>
    public long Of(string stream) => _positions.GetValueOrDefault(stream);

    public void Put(string stream, long position) => _positions[stream] = position;
}
