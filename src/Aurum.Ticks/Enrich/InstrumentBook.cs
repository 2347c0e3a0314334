namespace Aurum.Ticks.Enrich;

/// <summary>All that is known of instruments, effective-dated. Never changes: a new book takes its place.</summary>
public sealed class InstrumentBook
{
    public static readonly InstrumentBook Empty = new([]);

    private readonly Dictionary<(string Tenant, string Id), InstrumentEntry[]> _entries;

    /// <param name="entries">In any order.</param>
    /// <exception cref="ArgumentException">Two entries of one instrument hold for the same time, or one ends before it begins.</exception>
    public InstrumentBook(IEnumerable<InstrumentEntry> entries)
    {
        _entries = entries.GroupBy(e => (e.Tenant, e.InstrumentId))
            .ToDictionary(g => g.Key, g => g.OrderBy(e => e.FromMicros).ToArray());
        foreach (var versions in _entries.Values)
        {
            Check(versions);
        }
    }

    /// <summary>Instruments in it.</summary>
    public int Count => _entries.Count;

    /// <summary>What is known of an instrument at an instant: the tenant's own knowledge before everybody's.</summary>
    /// <param name="tenant">The tenant.</param>
    /// <param name="instrumentId">The instrument.</param>
    /// <param name="micros">Event time, microseconds since 1970 UTC.</param>
    /// <param name="validity">The time around the instant for which the answer is the same.</param>
    /// <returns>Null where the book does not know it then.</returns>
    public InstrumentEntry? Find(string tenant, string instrumentId, long micros, out (long From, long To) validity)
    {
        validity = (long.MinValue, long.MaxValue);
        return FindIn((tenant, instrumentId), micros, ref validity) ?? FindIn(("", instrumentId), micros, ref validity);
    }

    private InstrumentEntry? FindIn((string Tenant, string Id) key, long micros, ref (long From, long To) validity)
    {
        foreach (var entry in _entries.GetValueOrDefault(key, []))
        {
            if (micros < entry.FromMicros)
            {
                validity.To = Math.Min(validity.To, entry.FromMicros);
                return null;
            }

            if (micros < entry.ToMicros)
            {
                validity = (Math.Max(validity.From, entry.FromMicros), Math.Min(validity.To, entry.ToMicros));
                return entry;
            }

            validity.From = Math.Max(validity.From, entry.ToMicros);
        }

        return null;
    }

    private static void Check(InstrumentEntry[] versions)
    {
        for (var i = 0; i < versions.Length; i++)
        {
            var entry = versions[i];
            if (entry.ToMicros <= entry.FromMicros)
            {
                throw new ArgumentException(
                    $"{entry.InstrumentId}: expected an end after {entry.From}, found {entry.To}", nameof(versions));
            }

            if (i > 0 && versions[i - 1].ToMicros > entry.FromMicros)
            {
                throw new ArgumentException(
                    $"{entry.InstrumentId}: expected one entry at a time, found two from {entry.From}", nameof(versions));
            }
        }
    }
}
