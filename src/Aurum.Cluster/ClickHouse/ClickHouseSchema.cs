using Aurum.Cluster.ClickHouse.Schema;
using NodaTime;

namespace Aurum.Cluster.ClickHouse;

/// <summary>The tables that several writers need: made once, by the first that comes. Safe from several threads.</summary>
public sealed class ClickHouseSchema(ClickHouseClient client, TimeProvider time) : IDisposable
{
    private readonly SemaphoreSlim _gate = new(1);
    private ClickHouseVersion? _version;

    /// <summary>Waits until the tables are there.</summary>
    /// <returns>The server's version.</returns>
    /// <exception cref="ClickHouseException">They could not be made; the next one tries again.</exception>
    public async Task<ClickHouseVersion> Ready(CancellationToken cancel)
    {
        if (_version is { } known)
        {
            return known;
        }

        await _gate.WaitAsync(cancel);
        try
        {
            if (_version is not { } version)
            {
                version = await client.Version(cancel);
                await new ClickHouseMigrator(client).Migrate(Instant.FromDateTimeOffset(time.GetUtcNow()), cancel);
                _version = version;
            }

            return version;
        }
        finally
        {
            _gate.Release();
        }
    }

    /// <summary>Works with the tables once they are there. Where one is gone, somebody dropped it since: the next one who comes makes it
    /// again.</summary>
    /// <param name="work">Is given the server's version.</param>
    /// <param name="cancel">Ends the wait for the tables.</param>
    /// <exception cref="ClickHouseException">They could not be made, or the work failed.</exception>
    public async Task Use(Func<ClickHouseVersion, Task> work, CancellationToken cancel)
    {
        try
        {
            await work(await Ready(cancel));
        }
        catch (ClickHouseException e) when (e.IsMissing)
        {
            _version = null;
            throw;
        }
    }

    public void Dispose() => _gate.Dispose();
}
