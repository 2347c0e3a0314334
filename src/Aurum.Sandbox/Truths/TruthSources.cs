using Aurum.Sandbox.Worlds;

namespace Aurum.Sandbox.Truths;

/// <summary>The list of feeds with known truth, written out.</summary>
internal static class TruthSources
{
    public static IReadOnlyList<TruthSource> Of(World world) => world is null ? throw new ArgumentNullException(nameof(world)) : [];
}
