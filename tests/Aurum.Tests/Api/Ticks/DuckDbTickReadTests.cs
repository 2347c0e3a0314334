namespace Aurum.Tests.Api.Ticks;

/// <summary>The tests of <see cref="TickReadTests"/> on DuckDB.</summary>
public sealed class DuckDbTickReadTests(DuckDbTickReading reading) : TickReadTests(reading), IClassFixture<DuckDbTickReading>;

/// <summary>A server on DuckDB.</summary>
public sealed class DuckDbTickReading : TickReading
{
    private protected override Task<TickServer> StartAsync() => TickServer.StartAsync();
}
