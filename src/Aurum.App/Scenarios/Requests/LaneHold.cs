using Aurum.Store.Models;

namespace Aurum.App.Scenarios.Requests;

/// <summary>A partition while it is this worker's: which of its messages are still worked on. What is behind the first of them is not done
/// with, so that messages may be worked on in any order and none is lost. Used under its <see cref="Gate"/>.</summary>
internal sealed class LaneHold(RequestLane lane)
{
    private readonly SortedSet<long> _open = [];
    private long _behind = lane.Next ?? 0;
    private volatile bool _isOver;

    public Lock Gate { get; } = new();

    public RequestLane Lane => lane;

    /// <summary>Whether it went to another worker.</summary>
    public bool IsOver => _isOver;

    /// <summary>Messages in hand.</summary>
    public int Count => _open.Count;

    public void End() => _isOver = true;

    /// <summary>Takes a message in hand.</summary>
    /// <returns>Whether it was not taken before.</returns>
    public bool Take(long offset)
    {
        if (offset < _behind)
        {
            return false;
        }

        _behind = offset + 1;
        return _open.Add(offset);
    }

    /// <summary>How far the partition has come when a message is done with; null where it is somebody else's.</summary>
    public RequestPosition? After(long offset) => _isOver ? null
        : new RequestPosition(lane, _open.FirstOrDefault(o => o != offset, _behind));

    /// <summary>A message is done with, and that is stored.</summary>
    public void Done(long offset) => _open.Remove(offset);
}
