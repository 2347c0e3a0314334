using System.Collections;

namespace Aurum.App.Configuration;

/// <summary>The process's environment as a dictionary.</summary>
internal static class EnvironmentVariables
{
    public static IReadOnlyDictionary<string, string?> All() =>
        Environment.GetEnvironmentVariables().Cast<DictionaryEntry>()
            .ToDictionary(e => (string)e.Key, e => (string?)e.Value, StringComparer.Ordinal);
}
