using Aurum.Market.Feeds;
using Aurum.Market.Time;
using NodaTime;

namespace Aurum.App.Output;

/// <summary>The operating days that rows fall into, in order.</summary>
/// <remarks>A reading at the instant of midnight closes one day and opens the next, so it makes neither of them a day of the file
/// where others do.</remarks>
internal sealed class DayCollector<TRow>(InstantColumn<TRow> start, InstantColumn<TRow> end, DateTimeZone zone) : IRowOutput<TRow>
    where TRow : struct
{
    private readonly SortedSet<LocalDate> _days = [];
    private readonly SortedSet<LocalDate> _begun = [];
    private long _from = long.MaxValue;
    private long _until = long.MinValue;

    public IReadOnlyCollection<LocalDate> Days => _days.Count > 0 ? _days : _begun;

    public void OnRows(ReadOnlySpan<TRow> rows)
    {
        foreach (ref readonly var row in rows)
        {
            var at = start.Of(row);
            if (at > _from && at < _until)
            {
                continue;
            }

            var day = OperatingDay.Of(Instant.FromUnixTimeSeconds(at), zone);
            if (day.Start.ToUnixTimeSeconds() == at && end.Of(row) == at)
            {
                _begun.Add(day.Date);
                continue;
            }

            _from = day.Start.ToUnixTimeSeconds();
            _until = day.End.ToUnixTimeSeconds();
            _days.Add(day.Date);
        }
    }
}
