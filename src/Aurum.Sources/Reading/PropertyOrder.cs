namespace Aurum.Sources.Reading;

/// <summary>Where the properties of an object go, learned from the objects before it: rows name theirs in one order, so that one
/// comparison stands for a search among all names. Nothing depends on the order but the speed.</summary>
internal sealed class PropertyOrder
{
    private const int MostProperties = 64;

    private readonly byte[][] _names = new byte[MostProperties][];
    private readonly int[] _slots = new int[MostProperties];
    private int _known;
    private int _next;

    /// <summary>An object begins.</summary>
    public void Begin() => _next = 0;

    /// <summary>Whether the next property has the name that stood at its place before, and then its slot; -1 for one that nobody asked
    /// for.</summary>
    public bool TryNext(ReadOnlySpan<byte> name, out int slot)
    {
        if (_next < _known && name.SequenceEqual(_names[_next]))
        {
            slot = _slots[_next++];
            return true;
        }

        slot = -1;
        return false;
    }

    /// <summary>Remembers a property that was searched for, in the place after the last.</summary>
    public void Learn(ReadOnlySpan<byte> name, int slot)
    {
        if (_next == _known && _known < MostProperties)
        {
            _names[_known] = name.ToArray();
            _slots[_known++] = slot;
            _next++;
        }
        else if (_next < _known)
        {
            // Another order than before, for this object: look on from where the name stood.
            for (var i = 0; i < _known; i++)
            {
                if (name.SequenceEqual(_names[i]))
                {
                    _next = i + 1;
                    return;
                }
            }
        }
    }
}
