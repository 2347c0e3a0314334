using System.Security.Cryptography;

namespace Aurum.Cluster.S3;

/// <summary>Chance of the system, for names that nobody else may have.</summary>
internal static class S3Tokens
{
    public static ulong Next() => BitConverter.ToUInt64(RandomNumberGenerator.GetBytes(sizeof(ulong)));
}
