using System.Text.Json;
using System.Text.RegularExpressions;

namespace Aurum.App.Configuration;

/// <summary>Reads the options: defaults, then <c>aurum.json</c> of the data directory, then AURUM__ variables, then the command
/// line.</summary>
internal static partial class OptionsReader
{
    public const string FileName = "aurum.json";

    /// <exception cref="OptionsException">The file or a value can't be read, or no setting has that name; the message says
    /// which.</exception>
    public static AurumOptions Read(string dataDirectory, Func<AurumOptions, AurumOptions>? commandLine = null)
    {
        var builder = new ConfigurationBuilder();
        var file = Path.GetFullPath(Path.Combine(dataDirectory, FileName));
        if (File.Exists(file))
        {
            builder.AddJsonFile(file, optional: false);
        }

        builder.AddEnvironmentVariables("AURUM__");
        try
        {
            var options = builder.Build().Get<AurumOptions>(static binder => binder.ErrorOnUnknownConfiguration = true)
                ?? new AurumOptions();
            options = options with { DataDirectory = dataDirectory };
            return (commandLine is null ? options : commandLine(options)).Checked();
        }
        catch (Exception e) when (e is InvalidDataException or FormatException or JsonException)
        {
            throw new OptionsException($"{file}: {e.GetBaseException().Message}");
        }
        catch (InvalidOperationException e)
        {
            throw new OptionsException($"a setting of {file} or of AURUM__ variables is wrong: {WithoutTypes(e.Message)}");
        }
    }

    /// <summary>What the binder says, in terms of settings.</summary>
    private static string WithoutTypes(string message) =>
        UnknownSetting().Match(message) is { Success: true } unknown
            ? $"there is no setting {unknown.Groups[1].Value}"
            : message.Replace("System.", "", StringComparison.Ordinal);

    [GeneratedRegex("were not found on the instance of [^:]*: (.*)$")]
    private static partial Regex UnknownSetting();
}
