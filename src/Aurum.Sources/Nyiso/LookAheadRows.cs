using Aurum.Market.Feeds;
using Aurum.Market.Power;

namespace Aurum.Sources.Nyiso;

/// <summary>Keeps back the look-ahead rows at the end of the running day's 5-minute price file.</summary>
/// <remarks>
/// <para>That file holds dispatched prices (RTD, every 5 minutes) up to the present, and behind them prices that the commitment
/// run (RTC) looks ahead to, every 15 minutes. Nothing in a row tells them apart; the steps do. Rule: where a file that has
/// stepped by 5 minutes ends with two or more steps of 15 minutes on the quarter hour, the rows from the start of the first of
/// these steps on are look-ahead and are left out. The first of them may be dispatched already; then the next fetch brings
/// it.</para>
/// <para>A finished day ends in 5-minute steps and loses nothing. A file whose stamps go back in time other than for the autumn
/// hour (grouped by name) is passed on whole.</para>
/// <para>Source: the mix of rows as seen in files of running days. The rule by steps is ours: a parser has no clock.</para>
/// </remarks>
internal sealed class LookAheadRows(RowBuffer<LmpRow> rows, int minutes)
{
    private const int StepSeconds = 900;
    private const int FewestSteps = 2;

    private readonly List<LmpRow> _held = [];
    private long _stamp;
    private bool _hasDispatch;
    private bool _isOutOfOrder;
    private int _steps;

    public void Add(in LmpRow row)
    {
        var end = row.Delivery.EndUnixSeconds;
        if (_isOutOfOrder)
        {
            rows.Add(row);
            return;
        }

        if (end != _stamp && _held.Count > 0)
        {
            StepTo(end);
        }

        _stamp = end;
        _held.Add(row);
    }

    /// <summary>Ends the file: passes on what is no look-ahead.</summary>
    /// <returns>A note where rows were left out.</returns>
    public IReadOnlyList<string> Finish(string file)
    {
        if (!_hasDispatch || _steps < FewestSteps)
        {
            Release();
            return [];
        }

        return [$"{file}: {_held.Count} look-ahead rows of the running day left out, up to {_held[^1].Delivery.End}"];
    }

    private void StepTo(long end)
    {
        var seconds = end - _stamp;
        if (seconds == StepSeconds && _stamp % StepSeconds == 0)
        {
            _steps++;
            return;
        }

        Release();
        _isOutOfOrder = seconds < 0;
        _hasDispatch |= seconds == minutes * 60;
    }

    private void Release()
    {
        foreach (var row in _held)
        {
            rows.Add(row);
        }

        _held.Clear();
        _steps = 0;
    }
}
