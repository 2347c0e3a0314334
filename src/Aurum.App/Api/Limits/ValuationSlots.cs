using Aurum.App.Api.Requests;

namespace Aurum.App.Api.Limits;

/// <summary>Lets so many valuations of one tenant, and of all, run at once. Further ones get 429 with Retry-After: one tenant's long runs
/// do not take the server from the others. Safe from several threads.</summary>
internal sealed class ValuationSlots(ApiOptions options)
{
    private const string RetrySeconds = "2";

    private readonly Lock _lock = new();
    private readonly Dictionary<string, int> _running = new(StringComparer.Ordinal);
    private int _all;

    /// <summary>Takes a place until it is disposed.</summary>
    /// <exception cref="RequestFormatException">429: too many run.</exception>
    public IDisposable Enter(string tenant, HttpResponse response)
    {
        lock (_lock)
        {
            var own = _running.GetValueOrDefault(tenant);
            if (own < options.ValuationsPerTenant && _all < options.Valuations)
            {
                _running[tenant] = own + 1;
                _all++;
                return new Place(this, tenant);
            }

            response.Headers.RetryAfter = RetrySeconds;
            throw own < options.ValuationsPerTenant
                ? Refused($"at most {options.Valuations} valuations at a time", "as many that run")
                : Refused($"at most {options.ValuationsPerTenant} valuations of a tenant at a time", $"{own} that run");
        }
    }

    private static RequestFormatException Refused(string expected, string found) =>
        new("valuations", $"{expected}; try again in {RetrySeconds} s", found, StatusCodes.Status429TooManyRequests);

    private void Leave(string tenant)
    {
        lock (_lock)
        {
            _all--;
            if (--_running[tenant] == 0)
            {
                _running.Remove(tenant);
            }
        }
    }

    private sealed class Place(ValuationSlots slots, string tenant) : IDisposable
    {
        private int _isFree;

        public void Dispose()
        {
            if (Interlocked.Exchange(ref _isFree, 1) == 0)
            {
                slots.Leave(tenant);
            }
        }
    }
}
