using Amazon.Runtime;

namespace Aurum.Cluster.S3;

/// <summary>The keys that requests are signed with, as they are when one is signed.</summary>
internal sealed class S3Keys(EngineLogin login) : AWSCredentials
{
    /// <exception cref="SecretGoneException">One may no longer be used.</exception>
    public override ImmutableCredentials GetCredentials()
    {
        var keys = login.Present();
        return new ImmutableCredentials(keys[0], keys[1], string.IsNullOrEmpty(keys[2]) ? null : keys[2]);
    }
}
