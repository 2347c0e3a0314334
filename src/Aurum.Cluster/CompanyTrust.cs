using System.Security.Cryptography.X509Certificates;

namespace Aurum.Cluster;

/// <summary>Trust in a company's own certificate authorities.</summary>
internal static class CompanyTrust
{
    /// <summary>Takes certificates that an authority of the file has signed, and no others; the server's name is checked as ever.</summary>
    /// <param name="file">PEM.</param>
    public static X509ChainPolicy In(string file)
    {
        var roots = new X509Certificate2Collection();
        roots.ImportFromPemFile(file);
        var policy = new X509ChainPolicy
        {
            TrustMode = X509ChainTrustMode.CustomRootTrust,
            RevocationMode = X509RevocationMode.NoCheck,
        };
        policy.CustomTrustStore.AddRange(roots);
        return policy;
    }
}
