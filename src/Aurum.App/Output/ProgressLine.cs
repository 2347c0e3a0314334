using System.Globalization;
using Aurum.App.Commands;

namespace Aurum.App.Output;

/// <summary>Progress on standard error: a bar that is redrawn on a terminal, a line now and then elsewhere.</summary>
internal sealed class ProgressLine(CommandConsole console, string unit, long total) : IDisposable
{
    private const int BarWidth = 24;

    private static readonly TimeSpan TerminalPause = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan LinePause = TimeSpan.FromSeconds(10);

    private readonly Lock _lock = new();
    private readonly long _started = console.Time.GetTimestamp();
    private long _done;
    private long _shownAt = long.MinValue;
    private bool _drawn;

    /// <summary>So much more is done; <paramref name="last"/> says what it was.</summary>
    public void Step(long count, string last)
    {
        lock (_lock)
        {
            _done += count;
            var now = console.Time.GetTimestamp();
            if (_shownAt == long.MinValue
                || console.Time.GetElapsedTime(_shownAt, now) >= (console.ShowsProgress ? TerminalPause : LinePause)
                || _done == total)
            {
                _shownAt = now;
                Show(last);
            }
        }
    }

    /// <summary>Leaves the line as it is.</summary>
    public void End()
    {
        lock (_lock)
        {
            if (_drawn)
            {
                console.Error.WriteLine();
                _drawn = false;
            }
        }
    }

    public void Dispose() => End();

    private void Show(string last)
    {
        var share = total == 0 ? 1 : Math.Min(1, (double)_done / total);
        var left = Left(share);
        if (!console.ShowsProgress)
        {
            console.Error.WriteLine(
                string.Create(CultureInfo.InvariantCulture, $"aurum: {_done:N0} of {total:N0} {unit}{left}; {last}"));
            return;
        }

        var filled = (int)(share * BarWidth);
        var bar = new string('#', filled) + new string('.', BarWidth - filled);
        var text = string.Create(
            CultureInfo.InvariantCulture, $"{bar} {share * 100:N0} % {_done:N0}/{total:N0} {unit}{left}  {last}");
        var width = Math.Max(40, Width() - 1);
        console.Error.Write("\r" + (text.Length > width ? text[..width] : text.PadRight(width)));
        _drawn = true;
    }

    private string Left(double share)
    {
        var elapsed = console.Time.GetElapsedTime(_started);
        if (share is <= 0 or >= 1 || elapsed < TimeSpan.FromSeconds(2))
        {
            return "";
        }

        var left = elapsed * ((1 - share) / share);
        return string.Create(CultureInfo.InvariantCulture, $", {(int)left.TotalMinutes}:{left.Seconds:00} left");
    }

    private static int Width()
    {
        try
        {
            return Console.WindowWidth;
        }
        catch (IOException)
        {
            return 120;
        }
    }
}
