using Aurum.Curves.Building;
using NodaTime;

namespace Aurum.App.Curves.Building;

/// <summary>The curves that were built last, for the pages that follow the first: an hourly curve of ten years has eighteen pages. Safe
/// from several threads.</summary>
/// <param name="most">Curves that are kept; the one that was asked for longest ago goes.</param>
internal sealed class BuiltCurves(int most = BuiltCurves.Most)
{
    /// <summary>Curves that are kept: ten years of hours take 7 MB.</summary>
    public const int Most = 8;

    private readonly LinkedList<(Key Key, BuiltCurve Curve)> _kept = [];
    private readonly Lock _lock = new();

    /// <summary>The curve of a request: kept, or built. What is known at an instant that is past does not change.</summary>
    /// <param name="filters">What the request asks for.</param>
    /// <param name="knownAt">State of knowledge.</param>
    /// <param name="build">Builds it.</param>
    public BuiltCurve Of(IReadOnlyList<KeyValuePair<string, string>> filters, Instant knownAt, Func<BuiltCurve> build)
    {
        var key = new Key(string.Join('\n', filters.Select(static f => $"{f.Key}={f.Value}")), knownAt);
        if (Find(key) is { } kept)
        {
            return kept;
        }

        var curve = build();
        lock (_lock)
        {
            _kept.AddFirst((key, curve));
            if (_kept.Count > most)
            {
                _kept.RemoveLast();
            }
        }

        return curve;
    }

    private BuiltCurve? Find(Key key)
    {
        lock (_lock)
        {
            for (var node = _kept.First; node is not null; node = node.Next)
            {
                if (node.Value.Key == key)
                {
                    _kept.Remove(node);
                    _kept.AddFirst(node);
                    return node.Value.Curve;
                }
            }

            return null;
        }
    }

    private readonly record struct Key(string Filters, Instant KnownAt);
}
