using System.Text.RegularExpressions;

namespace Aurum.App.Configuration;

/// <summary>Reads the options: defaults, then <c>aurum.json</c> of the data directory, then what the file of secrets and Vault hold of
/// well-known variables, then the environment's well-known variables, then AURUM__ variables, then the command line.</summary>
internal static partial class OptionsReader
{
    public const string FileName = SettingLayers.FileName;

    /// <exception cref="OptionsException">The file or a value can't be read, no setting has that name, or Vault does not give what is kept
    /// there; the message says which.</exception>
    public static AurumOptions Read(
        string dataDirectory, Func<AurumOptions, AurumOptions>? commandLine = null, OptionsWorld? world = null)
    {
        var options = Bind(dataDirectory, Layers(dataDirectory, world));
        return (commandLine is null ? options : commandLine(options)).Checked();
    }

    /// <summary>Everything that is set, and by whom.</summary>
    /// <param name="dataDirectory">Where <c>aurum.json</c> is.</param>
    /// <param name="world">Environment and Vault; null: this process's.</param>
    public static SettingLayers Layers(string dataDirectory, OptionsWorld? world = null)
    {
        world ??= OptionsWorld.OfProcess;
        var catalog = SettingCatalog.Instance;
        try
        {
            var plain = SettingLayers.Read(dataDirectory, world.Variables, catalog);
            var kept = world.Kept(Bind(dataDirectory, plain));
            return kept.Count == 0 ? plain : SettingLayers.Read(dataDirectory, world.Variables, kept, catalog);
        }
        catch (ArgumentException e)
        {
            throw new OptionsException(e.Message);
        }
    }

    private static AurumOptions Bind(string dataDirectory, SettingLayers layers)
    {
        try
        {
            var options = layers.ToConfiguration().Get<AurumOptions>(static binder => binder.ErrorOnUnknownConfiguration = true)
                ?? new AurumOptions();
            return options with { DataDirectory = dataDirectory };
        }
        catch (InvalidOperationException e)
        {
            var file = Path.GetFullPath(Path.Combine(dataDirectory, FileName));
            throw new OptionsException($"a setting of {file} or of {SettingLayers.Prefix} variables is wrong: {WithoutTypes(e, layers)}");
        }
    }

    /// <summary>What the binder says, in terms of settings. It shows the value it could not read, which may be a secret.</summary>
    private static string WithoutTypes(InvalidOperationException error, SettingLayers layers)
    {
        var message = error.Message;
        if (UnknownSetting().Match(message) is { Success: true } unknown)
        {
            return $"there is no setting {unknown.Groups[1].Value}";
        }

        if (FailedSetting().Match(message) is { Success: true } failed
            && layers.Values.GetValueOrDefault(failed.Groups[1].Value) is { Value.Length: > 0 } value
            && SettingCatalog.IsSecret(value.Key))
        {
            message = message.Replace(value.Value, "***", StringComparison.Ordinal);
        }

        return message.Replace("System.", "", StringComparison.Ordinal);
    }

    [GeneratedRegex("were not found on the instance of [^:]*: (.*)$")]
    private static partial Regex UnknownSetting();

    [GeneratedRegex(" at '([^']*)'")]
    private static partial Regex FailedSetting();
}
