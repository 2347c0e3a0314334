using Aurum.Market.Ticks;

namespace Aurum.App.Ticks;

/// <summary>Closes the bars of streams that have gone quiet: the clock vouches for the time when nothing has come for a while.
/// History is left alone: what is older than an hour is nobody's present.</summary>
internal sealed class QuietClock : IDisposable
{
    private const long PresentMicros = BarIntervals.MicrosPerHour;

    private readonly TickService _service;
    private readonly TimeProvider _time;
    private readonly ITimer? _timer;
    private long _received = -1;
    private long _since;

    public QuietClock(TickService service, TimeProvider time)
    {
        (_service, _time) = (service, time);
        if (service.Options.QuietSeconds > 0)
        {
            var period = TimeSpan.FromSeconds(Math.Max(0.5, service.Options.QuietSeconds / 8.0));
            _timer = time.CreateTimer(_ => Look(), null, period, period);
        }
    }

    public void Dispose() => _timer?.Dispose();

    private void Look()
    {
        var status = _service.Status;
        var now = _time.GetTimestamp();
        if (status.Counters.Received != _received)
        {
            (_received, _since) = (status.Counters.Received, now);
            return;
        }

        if (status.State != TickServiceState.Running || status.NewestEventMicros is not { } newest
            || _time.GetElapsedTime(_since, now).TotalSeconds < _service.Options.QuietSeconds)
        {
            return;
        }

        var micros = _time.GetUtcNow().ToUnixTimeMilliseconds() * 1_000;
        var watermark = BarIntervals.Floor(
            micros - ((_service.Options.QuietSeconds + _service.Options.DelaySeconds) * BarIntervals.MicrosPerSecond),
            BarIntervals.MicrosPerMinute);
        if (micros - newest < PresentMicros && watermark > status.WatermarkMicros)
        {
            _ = Vouch(watermark);
        }
    }

    private async Task Vouch(long watermarkMicros)
    {
        try
        {
            await _service.VouchAsync(watermarkMicros);
        }
        catch (TickServiceException)
        {
            // It is told by the service's status; the clock looks again.
        }
    }
}
