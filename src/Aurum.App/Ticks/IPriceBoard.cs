using Aurum.Market.Ticks;

namespace Aurum.App.Ticks;

/// <summary>Instruments by name with their latest prices: in memory, or in the tables.</summary>
internal interface IPriceBoard
{
    /// <summary>Tenants that have instruments.</summary>
    IReadOnlyCollection<string> Tenants { get; }

    /// <summary>The instrument of a name; null where there is none.</summary>
    TickInstrument? Find(string tenant, string instrument);

    /// <summary>Latest prices of a tenant: at least those that changed behind a frame.</summary>
    IReadOnlyList<LatestPriceView> Of(string tenant, long afterFrame);
}
