namespace Aurum.App.Configuration;

/// <summary>A setting as it stands. Holds no secret.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Value">Its value, hidden where it is a secret.</param>
/// <param name="From">Who set it.</param>
/// <param name="Default">What it is where nobody does.</param>
/// <param name="Range">Least and most; empty: none is written.</param>
/// <param name="Unit">Unit; empty: none.</param>
/// <param name="Variables">Variables that set it, the strongest first.</param>
/// <param name="What">What it is.</param>
internal sealed record SettingRow(
    string Name, string Value, string From, string Default, string Range, string Unit, IReadOnlyList<string> Variables, string What)
{
    /// <summary>Who sets what nobody has set.</summary>
    public const string DefaultOrigin = "default";

    /// <summary>All settings in the order of the catalog; of lists and named sections those entries that are set.</summary>
    /// <param name="dataDirectory">Where <c>aurum.json</c> is.</param>
    /// <param name="world">Environment and Vault.</param>
    /// <param name="includesUnused">Whether settings of engines that are not used are among them.</param>
    public static IReadOnlyList<SettingRow> All(string dataDirectory, OptionsWorld world, bool includesUnused)
    {
        var layers = OptionsReader.Layers(dataDirectory, world);
        var options = OptionsReader.Read(dataDirectory, world: world);
        var catalog = SettingCatalog.Instance;
        var byName = layers.Values.Values.ToLookup(v => catalog.Find(v.Key)?.Key, StringComparer.OrdinalIgnoreCase);
        return
        [
            .. catalog.All.Where(s => includesUnused || IsUsed(options, s)).SelectMany(s => byName[s.Key].Any()
                ? byName[s.Key].OrderBy(static v => v.Key, StringComparer.OrdinalIgnoreCase).Select(v => Of(s, v))
                : s.Key.Contains(":NAME", StringComparison.Ordinal) && !includesUnused ? []
                : [Of(s, null)]),
        ];
    }

    private static SettingRow Of(Setting setting, SettingValue? value)
    {
        var note = SettingNotes.Of(setting);
        return new SettingRow(
            value?.Key ?? setting.Key,
            SettingCatalog.Shown(setting.Key, value is null ? setting.DefaultText : value.Value),
            value?.Origin ?? DefaultOrigin,
            SettingCatalog.Shown(setting.Key, setting.DefaultText),
            note.Range,
            note.Unit,
            [setting.Variable, .. setting.WellKnown.Reverse()],
            note.What);
    }

    private static bool IsUsed(AurumOptions options, Setting setting) =>
        typeof(AurumOptions).GetProperty(setting.Section) is not { } section || section.GetValue(options) is not null;
}
