using Aurum.Market.Feeds;
using Aurum.Market.Time;
using NodaTime;

namespace Aurum.App.Output;

/// <summary>The operating days that rows fall into, in order.</summary>
internal sealed class DayCollector<TRow>(InstantColumn<TRow> start, InstantColumn<TRow> end, DateTimeZone zone) : IRowOutput<TRow>
    where TRow : struct
{
    private readonly SortedSet<LocalDate> _days = [];
    private long _from = long.MaxValue;
    private long _until = long.MinValue;

    public IReadOnlyCollection<LocalDate> Days => _days;

    public void OnRows(ReadOnlySpan<TRow> rows)
    {
        foreach (ref readonly var row in rows)
        {
            // A reading at the instant of midnight closes the day before.
            var at = start.Of(row);
            at = end.Of(row) == at ? at - 1 : at;
            if (at < _from || at >= _until)
            {
                var day = OperatingDay.Of(Instant.FromUnixTimeSeconds(at), zone);
                _from = day.Start.ToUnixTimeSeconds();
                _until = day.End.ToUnixTimeSeconds();
                _days.Add(day.Date);
            }
        }
    }
}
