namespace Aurum.App.Running;

/// <summary>Work that is tried until it is done or asked to stop: again after half a second at first, then after twice as long each time
/// up to 15 seconds.</summary>
internal static class EndlessWork
{
    private static readonly TimeSpan FirstWait = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(15);

    /// <summary>Begins again whatever happens. Waits are spread to twice of them; what lived longer than the longest one begins with
    /// short ones.</summary>
    /// <param name="live">The work. Where it returns, it begins again at once.</param>
    /// <param name="failed">Is told why it has ended, before the wait.</param>
    /// <param name="time">Clock of waits.</param>
    /// <param name="chance">Spread of waits.</param>
    /// <param name="cancel">Asks it to stop.</param>
    public static async Task Run(
        Func<CancellationToken, Task> live, Action<Exception> failed, TimeProvider time, Random chance, CancellationToken cancel)
    {
        var wait = FirstWait;
        while (!cancel.IsCancellationRequested)
        {
            var began = time.GetTimestamp();
            try
            {
                await live(cancel);
            }
            catch (OperationCanceledException) when (cancel.IsCancellationRequested)
            {
                return;
            }
            catch (Exception error)
            {
                failed(error);
                wait = time.GetElapsedTime(began) > LongestWait ? FirstWait : wait;
                await Pause(wait * (1 + chance.NextDouble()), time, cancel);
                wait = Next(wait);
            }
        }
    }

    /// <summary>Tries until it succeeds. Errors of other kinds end it.</summary>
    /// <param name="attempt">The work.</param>
    /// <param name="failed">Is told of each try that failed, before the wait.</param>
    /// <param name="time">Clock of waits.</param>
    /// <param name="cancel">Ends it.</param>
    /// <param name="passes">Which of these errors pass by themselves; null: all.</param>
    /// <typeparam name="TError">What passes by itself.</typeparam>
    /// <exception cref="OperationCanceledException">Asked to stop.</exception>
    public static async Task Until<TError>(
        Func<Task> attempt, Action<TError> failed, TimeProvider time, CancellationToken cancel, Func<TError, bool>? passes = null)
        where TError : Exception
    {
        for (var wait = FirstWait; ; wait = Next(wait))
        {
            try
            {
                await attempt();
                return;
            }
            catch (TError error) when (passes?.Invoke(error) ?? true)
            {
                failed(error);
                await Task.Delay(wait, time, cancel);
            }
        }
    }

    private static TimeSpan Next(TimeSpan wait) => TimeSpan.FromTicks(Math.Min(wait.Ticks * 2, LongestWait.Ticks));

    private static async Task Pause(TimeSpan wait, TimeProvider time, CancellationToken cancel)
    {
        try
        {
            await Task.Delay(wait, time, cancel);
        }
        catch (OperationCanceledException)
        {
            // Asked to stop: the caller looks.
        }
    }
}
