namespace Aurum.App.Running;

/// <summary>One look at something for several gauges: the gauges of a scrape are read one after another, and the first of them looks for
/// all. Safe from several threads.</summary>
/// <param name="look">Looks.</param>
internal sealed class SharedLook<T>(Func<T> look)
    where T : class
{
    private readonly Lock _gate = new();
    private readonly HashSet<string> _shown = [];
    private T? _seen;

    /// <summary>What is there, for a gauge: looked at anew where this gauge has shown the last look already.</summary>
    public T For(string gauge)
    {
        lock (_gate)
        {
            if (_seen is null || _shown.Contains(gauge))
            {
                _shown.Clear();
                _seen = look();
            }

            _shown.Add(gauge);
            return _seen;
        }
    }
}
