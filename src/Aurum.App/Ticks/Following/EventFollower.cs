using System.Globalization;
using System.Net.ServerSentEvents;
using System.Runtime.CompilerServices;
using Aurum.App.Commands;

namespace Aurum.App.Ticks.Following;

/// <summary>Follows server-sent events. When the connection breaks off it is made again, with growing waits, behind the last event: each
/// comes once, none is missed.</summary>
/// <param name="http">Client of the server.</param>
/// <param name="path">What to follow, with its query.</param>
/// <param name="time">The clock of waits.</param>
/// <param name="note">Takes a line about a connection that broke off.</param>
internal sealed class EventFollower(HttpClient http, string path, TimeProvider time, Action<string> note)
{
    /// <summary>The server gives a sign of life every few seconds.</summary>
    private static readonly TimeSpan Silence = TimeSpan.FromSeconds(30);

    private static readonly TimeSpan FirstWait = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(10);

    private TimeSpan _wait = FirstWait;

    /// <summary>Id of the last event; null before the first.</summary>
    public string? LastId { get; private set; }

    /// <summary>The events, signs of life left out.</summary>
    /// <param name="after">Id of the event behind which to begin; null: with what comes.</param>
    /// <param name="onPause">Called before it has to wait for the next event.</param>
    /// <param name="cancel">Ends it.</param>
    /// <exception cref="CommandException">The server refuses.</exception>
    public async IAsyncEnumerable<SseItem<string>> Follow(
        string? after, Action onPause, [EnumeratorCancellation] CancellationToken cancel)
    {
        LastId = after;
        while (true)
        {
            using var silence = new CancellationTokenSource(Silence, time);
            using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancel, silence.Token);
            using var answer = await TryConnectAsync(stop.Token, cancel);
            await using var items = answer is null
                ? null
                : SseParser.Create(await answer.Content.ReadAsStreamAsync(cancel)).EnumerateAsync(stop.Token).GetAsyncEnumerator(cancel);
            while (items is not null && await TryMoveAsync(items, onPause, cancel))
            {
                _wait = FirstWait;
                silence.CancelAfter(Silence);
                if (items.Current.EventType == "heartbeat")
                {
                    continue;
                }

                LastId = items.Current.EventId ?? LastId;
                yield return items.Current;
            }

            onPause();
            await Task.Delay(_wait, time, cancel);
            _wait = _wait * 2 < LongestWait ? _wait * 2 : LongestWait;
        }
    }

    /// <returns>Null where the server is away.</returns>
    private async Task<HttpResponseMessage?> TryConnectAsync(CancellationToken stop, CancellationToken cancel)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        if (LastId is not null)
        {
            request.Headers.Add("Last-Event-ID", LastId);
        }

        try
        {
            var answer = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, stop);
            if (answer.IsSuccessStatusCode)
            {
                return answer;
            }

            using (answer)
            {
                var said = RemoteSql.Detail(await answer.Content.ReadAsStringAsync(stop));
                var detail = string.Create(CultureInfo.InvariantCulture, $"{http.BaseAddress} answers {(int)answer.StatusCode}: {said}");
                if ((int)answer.StatusCode is not (429 or >= 500))
                {
                    throw new CommandException(ExitCodes.BadInput, detail);
                }

                note($"{detail}; trying again in {Seconds(_wait)} s");
            }
        }
        catch (HttpRequestException e)
        {
            note($"{http.BaseAddress} does not answer: {e.Message}; trying again in {Seconds(_wait)} s");
        }
        catch (OperationCanceledException) when (!cancel.IsCancellationRequested)
        {
            note($"{http.BaseAddress} does not answer; trying again in {Seconds(_wait)} s");
        }

        return null;
    }

    /// <returns>False where the connection broke off.</returns>
    private async Task<bool> TryMoveAsync(IAsyncEnumerator<SseItem<string>> items, Action onPause, CancellationToken cancel)
    {
        try
        {
            var next = items.MoveNextAsync();
            if (!next.IsCompleted)
            {
                onPause();
            }

            if (await next)
            {
                return true;
            }

            note($"{http.BaseAddress} ended the stream; going on behind {LastId ?? "what comes"}");
        }
        catch (Exception e) when (e is IOException or HttpRequestException
            || (e is OperationCanceledException && !cancel.IsCancellationRequested))
        {
            note($"{http.BaseAddress} broke off; going on behind {LastId ?? "what comes"}");
        }

        return false;
    }

    private static string Seconds(TimeSpan wait) => wait.TotalSeconds.ToString("0.#", CultureInfo.InvariantCulture);
}
