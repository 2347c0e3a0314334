namespace Aurum.App.Configuration;

/// <summary>A setting that there is.</summary>
/// <param name="Key">Its name, with colons; <c>NAME</c> and <c>0</c> stand for what one names and counts oneself:
/// <c>Sites:NAME:Burst</c>, <c>Feeds:0</c>.</param>
/// <param name="Type">What it holds.</param>
/// <param name="Owner">The record that has it as a property.</param>
/// <param name="Property">Name of the property.</param>
/// <param name="Default">What it is where nobody sets it; null: nothing.</param>
internal sealed record Setting(string Key, Type Type, Type Owner, string Property, object? Default)
{
    /// <summary>Section it is in; empty for those of none.</summary>
    public string Section => Key.Contains(':', StringComparison.Ordinal) ? Key[..Key.IndexOf(':', StringComparison.Ordinal)] : "";

    /// <summary>The variable that sets it.</summary>
    public string Variable => SettingLayers.Prefix + Key.Replace(":", "__", StringComparison.Ordinal);

    /// <summary>Variables that set it too, the weakest first.</summary>
    public IReadOnlyList<string> WellKnown => [.. WellKnownVariables.All.Where(v => v.Setting == Key).Select(static v => v.Name)];

    /// <summary>The default as it would be written.</summary>
    public string DefaultText => SettingCatalog.Text(Default);
}
