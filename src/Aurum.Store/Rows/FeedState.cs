using Aurum.Store.DuckDb;
using Aurum.Store.Sql;
using Aurum.Store.Watch;

namespace Aurum.Store.Rows;

/// <summary>What the store remembers of a feed between commits, so that it need not be read each time. Only the holder
/// of the gate reads or changes it.</summary>
internal sealed class FeedState(string feed) : IDisposable
{
    private HourRanges? _hours;
    private Dictionary<(string Id, string Type), (int First, int Last)>? _locationDays;
    private Queue<long>? _judged;

    public SemaphoreSlim Gate { get; } = new(1, 1);

    public void Dispose() => Gate.Dispose();

    /// <summary>Hours in which the feed has rows.</summary>
    public HourRanges Hours(DuckDbConnection connection)
    {
        if (_hours is null)
        {
            var hours = new HourRanges();
            using var find = connection.Prepare(DeliverySql.FindHours).Bind(feed);
            using var rows = find.Query();
            while (rows.NextChunk())
            {
                for (var i = 0; i < rows.Count; i++)
                {
                    hours.Append(rows.Int64(0, i), rows.Int64(1, i));
                }
            }

            _hours = hours;
        }

        return _hours;
    }

    /// <summary>First and last operating day (days since 1970) of each place of the feed.</summary>
    public Dictionary<(string Id, string Type), (int First, int Last)> LocationDays(DuckDbConnection connection)
    {
        if (_locationDays is null)
        {
            Dictionary<(string, string), (int, int)> days = [];
            using var find = connection.Prepare(LocationSql.FindDays).Bind(feed);
            using var rows = find.Query();
            while (rows.NextChunk())
            {
                for (var i = 0; i < rows.Count; i++)
                {
                    days.Add((rows.String(0, i), rows.String(1, i)), (rows.Int32(2, i), rows.Int32(3, i)));
                }
            }

            _locationDays = days;
        }

        return _locationDays;
    }

    /// <summary>The newest delivery whose gate result goes when one more is written; null while there is room.</summary>
    public long? OutdatedGate(DuckDbConnection connection)
    {
        if (_judged is null)
        {
            var judged = new Queue<long>();
            using var find = connection.Prepare(WatchSql.FindGateResults).Bind(feed);
            using var rows = find.Query();
            while (rows.NextChunk())
            {
                for (var i = 0; i < rows.Count; i++)
                {
                    judged.Enqueue(rows.Int64(0, i));
                }
            }

            _judged = judged;
        }

        return _judged.Count < GateRecord.Kept ? null : _judged.ElementAt(_judged.Count - GateRecord.Kept);
    }

    /// <summary>Takes over that a delivery's gate result was written.</summary>
    public void Committed(long? judged)
    {
        if (judged is { } id)
        {
            _judged!.Enqueue(id);
            while (_judged.Count > GateRecord.Kept)
            {
                _judged.Dequeue();
            }
        }
    }

    /// <summary>Takes over what a commit has written.</summary>
    public void Committed(IReadOnlyCollection<long> newHours)
    {
        foreach (var hour in newHours)
        {
            _hours!.Add(hour);
        }
    }
}
