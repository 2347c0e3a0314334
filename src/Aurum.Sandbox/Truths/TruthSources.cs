using Aurum.Sandbox.Aeso;
using Aurum.Sandbox.Caiso;
using Aurum.Sandbox.Ecb;
using Aurum.Sandbox.Eia;
using Aurum.Sandbox.Ercot;
using Aurum.Sandbox.Fred;
using Aurum.Sandbox.Ieso;
using Aurum.Sandbox.Isone;
using Aurum.Sandbox.Miso;
using Aurum.Sandbox.Noaa;
using Aurum.Sandbox.Nyiso;
using Aurum.Sandbox.Pjm;
using Aurum.Sandbox.Spp;
using Aurum.Sandbox.WorldBank;
using Aurum.Sandbox.Worlds;

namespace Aurum.Sandbox.Truths;

/// <summary>The publishers whose truth is known, written out.</summary>
internal static class TruthSources
{
    public static IReadOnlyList<TruthSource> Of(World world) =>
    [
        .. CaisoTruth.Of(world), .. EiaTruth.Of(world), .. NyisoTruth.Of(world), .. ErcotTruth.Of(world),
        .. PjmTruth.Of(world), .. IesoTruth.Of(world), .. MisoTruth.Of(world), .. SppTruth.Of(world), .. FredTruth.Of(world),
        .. NoaaTruth.Of(world), .. WorldBankTruth.Of(world), .. EcbTruth.Of(world),
        .. AesoTruth.Of(world), .. IsoneTruth.Of(world),
    ];
}
