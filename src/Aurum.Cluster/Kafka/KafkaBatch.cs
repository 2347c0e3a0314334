using System.Buffers;
using Confluent.Kafka;

namespace Aurum.Cluster.Kafka;

/// <summary>Messages that are handed over together, in the order of their offsets within each partition. Memory is used again: dispose
/// of it when its messages are done with.</summary>
/// <remarks>Store what was made of it together with <see cref="Ranges"/>, then call <see cref="Done"/>. Disposed of without, it comes
/// again from its beginning.</remarks>
public sealed class KafkaBatch : IDisposable
{
    private const int FirstBytes = 64 << 10;
    private const int FirstRecords = 256;

    private readonly KafkaConsumer _owner;
    private readonly List<Part> _parts = [];
    private Record[] _records = new Record[FirstRecords];
    private byte[] _bytes = ArrayPool<byte>.Shared.Rent(FirstBytes);
    private PartitionLease? _lastLease;
    private int _lastPart;
    private bool _isDone;

    internal KafkaBatch(KafkaConsumer owner) => _owner = owner;

    /// <summary>Messages.</summary>
    public int Count { get; private set; }

    /// <summary>Bytes of keys and values.</summary>
    public int Size { get; private set; }

    /// <summary>What the batch has of each of its partitions.</summary>
    public IReadOnlyList<KafkaRange> Ranges => [.. _parts.Select(static p => new KafkaRange(p.Lease.Partition, p.From, p.Next))];

    /// <summary>A message.</summary>
    public IncomingMessage this[int index]
    {
        get
        {
            ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)index, (uint)Count, nameof(index));
            ref readonly var record = ref _records[index];
            return new IncomingMessage(
                _parts[record.Part].Lease.Partition, record.Offset, record.TimestampMilliseconds, Bytes(record.Key), Bytes(record.Value),
                record.Key.Length >= 0, record.Value.Length < 0, record.Headers);
        }
    }

    /// <summary>Whether all its partitions still are this member's. Where not, others read them: the fence refuses to store
    /// it.</summary>
    public bool IsCurrent => _parts.TrueForAll(static p => !p.Lease.IsOver);

    /// <summary>Says that everything made of the batch is stored.</summary>
    public void Done() => DoneBut([]);

    /// <summary>The same, but for some partitions: there the group stands still, so that who watches it sees them fall behind. This member
    /// gets their messages no more, the next one does.</summary>
    public void DoneBut(IReadOnlyCollection<KafkaPartition> held)
    {
        if (!_isDone)
        {
            _isDone = true;
            _owner.Acknowledge(_parts.Where(p => !held.Contains(p.Lease.Partition)).Select(static p => (p.Lease, p.Next)));
        }
    }

    /// <summary>Says that everything made of some of its messages is stored. The group moves on behind the first of each partition; this
    /// member gets the others no more, the next one does.</summary>
    /// <param name="taken">Places of messages, ascending: of a partition the first ones, or none.</param>
    public void DoneWith(IReadOnlyList<int> taken)
    {
        if (taken.Count == Count)
        {
            Done();
        }
        else if (!_isDone)
        {
            _isDone = true;
            _owner.Acknowledge(taken.GroupBy(place => _records[place].Part)
                .Select(part => (_parts[part.Key].Lease, _records[part.Last()].Offset + 1)));
        }
    }

    public void Dispose() => _owner.Return(this, _isDone);

    /// <summary>The first message of each partition, for going back to it.</summary>
    internal IReadOnlyList<(PartitionLease Lease, long First, long? From)> Starts =>
        [.. _parts.Select(static p => (p.Lease, p.First, p.From))];

    internal bool Has(Func<PartitionLease, bool> lease) => _parts.Exists(p => lease(p.Lease));

    internal MessageSlice Append(ReadOnlySpan<byte> data)
    {
        if (_bytes.Length - Size < data.Length)
        {
            var wanted = Math.Max(_bytes.Length * 2L, Size + (long)data.Length);
            var larger = ArrayPool<byte>.Shared.Rent((int)Math.Min(Array.MaxLength, wanted));
            _bytes.AsSpan(0, Size).CopyTo(larger);
            ArrayPool<byte>.Shared.Return(_bytes);
            _bytes = larger;
        }

        data.CopyTo(_bytes.AsSpan(Size));
        var slice = new MessageSlice(Size, data.Length);
        Size += data.Length;
        return slice;
    }

    internal void Add(PartitionLease lease, ConsumeResult<MessageSlice, MessageSlice> message)
    {
        var part = PartOf(lease, message.Offset.Value);
        if (Count == _records.Length)
        {
            Array.Resize(ref _records, Count * 2);
        }

        var content = message.Message;
        _records[Count++] = new Record(
            part, message.Offset.Value, content.Timestamp.UnixTimestampMs, content.Key, content.Value, content.Headers);
        lease.Take(message.Offset.Value);
        _parts[part].Next = message.Offset.Value + 1;
    }

    /// <summary>Takes the messages of some partitions out.</summary>
    internal void Remove(Func<PartitionLease, bool> lease)
    {
        var kept = 0;
        for (var i = 0; i < Count; i++)
        {
            if (!lease(_parts[_records[i].Part].Lease))
            {
                _records[kept++] = _records[i];
            }
        }

        _records.AsSpan(kept, Count - kept).Clear();
        Count = kept;
        if (kept == 0)
        {
            Clear();
            return;
        }

        var places = new int[_parts.Count];
        for (var (i, next) = (0, 0); i < places.Length; i++)
        {
            places[i] = lease(_parts[i].Lease) ? -1 : next++;
        }

        foreach (ref var record in _records.AsSpan(0, Count))
        {
            record = record with { Part = places[record.Part] };
        }

        _parts.RemoveAll(p => lease(p.Lease));
        _lastLease = null;
    }

    internal void Clear()
    {
        _records.AsSpan(0, Count).Clear();
        _parts.Clear();
        (_lastLease, _isDone, Count, Size) = (null, false, 0, 0);
    }

    /// <summary>Gives its memory back for good.</summary>
    internal void Free()
    {
        Clear();
        ArrayPool<byte>.Shared.Return(_bytes);
        _bytes = [];
    }

    private ReadOnlySpan<byte> Bytes(MessageSlice slice) => slice.Length <= 0 ? default : _bytes.AsSpan(slice.Start, slice.Length);

    /// <summary>Messages of a partition mostly come in a row.</summary>
    private int PartOf(PartitionLease lease, long first)
    {
        if (_lastLease == lease)
        {
            return _lastPart;
        }

        _lastPart = _parts.FindIndex(p => p.Lease == lease);
        if (_lastPart < 0)
        {
            _lastPart = _parts.Count;
            _parts.Add(new Part(lease, lease.Position, first));
        }

        _lastLease = lease;
        return _lastPart;
    }

    private readonly record struct Record(
        int Part, long Offset, long TimestampMilliseconds, MessageSlice Key, MessageSlice Value, Headers? Headers);

    private sealed class Part(PartitionLease lease, long? from, long first)
    {
        public PartitionLease Lease { get; } = lease;

        public long? From { get; } = from;

        public long First { get; } = first;

        public long Next { get; set; }
    }
}
