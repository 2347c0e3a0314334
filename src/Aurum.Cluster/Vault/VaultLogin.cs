namespace Aurum.Cluster.Vault;

/// <summary>A token that lets in, and for how long.</summary>
/// <param name="Token">The token, a secret.</param>
/// <param name="Lease">How long it is good from <paramref name="At"/> on; zero: for good.</param>
/// <param name="IsRenewable">Whether it may be made to last longer.</param>
/// <param name="At">Stamp of the clock when it was given.</param>
internal sealed record VaultLogin(string Token, TimeSpan Lease, bool IsRenewable, long At)
{
    public override string ToString() => $"a token for {(Lease == TimeSpan.Zero ? "good" : Lease.ToString("c"))}";
}
