using System.Globalization;
using NodaTime;

namespace Aurum.App.Ticks.Lanes;

/// <summary>Says now and then, in a line, what a worker does.</summary>
internal sealed class WorkerStatus(TickWorker worker, string stage, TimeProvider time)
{
    private (long Messages, long Ticks, long Commits, long At) _last = (0, 0, 0, time.GetTimestamp());

    /// <summary><c>fused: 4 lanes, 512,345 ticks/s, 1,024 messages/s, 3.9 commits/s; 0 messages behind, 12 dead letters; watermark
    /// 2026-03-02T15:04:00Z</c>.</summary>
    public string Line()
    {
        var figures = worker.Figures;
        var now = time.GetTimestamp();
        var seconds = Math.Max(time.GetElapsedTime(_last.At, now).TotalSeconds, 1e-3);
        var lanes = worker.Lanes;
        var watermark = lanes.Count == 0 ? long.MinValue : lanes.Min(static l => l.WatermarkMicros);
        var line = string.Create(
            CultureInfo.InvariantCulture,
            $"{stage}: {lanes.Count} lanes, {(figures.Ticks - _last.Ticks) / seconds:N0} ticks/s, "
            + $"{(figures.Messages - _last.Messages) / seconds:N0} messages/s, {(figures.Commits - _last.Commits) / seconds:N1} commits/s; "
            + $"{worker.Lags.Sum(static l => l.Messages):N0} messages behind, {figures.Letters:N0} dead letters")
            + (lanes.Count(static l => l.IsHeld) is > 0 and var held ? FormattableString.Invariant($"; lanes held: {held}") : "")
            + (watermark == long.MinValue ? "" : $"; watermark {Instant.FromUnixTimeTicks(watermark * 10)}")
            + (worker.Standing?.Trouble is { } trouble ? $"; {trouble}" : "");
        _last = (figures.Messages, figures.Ticks, figures.Commits, now);
        return line;
    }

    /// <summary>What it did in all, for the end.</summary>
    public string Total()
    {
        var figures = worker.Figures;
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{stage}: {figures.Messages:N0} messages, {figures.Ticks:N0} ticks, {figures.Bars:N0} bars and revisions, {figures.Frames:N0} "
            + $"frames, {figures.Letters:N0} dead letters in {figures.Commits:N0} commits; {figures.Claims:N0} lanes claimed, "
            + $"{figures.Restarts:N0} restarts");
    }
}
