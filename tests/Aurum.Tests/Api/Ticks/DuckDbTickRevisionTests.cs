namespace Aurum.Tests.Api.Ticks;

/// <summary>The tests of <see cref="TickRevisionTests"/> on DuckDB.</summary>
public sealed class DuckDbTickRevisionTests : TickRevisionTests
{
    private protected override Task<TickServer> StartAsync() => TickServer.StartAsync();
}
