using System.Reflection;

namespace Aurum.App.Configuration;

/// <summary>What is written of each setting in <c>docs/configuration.md</c>, which a test holds against the records of options.</summary>
internal static class SettingNotes
{
    private const string Page = "Aurum.App.Configuration.configuration.md";
    private const int Cells = 6;

    private static readonly Lazy<IReadOnlyDictionary<string, SettingNote>> Read = new(ReadPage);

    /// <summary>Note of a setting; empty where the page has none.</summary>
    public static SettingNote Of(Setting setting) => Read.Value.GetValueOrDefault(setting.Key) ?? new SettingNote("", "", "");

    /// <summary>All notes by the name of the setting.</summary>
    public static IReadOnlyDictionary<string, SettingNote> All => Read.Value;

    private static Dictionary<string, SettingNote> ReadPage()
    {
        using var stream = Assembly.GetExecutingAssembly().GetManifestResourceStream(Page)
            ?? throw new InvalidOperationException($"the resource {Page} is missing");
        using var reader = new StreamReader(stream);
        var notes = new Dictionary<string, SettingNote>(StringComparer.OrdinalIgnoreCase);
        while (reader.ReadLine() is { } line)
        {
            var cells = line.Split(" | ");
            if (cells.Length == Cells && cells[0].StartsWith("| `", StringComparison.Ordinal))
            {
                notes[cells[0][3..^1]] = new SettingNote(cells[2].Trim(), cells[3].Trim(), cells[5].TrimEnd('|', ' '));
            }
        }

        return notes;
    }
}

/// <summary>What is written of a setting.</summary>
/// <param name="Range">Least and most; empty: none is written.</param>
/// <param name="Unit">Unit; empty: none.</param>
/// <param name="What">What it is.</param>
internal sealed record SettingNote(string Range, string Unit, string What);
