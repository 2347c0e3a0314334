using System.Diagnostics.CodeAnalysis;
using Aurum.App.Configuration;
using Aurum.App.Ingest;

namespace Aurum.App.Commands;

/// <summary>What this machine holds under the names of variables: its environment, else its file of secrets.</summary>
internal sealed class SecretValues
{
    private readonly IReadOnlyDictionary<string, string?> _environment;
    private readonly Dictionary<string, string> _file;

    public SecretValues(AurumOptions options, OptionsWorld world)
    {
        _environment = world.Variables;
        _file = SecretsFile.Read(options.SecretsFile).GroupBy(static v => v.Key)
            .ToDictionary(static g => g.Key, static g => g.Last().Value);
    }

    /// <summary>A variable's value here; in the file it may be under the name of its secret too.</summary>
    public bool TryGet(string variable, [MaybeNullWhen(false)] out string value)
    {
        value = _environment.GetValueOrDefault(variable) is { Length: > 0 } set ? set
            : _file.GetValueOrDefault(variable) ?? _file.GetValueOrDefault(Secrets.NameOf(variable));
        return value is not null;
    }
}
