namespace Aurum.App.Ingest.Limits;

/// <summary>Keeps the limits of one site or dataset and tells how much of them is used.</summary>
/// <remarks>Requests are charged before they go out and never exceed a limit. What an answer brings is known afterwards: a request goes
/// out where what answers usually bring still fits, for it and for all that are under way. Not safe for several threads by itself;
/// <see cref="SiteGate"/> locks.</remarks>
internal sealed class Quota
{
    private const int SlotsOfMinute = 600;
    private const int SlotsOfHour = 60;
    private const int SlotsOfDay = 288;

    /// <summary>Weight of the newest answer in what answers usually bring.</summary>
    private const double NewestWeight = 0.2;

    private readonly RollingWindow _minute;
    private readonly RollingWindow _hour;
    private readonly RollingWindow _day;
    private readonly RollingWindow _rows;
    private readonly RollingWindow _bytes;
    private int _inFlight;
    private int _unread;
    private double _usualRows = 1;
    private double _usualBytes = 1;

    public Quota(QuotaLimits limits, TimeProvider time)
    {
        Limits = limits;
        var whole = (long)limits.RequestsPerMinute;
        var minute = whole == 0 ? TimeSpan.FromMinutes(1) : TimeSpan.FromMinutes(whole / limits.RequestsPerMinute);
        _minute = new RollingWindow(whole, minute, SlotsOfMinute, time);
        _hour = new RollingWindow(limits.RequestsPerHour, TimeSpan.FromHours(1), SlotsOfHour, time);
        _day = new RollingWindow(limits.RequestsPerDay, TimeSpan.FromDays(1), SlotsOfDay, time);
        _rows = new RollingWindow(limits.RowsPerHour, TimeSpan.FromHours(1), SlotsOfHour, time);
        _bytes = new RollingWindow(limits.BytesPerHour, TimeSpan.FromHours(1), SlotsOfHour, time);
    }

    public QuotaLimits Limits { get; }

    /// <summary>Answers by which the other side asked for fewer requests.</summary>
    public long Throttled { get; set; }

    /// <summary>Answers that brought more rows or bytes than were left.</summary>
    public long Overdrawn { get; private set; }

    /// <summary>Requests that were not made because the quota is used up for longer than they could wait.</summary>
    public long Refused { get; set; }

    public bool IsFull => Limits.Concurrency > 0 && _inFlight >= Limits.Concurrency;

    /// <summary>How long until the windows have room for one more request and what it will bring; null where they have.</summary>
    public TimeSpan? Wait()
    {
        var underWay = _inFlight + _unread + 1;
        return Longest(
            WaitOfRequests(), _rows.Wait((long)(_usualRows * underWay)), _bytes.Wait((long)(_usualBytes * (_inFlight + 1))));
    }

    /// <summary>The same for requests alone.</summary>
    public TimeSpan? WaitOfRequests() => Longest(_minute.Wait(1), _hour.Wait(1), _day.Wait(1));

    public void Enter()
    {
        _inFlight++;
        ChargeRequest();
    }

    public void Leave() => _inFlight--;

    public void ChargeRequest()
    {
        _minute.Charge(1);
        _hour.Charge(1);
        _day.Charge(1);
    }

    /// <summary>An answer came; its rows are not counted yet.</summary>
    public void Received(long bytes)
    {
        _unread++;
        _usualBytes = Usual(_usualBytes, bytes);
        _bytes.Charge(bytes);
        Note(_bytes);
    }

    /// <summary>So many answers were read to the end, and had so many rows in all.</summary>
    public void Read(int answers, long rows)
    {
        _unread = Math.Max(0, _unread - answers);
        if (answers > 0)
        {
            _usualRows = Usual(_usualRows, (double)rows / answers);
        }

        _rows.Charge(rows);
        Note(_rows);
    }

    /// <summary>Counts what an earlier process did.</summary>
    public void Recall(TimeSpan age, long requests, long rows, long bytes)
    {
        _minute.ChargeEarlier(requests, age);
        _hour.ChargeEarlier(requests, age);
        _day.ChargeEarlier(requests, age);
        _rows.ChargeEarlier(rows, age);
        _bytes.ChargeEarlier(bytes, age);
    }

    /// <summary>Each limit with its use, by the name of its setting.</summary>
    public IReadOnlyList<LimitUse> Uses() =>
    [
        Use("requests_per_minute", _minute), Use("requests_per_hour", _hour), Use("requests_per_day", _day),
        Use("rows_per_hour", _rows), Use("bytes_per_hour", _bytes),
        new("concurrency", Limits.Concurrency == 0 ? null : Limits.Concurrency, _inFlight, 0),
    ];

    private static LimitUse Use(string name, RollingWindow window) =>
        new(name, window.Limit == 0 ? null : window.Limit, window.Used, (int)Math.Round(window.Length.TotalSeconds));

    private static TimeSpan? Longest(TimeSpan? first, TimeSpan? second, TimeSpan? third)
    {
        var longer = first > second || second is null ? first : second;
        return longer > third || third is null ? longer : third;
    }

    /// <summary>The first answer says all that is known; later ones move it.</summary>
    private static double Usual(double before, double found) =>
        Math.Max(1, before <= 1 ? found : (before * (1 - NewestWeight)) + (found * NewestWeight));

    private void Note(RollingWindow window) => Overdrawn += window.Limit > 0 && window.Used > window.Limit ? 1 : 0;
}

/// <summary>One limit and how much of it is used.</summary>
/// <param name="Name">Name of the setting, in snake case.</param>
/// <param name="Allowed">Most in the window; null: no limit.</param>
/// <param name="Used">Taken in the window until now.</param>
/// <param name="WindowSeconds">Length of the window; 0 for what is in flight now.</param>
internal sealed record LimitUse(string Name, long? Allowed, long Used, int WindowSeconds)
{
    /// <summary>Share from which a limit counts as nearly used up.</summary>
    private const double NearShare = 0.8;

    /// <summary>What is left; null where there is no limit.</summary>
    public long? Headroom => Allowed is { } allowed ? Math.Max(0, allowed - Used) : null;

    /// <summary>Whether four fifths or more are used.</summary>
    public bool IsNear => Allowed is { } allowed && Used >= NearShare * allowed;
}
