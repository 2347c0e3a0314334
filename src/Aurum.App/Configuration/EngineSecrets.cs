using System.Collections.Concurrent;
using Aurum.Cluster;
using Aurum.Cluster.Vault;

namespace Aurum.App.Configuration;

/// <summary>Engines' passwords and tokens that Vault keeps, as Vault has them by now. What the environment says itself, and what Vault does
/// not keep, stays as it was read at the start.</summary>
internal sealed class EngineSecrets : ILiveSecrets
{
    private readonly VaultSecrets _vault;
    private readonly HashSet<string> _said;
    private readonly ConcurrentDictionary<string, Kept> _places = new(StringComparer.Ordinal);

    /// <param name="vault">What is kept in Vault.</param>
    /// <param name="environment">Variables, which win over Vault.</param>
    public EngineSecrets(VaultSecrets vault, IReadOnlyDictionary<string, string?> environment)
    {
        _vault = vault;
        _said = environment.Where(static v => v.Value is { Length: > 0 }).Select(static v => v.Key)
            .ToHashSet(StringComparer.OrdinalIgnoreCase);
        vault.Changed += _ => Changed?.Invoke();
    }

    public event Action? Changed;

    public string? Present(string setting, string? read)
    {
        foreach (var (variable, part) in PlacesOf(setting))
        {
            if (part(_vault.Get(variable)) is { } value)
            {
                return value;
            }
        }

        return read;
    }

    public void Renew(IReadOnlyList<string> settings, CancellationToken cancel) =>
        _vault.Renew(settings.SelectMany(s => PlacesOf(s)).Select(static p => p.Variable).ToHashSet(), cancel);

    private IReadOnlyList<(string Variable, Func<string, string?> Part)> PlacesOf(string setting) =>
        _places.GetOrAdd(setting, Find).Places;

    /// <summary>Variables of a setting that Vault keeps, the strongest first; none where the environment says it.</summary>
    private Kept Find(string setting)
    {
        var own = SettingLayers.Prefix + setting.Replace(":", "__", StringComparison.Ordinal);
        List<WellKnownVariable> ways =
            [new WellKnownVariable(own, setting), .. WellKnownVariables.All.Where(v => v.Setting == setting).Reverse()];
        return new Kept(ways.Exists(w => _said.Contains(w.Name)) ? [] :
        [
            .. ways.SelectMany(
                w => _vault.Mappings.Where(m => string.Equals(m.Variable, w.Name, StringComparison.OrdinalIgnoreCase)),
                static (w, m) => (m.Variable, w.Read)),
        ]);
    }

    private sealed record Kept(IReadOnlyList<(string Variable, Func<string, string?> Part)> Places);
}
