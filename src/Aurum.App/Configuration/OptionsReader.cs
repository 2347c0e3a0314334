using System.Text.Json;

namespace Aurum.App.Configuration;

/// <summary>Reads the options: defaults, then <c>aurum.json</c> of the data directory, then AURUM__ variables, then the command line.</summary>
internal static class OptionsReader
{
    public const string FileName = "aurum.json";

    /// <exception cref="OptionsException">The file or a value can't be read; the message says which.</exception>
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
            var options = builder.Build().Get<AurumOptions>() ?? new AurumOptions();
            options = options with { DataDirectory = dataDirectory };
            return (commandLine is null ? options : commandLine(options)).Checked();
        }
        catch (Exception e) when (e is InvalidDataException or InvalidOperationException or FormatException or JsonException)
        {
            throw new OptionsException($"{file}: {e.InnerException?.Message ?? e.Message}");
        }
    }
}
