namespace Aurum.App.Configuration;

/// <summary>What a setting was given.</summary>
/// <param name="Key">Name of the setting, with colons: <c>Vault:Address</c>, <c>Feeds:0</c>.</param>
/// <param name="Value">As it was written; null: expressly nothing.</param>
/// <param name="Origin">Who says so: <c>aurum.json</c>, or the name of a variable.</param>
internal sealed record SettingValue(string Key, string? Value, string Origin);
