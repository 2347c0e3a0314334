using System.Net;
using Amazon.Runtime;
using Amazon.S3;
using Aurum.Store.Objects;

namespace Aurum.Cluster.S3;

/// <summary>Runs calls with a limit of time over all of their tries, and names what failed.</summary>
/// <param name="options">Limits.</param>
/// <param name="time">Clock.</param>
/// <param name="nextToken">Chance, for the spread of waits.</param>
internal sealed class S3Calls(S3Options options, TimeProvider time, Func<ulong> nextToken)
{
    private readonly EngineLogin _login = options.Login();

    /// <param name="what">What is done, with the object's address: for messages.</param>
    /// <param name="bytes">Length of the body.</param>
    /// <param name="call">The call.</param>
    /// <param name="cancel">Ends it.</param>
    /// <exception cref="ObjectStoreException">It failed.</exception>
    public Task<T> Run<T>(string what, long bytes, Func<CancellationToken, Task<T>> call, CancellationToken cancel) => Run(
        what,
        limit =>
        {
            limit.Expect(bytes);
            return call(limit.Token);
        },
        cancel);

    /// <summary>The same, with tries of its own: for answers that break off, which the client does not try again. The call says how long
    /// its answer is once it knows.</summary>
    public Task<T> RunAgain<T>(string what, Func<CallLimit, Task<T>> call, CancellationToken cancel) => Run(
        what,
        async limit =>
        {
            for (var attempt = 0; ; attempt++)
            {
                try
                {
                    return await call(limit);
                }
                catch (Exception error) when (attempt < options.Retries && BrokeOff(error))
                {
                    await Task.Delay(Wait(attempt), time, limit.Token);
                }
            }
        },
        cancel);

    /// <summary>Wait before a further try.</summary>
    public TimeSpan Wait(int attempt) => GrowingWait.After(attempt, nextToken);

    private async Task<T> Run<T>(string what, Func<CallLimit, Task<T>> call, CancellationToken cancel)
    {
        using var limit = new CallLimit(options.TotalSeconds, time, cancel);
        try
        {
            return await Signed(call, limit);
        }
        catch (SecretGoneException error)
        {
            throw new ObjectStoreException($"{what}: {error.Message}", ObjectFailure.Unavailable, error);
        }
        catch (OperationCanceledException error) when (!cancel.IsCancellationRequested)
        {
            var waited = limit.IsOver ? $"within {limit.Seconds} s" : $"within {options.RequestSeconds} s a try";
            throw new ObjectStoreException($"{what}: no answer {waited}", ObjectFailure.Unavailable, error);
        }
        catch (AmazonServiceException error)
        {
            throw Named(what, error);
        }
        catch (Exception error) when (error is AmazonClientException or HttpRequestException or TimeoutException
            || (error is IOException and not ObjectStoreException))
        {
            throw new ObjectStoreException($"{what}: {error.Message}", ObjectFailure.Unavailable, error);
        }
    }

    /// <summary>Where the keys were refused, they are asked for anew, once.</summary>
    private async Task<T> Signed<T>(Func<CallLimit, Task<T>> call, CallLimit limit)
    {
        var keys = _login.Present();
        try
        {
            return await call(limit);
        }
        catch (AmazonServiceException error) when (
            error.StatusCode is HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden || error.ErrorCode is "ExpiredToken")
        {
            if (!await _login.RenewLater(keys, limit.Token))
            {
                throw;
            }

            return await call(limit);
        }
    }

    public static bool IsNotThere(AmazonS3Exception error) =>
        error.StatusCode == HttpStatusCode.NotFound && error.ErrorCode is not "NoSuchBucket";

    private static bool BrokeOff(Exception error) =>
        error is HttpRequestException or IOException { } and not ObjectStoreException { Kind: not ObjectFailure.Damaged };

    private static ObjectStoreException Named(string what, AmazonServiceException error)
    {
        var status = (int)error.StatusCode;
        var isAway = error.StatusCode is 0 or HttpStatusCode.TooManyRequests or HttpStatusCode.RequestTimeout || status >= 500;
        var code = string.IsNullOrEmpty(error.ErrorCode) || error.ErrorCode == error.StatusCode.ToString() ? "" : $" {error.ErrorCode}";
        return new ObjectStoreException(
            $"{what}: the server answers {status}{code}: {error.Message}",
            isAway && error.ErrorCode != "NotImplemented" ? ObjectFailure.Unavailable : ObjectFailure.Refused,
            error);
    }
}
