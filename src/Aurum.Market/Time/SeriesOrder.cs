using NodaTime;

namespace Aurum.Market.Time;

/// <summary>Tells the passes of one repeated hour apart by the order in which one series gives its readings: the second pass begins
/// where they go back. Starts anew for every repeated hour.</summary>
internal struct SeriesOrder
{
    private long _last;
    private bool _hasBegun;

    /// <summary>Whether the readings have gone back once.</summary>
    public bool IsInSecondPass { get; private set; }

    /// <exception cref="TimeLabelException">The readings go back a second time.</exception>
    public bool IsSecondPass(long local, DateTimeZone zone)
    {
        if (_hasBegun && local <= _last)
        {
            if (IsInSecondPass)
            {
                throw TimeLabelException.StandsThreeTimes(LocalSeconds.Text(local), zone, "the clock goes back only once that day.");
            }

            IsInSecondPass = true;
        }

        _hasBegun = true;
        _last = local;
        return IsInSecondPass;
    }
}
