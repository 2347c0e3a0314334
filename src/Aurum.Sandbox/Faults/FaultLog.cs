namespace Aurum.Sandbox.Faults;

/// <summary>Every fault that was given, in the order given. Safe for many threads.</summary>
public sealed class FaultLog
{
    private readonly Lock _gate = new();
    private readonly List<FaultRecord> _records = [];

    public IReadOnlyList<FaultRecord> Records
    {
        get
        {
            lock (_gate)
            {
                return [.. _records];
            }
        }
    }

    /// <summary>Faults given so far, those that were forgotten included.</summary>
    public int Given { get; private set; }

    internal void Add(FaultRecord record)
    {
        lock (_gate)
        {
            _records.Add(record);
            Given++;
        }
    }

    internal void Forget()
    {
        lock (_gate)
        {
            _records.Clear();
        }
    }
}
