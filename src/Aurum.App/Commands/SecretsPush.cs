using Aurum.App.Configuration;
using Aurum.Cluster.Vault;

namespace Aurum.App.Commands;

/// <summary>Writes variables to Vault. Other fields of a secret stay as they are; a secret whose fields are as they should be gets no new
/// version; somebody who writes at the same time loses nothing.</summary>
internal sealed class SecretsPush(VaultClient client, AurumOptions options, OptionsWorld world)
{
    /// <summary>Times that a secret is read and written again because somebody wrote in between.</summary>
    private const int MaxConflicts = 5;

    private readonly SecretValues _values = new(options, world);

    /// <exception cref="CommandException">A variable has no value here; nothing was written then.</exception>
    /// <exception cref="VaultException">Vault says no. Secrets before it in the list are written.</exception>
    public IReadOnlyList<SecretRow> Run(IReadOnlyList<SecretMapping> mappings, bool isDryRun, CancellationToken cancel)
    {
        var missing = mappings.Where(m => !_values.TryGet(m.Variable, out _)).Select(static m => m.Variable).ToList();
        if (missing.Count > 0)
        {
            throw new CommandException(
                ExitCodes.BadInput,
                "expected values in the environment or in the file of secrets, found none of "
                + $"{string.Join(", ", missing)}; nothing is written");
        }

        return [.. mappings.GroupBy(static m => m.Path).SelectMany(group => Write(group.Key, [.. group], isDryRun, cancel))];
    }

    private IEnumerable<SecretRow> Write(SecretPath path, List<SecretMapping> mappings, bool isDryRun, CancellationToken cancel)
    {
        for (var attempt = 1; ; attempt++)
        {
            var present = client.Read(path, null, cancel);
            var changed = mappings.Where(m => !Same(m, present)).ToHashSet();
            var fields = new Dictionary<string, string>(StringComparer.Ordinal);
            foreach (var mapping in changed)
            {
                _ = _values.TryGet(mapping.Variable, out var value);
                fields[mapping.Field] = value!;
            }

            if (changed.Count == 0 || isDryRun)
            {
                return mappings.Select(m => new SecretRow(
                    m, present?.Version, present?.CreatedAt, changed.Contains(m) ? "would be written" : "unchanged"));
            }

            try
            {
                var expected = present?.Version ?? client.Metadata(path, cancel)?.Current ?? 0;
                var version = client.Write(path, fields, present, expected, cancel);
                return mappings.Select(m => new SecretRow(m, version, null, changed.Contains(m) ? "written" : "unchanged"));
            }
            catch (VaultException e) when (e.Failure == VaultFailure.Conflict && attempt < MaxConflicts)
            {
                // Somebody else wrote: what they wrote stays, with our fields over it.
            }
        }
    }

    private bool Same(SecretMapping mapping, SecretVersion? present) =>
        _values.TryGet(mapping.Variable, out var value) && present?.Fields.GetValueOrDefault(mapping.Field) == value;
}
