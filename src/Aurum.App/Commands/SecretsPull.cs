using System.Text;
using Aurum.App.Ingest;
using Aurum.Cluster.Vault;

namespace Aurum.App.Commands;

/// <summary>Variables read from Vault, to be written to a file or to be compared.</summary>
internal sealed class SecretsPull
{
    private readonly List<(SecretMapping Mapping, SecretVersion? Secret)> _read;

    /// <exception cref="VaultException">Vault can't be asked, or says no.</exception>
    public SecretsPull(VaultClient client, IReadOnlyList<SecretMapping> mappings, CancellationToken cancel)
    {
        var secrets = mappings.Select(static m => m.Path).Distinct().ToDictionary(static p => p, p => client.Read(p, null, cancel));
        _read = [.. mappings.Select(m => (m, secrets[m.Path]))];
    }

    /// <summary>Whether all of them are there.</summary>
    public bool IsWhole => _read.All(static r => Value(r) is not null);

    /// <summary>How each stands in Vault.</summary>
    public IReadOnlyList<SecretRow> Rows => [.. _read.Select(static r => Row(r, "read"))];

    /// <summary>How each stands beside what this machine holds.</summary>
    public IReadOnlyList<SecretRow> Compared(SecretValues here) =>
        [.. _read.Select(r => Row(
            r,
            !here.TryGet(r.Mapping.Variable, out var value) ? "only in Vault"
            : value == Value(r) ? "the same here"
            : "another value here"))];

    /// <summary>Writes them to a file that only its owner may read.</summary>
    public void WriteTo(string file) =>
        SecretsFile.Write(file, [.. _read.Select(static r => KeyValuePair.Create(r.Mapping.Variable, Value(r)!))]);

    /// <summary>Lines that a POSIX shell evaluates. They hold the values.</summary>
    public string Exports()
    {
        var text = new StringBuilder();
        foreach (var read in _read)
        {
            text.Append($"export {read.Mapping.Variable}='{Value(read)!.Replace("'", "'\\''", StringComparison.Ordinal)}'\n");
        }

        return text.ToString();
    }

    private static string? Value((SecretMapping Mapping, SecretVersion? Secret) read) =>
        read.Secret?.Fields.GetValueOrDefault(read.Mapping.Field);

    private static SecretRow Row((SecretMapping Mapping, SecretVersion? Secret) read, string standing) =>
        read.Secret is null ? new SecretRow(read.Mapping, null, null, "not in Vault", IsWrong: true)
        : Value(read) is null ? new SecretRow(read.Mapping, read.Secret.Version, read.Secret.CreatedAt, "no such field", IsWrong: true)
        : new SecretRow(read.Mapping, read.Secret.Version, read.Secret.CreatedAt, standing);
}
