namespace Aurum.App.Configuration;

/// <summary>What settings are read from beside <c>aurum.json</c>.</summary>
/// <param name="Variables">The environment.</param>
internal sealed record OptionsWorld(IReadOnlyDictionary<string, string?> Variables)
{
    /// <summary>The environment of this process.</summary>
    public static OptionsWorld OfProcess => new(EnvironmentVariables.All());
}
