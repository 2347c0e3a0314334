using Aurum.Store.Avro;

namespace Aurum.Cluster.Contracts;

/// <summary>Events in one pooled piece of memory: topic, key and value of each. Used again after <see cref="Clear"/>.</summary>
/// <remarks>Keys are UTF-8 text, values begin with the five bytes of <see cref="ConfluentFrame"/>. Not for several threads.</remarks>
public sealed class EventBatch : IDisposable
{
    private readonly AvroBuffer _bytes = new();
    private readonly List<Entry> _entries = [];
    private Entry _begun;

    public int Count => _entries.Count;

    /// <summary>Bytes of all keys and values.</summary>
    public int LengthBytes => _bytes.Length;

    public EventTopic Topic(int index) => _entries[index].Topic;

    /// <summary>Valid until the batch is written to or cleared.</summary>
    public ReadOnlyMemory<byte> Key(int index) => _bytes.Part(_entries[index].Start, _entries[index].KeyBytes);

    /// <summary>Valid until the batch is written to or cleared.</summary>
    public ReadOnlyMemory<byte> Value(int index)
    {
        var entry = _entries[index];
        return _bytes.Part(entry.Start + entry.KeyBytes, entry.ValueBytes);
    }

    /// <summary>When the event was known, microseconds since 1970 UTC: the timestamp of its message.</summary>
    public long TimestampMicros(int index) => _entries[index].TimestampMicros;

    /// <summary>Forgets all events.</summary>
    public void Clear()
    {
        _entries.Clear();
        _bytes.Truncate();
    }

    public void Dispose() => _bytes.Dispose();

    /// <summary>Begins an event: its key is written to the result.</summary>
    internal AvroBuffer BeginKey(EventTopic topic, long timestampMicros)
    {
        _begun = new Entry(topic, timestampMicros, _bytes.Length, 0, 0);
        return _bytes;
    }

    /// <summary>Ends the key: the value is written to the same buffer.</summary>
    /// <param name="schemaId">Id of the schema in the registry; null: a value without the five bytes.</param>
    internal void BeginValue(int? schemaId)
    {
        _begun = _begun with { KeyBytes = _bytes.Length - _begun.Start };
        if (schemaId is { } id)
        {
            ConfluentFrame.Write(_bytes, id);
        }
    }

    /// <summary>Where key and value of the event that was begun are written.</summary>
    internal AvroBuffer Open => _bytes;

    internal void End() => _entries.Add(_begun with { ValueBytes = _bytes.Length - _begun.Start - _begun.KeyBytes });

    private readonly record struct Entry(EventTopic Topic, long TimestampMicros, int Start, int KeyBytes, int ValueBytes);
}
