using System.Net.Security;
using System.Security.Cryptography.X509Certificates;

namespace Aurum.Cluster.ClickHouse;

/// <summary>Trust in a company's own certificate authority.</summary>
internal static class ClickHouseTls
{
    /// <summary>Takes certificates that an authority of the file has signed, for the host that was asked for, and no others.</summary>
    /// <param name="file">PEM.</param>
    public static SslClientAuthenticationOptions TrustOnly(string file)
    {
        var roots = new X509Certificate2Collection();
        roots.ImportFromPemFile(file);
        return new SslClientAuthenticationOptions
        {
            RemoteCertificateValidationCallback = (_, certificate, _, errors) =>
            {
                if (certificate is not X509Certificate2 found || (errors & ~SslPolicyErrors.RemoteCertificateChainErrors) != 0)
                {
                    return false;
                }

                using var chain = new X509Chain();
                chain.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
                chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
                chain.ChainPolicy.CustomTrustStore.AddRange(roots);
                return chain.Build(found);
            },
        };
    }
}
