using Aurum.Market.Power;

namespace Aurum.Sources.Caiso;

/// <summary>A priced place of a file, with a small number.</summary>
internal sealed record LmpNode(Location Location, int Number);
