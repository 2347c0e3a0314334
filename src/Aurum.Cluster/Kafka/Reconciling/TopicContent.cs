namespace Aurum.Cluster.Kafka.Reconciling;

/// <summary>What was found in a topic, counted by the names that events have for good: delivery and row. An event that came twice counts
/// once; a bit is kept for each.</summary>
public sealed class TopicContent
{
    private readonly Dictionary<long, Rows> _deliveries = [];

    /// <summary>Events that came more than once, each time but the first.</summary>
    public long Doubled { get; private set; }

    /// <summary>Messages without such a name: somebody else wrote them.</summary>
    public long Foreign { get; private set; }

    /// <summary>Deliveries that have events.</summary>
    public IReadOnlyCollection<long> Deliveries => _deliveries.Keys;

    /// <summary>Different events of a delivery.</summary>
    public long Events(long delivery) => _deliveries.TryGetValue(delivery, out var rows) ? rows.Count : 0;

    public void Add(long delivery, long row)
    {
        if (!_deliveries.TryGetValue(delivery, out var rows))
        {
            _deliveries[delivery] = rows = new Rows();
        }

        if (!rows.Add(row))
        {
            Doubled++;
        }
    }

    public void AddForeign() => Foreign++;

    /// <summary>A bit for each row.</summary>
    private sealed class Rows
    {
        private ulong[] _bits = new ulong[4];

        public long Count { get; private set; }

        public bool Add(long row)
        {
            var (word, bit) = ((int)(row >> 6), 1UL << (int)(row & 63));
            if (word >= _bits.Length)
            {
                Array.Resize(ref _bits, Math.Max(word + 1, _bits.Length * 2));
            }

            var isNew = (_bits[word] & bit) == 0;
            _bits[word] |= bit;
            Count += isNew ? 1 : 0;
            return isNew;
        }
    }
}
