using System.Text.Json;

namespace Aurum.App.Configuration;

/// <summary>Everything that was set, and by whom. Later layers win: <c>aurum.json</c>, the file of secrets, Vault, well-known variables,
/// AURUM__ variables; the command line comes after all of them.</summary>
internal sealed class SettingLayers
{
    public const string FileName = "aurum.json";
    public const string Prefix = "AURUM__";

    private readonly Dictionary<string, SettingValue> _values = new(StringComparer.OrdinalIgnoreCase);

    private SettingLayers()
    {
    }

    /// <summary>What won, by the name of the setting.</summary>
    public IReadOnlyDictionary<string, SettingValue> Values => _values;

    /// <summary>Reads the layers that are there without asking anybody: file and environment.</summary>
    /// <exception cref="OptionsException">The file can't be read, or no setting has that name.</exception>
    public static SettingLayers Read(string dataDirectory, IReadOnlyDictionary<string, string?> variables, SettingCatalog catalog) =>
        Read(dataDirectory, variables, [], catalog);

    /// <summary>Reads all layers.</summary>
    /// <param name="dataDirectory">Where the file is.</param>
    /// <param name="variables">The environment.</param>
    /// <param name="kept">Variables that are kept elsewhere, with where: they stand below the environment.</param>
    /// <param name="catalog">The settings that there are.</param>
    public static SettingLayers Read(
        string dataDirectory, IReadOnlyDictionary<string, string?> variables, IReadOnlyList<KeptVariable> kept, SettingCatalog catalog)
    {
        var layers = new SettingLayers();
        layers.Add(OfFile(Path.GetFullPath(Path.Combine(dataDirectory, FileName))));
        var prefixed = OfPrefix(variables).ToList();
        bool Begun(string section) =>
            layers._values.Keys.Concat(prefixed.Select(static v => v.Key))
                .Any(k => k.StartsWith(section + ":", StringComparison.OrdinalIgnoreCase));
        var named = kept.ToDictionary(static k => k.Variable, static k => (string?)k.Value, StringComparer.Ordinal);
        var origins = kept.ToDictionary(static k => k.Variable, static k => k.Where, StringComparer.Ordinal);
        layers.Add(WellKnownVariables.Settings(named, Begun).Concat(OfPrefix(named))
            .Select(v => v with { Origin = $"{v.Origin} ({origins[v.Origin]})" }));
        layers.Add(WellKnownVariables.Settings(variables, Begun));
        layers.Add(prefixed);
        foreach (var value in layers._values.Values)
        {
            catalog.CheckName(value);
        }

        return layers;
    }

    /// <summary>The settings as the binder takes them.</summary>
    public IConfigurationRoot ToConfiguration() => new ConfigurationBuilder()
        .AddInMemoryCollection(_values.Values.Select(static v => KeyValuePair.Create(v.Key, v.Value))).Build();

    /// <summary>A later layer takes the place of a value. One that sets something below a name that held nothing ends the
    /// nothing.</summary>
    private void Add(IEnumerable<SettingValue> layer)
    {
        foreach (var value in layer)
        {
            _values[value.Key] = value;
            for (var at = value.Key.LastIndexOf(':'); at > 0; at = value.Key.LastIndexOf(':', at - 1))
            {
                _values.Remove(value.Key[..at]);
            }
        }
    }

    private static IEnumerable<SettingValue> OfFile(string file)
    {
        if (!File.Exists(file))
        {
            return [];
        }

        try
        {
            var values = new List<SettingValue>();
            Leaves(new ConfigurationBuilder().AddJsonFile(file, optional: false).Build().GetChildren(), values);
            return values;
        }
        catch (Exception e) when (e is InvalidDataException or FormatException or JsonException)
        {
            throw new OptionsException($"{file}: {e.GetBaseException().Message}");
        }
    }

    private static void Leaves(IEnumerable<IConfigurationSection> sections, List<SettingValue> values)
    {
        foreach (var section in sections)
        {
            var inner = section.GetChildren().ToList();
            if (inner.Count == 0)
            {
                values.Add(new SettingValue(section.Path, section.Value, FileName));
            }

            Leaves(inner, values);
        }
    }

    private static IEnumerable<SettingValue> OfPrefix(IReadOnlyDictionary<string, string?> variables) =>
        variables.Where(static v => v.Key.StartsWith(Prefix, StringComparison.OrdinalIgnoreCase) && v.Key.Length > Prefix.Length)
            .OrderBy(static v => v.Key, StringComparer.Ordinal)
            .Select(static v => new SettingValue(
                v.Key[Prefix.Length..].Replace("__", ":", StringComparison.Ordinal), v.Value, v.Key));
}

/// <summary>A variable that is kept outside the environment.</summary>
/// <param name="Variable">Its name.</param>
/// <param name="Value">Its value, which is a secret.</param>
/// <param name="Where">Where it is kept: a file, or a path of Vault.</param>
internal sealed record KeptVariable(string Variable, string Value, string Where)
{
    public override string ToString() => $"{Variable} ({Where})";
}
