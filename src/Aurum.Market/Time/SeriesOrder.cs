namespace Aurum.Market.Time;

/// <summary>Tells the passes of one repeated hour apart by the order in which one series gives its readings: the second pass
/// begins where they go back. Starts anew for every repeated hour.</summary>
internal struct SeriesOrder
{
    private long _last;
    private bool _hasBegun;

    public bool IsInSecondPass { get; private set; }

    /// <summary>Takes the next reading. False where they go back a second time.</summary>
    public bool TryAdvance(long local)
    {
        if (_hasBegun && local <= _last)
        {
            if (IsInSecondPass)
            {
                return false;
            }

            IsInSecondPass = true;
        }

        _hasBegun = true;
        _last = local;
        return true;
    }
}
