namespace Aurum.App.Configuration;

/// <summary>An environment variable that other programs know too, and the setting that it is.</summary>
/// <param name="Name">Name of the variable.</param>
/// <param name="Setting">Name of the setting, with colons: <c>Vault:Address</c>.</param>
internal sealed record WellKnownVariable(string Name, string Setting)
{
    /// <summary>Makes the setting's text of the variable's; null where it says nothing about the setting.</summary>
    public Func<string, string?> Read { get; init; } = static text => text;

    /// <summary>Whether the variable alone makes no use of an engine: it changes what another one has begun.</summary>
    public bool NeedsCompany { get; init; }
}
