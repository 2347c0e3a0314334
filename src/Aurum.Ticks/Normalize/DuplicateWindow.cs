using System.Numerics;
using Aurum.Ticks.State;

namespace Aurum.Ticks.Normalize;

/// <summary>Remembers the keys of the last messages, in two generations of fixed size: when the younger is full or old, it becomes the
/// elder, and the elder is forgotten.</summary>
/// <remarks>A generation's size is of the keys that it was given, those removed since among them: when a key is forgotten does not
/// hang on when another was removed.</remarks>
internal sealed class DuplicateWindow
{
    private readonly int _messages;
    private readonly long _micros;
    private int _mask;
    private MessageKey[] _young;
    private MessageKey[] _old;
    private int _count;
    private long _since = long.MinValue;

    /// <param name="messages">Keys a generation.</param>
    /// <param name="micros">Longest time from a generation's first key to its last.</param>
    public DuplicateWindow(int messages, long micros)
    {
        (_messages, _micros) = (messages, micros);
        (_young, _old) = (Slots(messages), Slots(messages));
    }

    /// <summary>Whether a key is remembered.</summary>
    public bool Has(in MessageKey key) => _young[Find(_young, in key)] != default || _old[Find(_old, in key)] != default;

    /// <summary>Remembers a key that is not remembered yet.</summary>
    /// <param name="key">The key; the one of all zeros cannot be told from none.</param>
    /// <param name="ingestedMicros">When its message was taken in.</param>
    public void Add(in MessageKey key, long ingestedMicros)
    {
        if (_count >= _messages || (_count > 0 && ingestedMicros - _since > _micros))
        {
            (_young, _old) = (_old, _young);
            Array.Clear(_young);
            _count = 0;
        }

        _since = _count == 0 ? ingestedMicros : _since;
        _young[Find(_young, in key)] = key;
        _count++;
    }

    /// <summary>Forgets a key, so that its message may come again.</summary>
    public void Remove(in MessageKey key)
    {
        RemoveFrom(_young, in key);
        RemoveFrom(_old, in key);
    }

    public void Save(StateWriter to)
    {
        to.Write(_count);
        to.Write(_since);
        SaveKeys(to, _young);
        SaveKeys(to, _old);
    }

    /// <summary>Takes over what <see cref="Save"/> wrote. A generation that holds more keys than are usual here is kept whole.</summary>
    public void Load(ref StateReader from)
    {
        _count = from.Index(int.MaxValue);
        _since = from.Int64();
        var young = LoadKeys(ref from);
        var old = LoadKeys(ref from);
        var most = Math.Max(_messages, Math.Max(young.Length, old.Length));
        (_young, _old) = (Slots(most), Slots(most));
        foreach (ref readonly var key in young.AsSpan())
        {
            _young[Find(_young, in key)] = key;
        }

        foreach (ref readonly var key in old.AsSpan())
        {
            _old[Find(_old, in key)] = key;
        }
    }

    private static void SaveKeys(StateWriter to, MessageKey[] slots)
    {
        var count = 0;
        foreach (ref readonly var key in slots.AsSpan())
        {
            count += key != default ? 1 : 0;
        }

        to.Write(count);
        foreach (ref readonly var key in slots.AsSpan())
        {
            if (key != default)
            {
                to.Write(key.High);
                to.Write(key.Low);
            }
        }
    }

    private static MessageKey[] LoadKeys(ref StateReader from)
    {
        var keys = new MessageKey[from.Count(2 * sizeof(ulong))];
        for (var i = 0; i < keys.Length; i++)
        {
            keys[i] = new MessageKey(from.UInt64(), from.UInt64());
        }

        return keys;
    }

    /// <summary>Room for keys, half of it free.</summary>
    private MessageKey[] Slots(int keys)
    {
        var slots = (int)BitOperations.RoundUpToPowerOf2((uint)keys * 2);
        _mask = slots - 1;
        return new MessageKey[slots];
    }

    /// <summary>Frees the key's slot, and moves keys behind it up that would not be found beyond a free slot.</summary>
    private void RemoveFrom(MessageKey[] slots, in MessageKey key)
    {
        var free = Find(slots, in key);
        if (slots[free] == default)
        {
            return;
        }

        for (var at = (free + 1) & _mask; slots[at] != default; at = (at + 1) & _mask)
        {
            var home = (int)slots[at].High & _mask;
            if (((at - home) & _mask) >= ((at - free) & _mask))
            {
                slots[free] = slots[at];
                free = at;
            }
        }

        slots[free] = default;
    }

    /// <summary>The slot that has the key, or the free one where it belongs. Half of the slots are free, so there is one.</summary>
    private int Find(MessageKey[] slots, in MessageKey key)
    {
        var slot = (int)key.High & _mask;
        while (slots[slot] != key && slots[slot] != default)
        {
            slot = (slot + 1) & _mask;
        }

        return slot;
    }
}
