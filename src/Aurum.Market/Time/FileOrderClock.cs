using NodaTime;

namespace Aurum.Market.Time;

/// <summary>Reads local stamps that carry no mark of the zone or of the repeated hour (NYISO's price files): for each location,
/// the stamps of the repeated hour are of the first pass until they go back, then of the second.</summary>
/// <remarks>
/// <para>One clock per file. Rows must come in the order of the file, never sorted or de-duplicated by stamp before.</para>
/// <para>The stamp is a reading of the wall clock, at the start of an interval (hourly files) or at its end (5-minute files:
/// after 01:55 EDT comes 01:00 EST).</para>
/// <para>Fails by name for a stamp that the clock jumped over, for one that comes a third time, and at the first stamp past the
/// repeated hour of a location that gave that hour only once, because nothing tells then which of the two is missing.</para>
/// </remarks>
/// <typeparam name="TLocation">What identifies a location in the file: its object, number or name.</typeparam>
public sealed class FileOrderClock<TLocation>(DateTimeZone zone)
    where TLocation : notnull
{
    private readonly TransitionTable _table = TransitionTable.For(zone);

    // Only locations with rows in a repeated hour are here: empty on 364 days of the year.
    private readonly Dictionary<TLocation, Passes> _passes = [];

    /// <summary>Unix seconds of a stamp.</summary>
    /// <exception cref="TimeLabelException">The stamp stands for no instant, or the file does not tell for which.</exception>
    public long ToUnixSeconds(TLocation location, long localSeconds)
    {
        var match = _table.Match(localSeconds);
        if (match.Count == 2)
        {
            return IsSecondPass(location, match) ? match.Second : match.First;
        }

        if (match.Count == 0)
        {
            throw TimeLabelException.JumpedOver(Name(location, localSeconds), zone);
        }

        if (_passes.Count > 0)
        {
            CheckThatBothPassesCame(location, match);
        }

        return match.First;
    }

    public DeliveryInterval StartingAt(TLocation location, long localSeconds, int minutes) =>
        DeliveryInterval.FromUnixSeconds(ToUnixSeconds(location, localSeconds), minutes * 60);

    public DeliveryInterval EndingAt(TLocation location, long localSeconds, int minutes) =>
        DeliveryInterval.FromUnixSeconds(ToUnixSeconds(location, localSeconds) - (minutes * 60), minutes * 60);

    public DeliveryInterval StartingAt(TLocation location, LocalDateTime stamp, int minutes) =>
        StartingAt(location, LocalSeconds.Of(stamp), minutes);

    public DeliveryInterval EndingAt(TLocation location, LocalDateTime stamp, int minutes) =>
        EndingAt(location, LocalSeconds.Of(stamp), minutes);

    private bool IsSecondPass(TLocation location, LocalMatch match)
    {
        var date = LocalSeconds.ToDate(match.LocalSeconds);
        if (!_passes.TryGetValue(location, out var passes) || passes.Date != date)
        {
            passes = new Passes(date, match.First, default);
        }

        var order = passes.Order;
        if (!order.TryAdvance(match.LocalSeconds))
        {
            throw TimeLabelException.StandsThreeTimes(Name(location, match.LocalSeconds), zone);
        }

        _passes[location] = passes with { Order = order };
        return order.IsInSecondPass;
    }

    private void CheckThatBothPassesCame(TLocation location, LocalMatch match)
    {
        if (_passes.TryGetValue(location, out var passes) && match.First > passes.FirstUnixSeconds)
        {
            _passes.Remove(location);
            if (!passes.Order.IsInSecondPass)
            {
                throw TimeLabelException.StandsOnce(Name(location, _table.ToLocal(passes.FirstUnixSeconds)), zone);
            }
        }
    }

    private static string Name(TLocation location, long localSeconds) => $"{LocalSeconds.Text(localSeconds)} of {location}";

    private readonly record struct Passes(LocalDate Date, long FirstUnixSeconds, SeriesOrder Order);
}
