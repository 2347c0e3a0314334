using System.Security.Cryptography;

namespace Aurum.Cluster;

/// <summary>Chance of the system: for ids that nobody else has, and for waits that are others in each process.</summary>
/// <remarks>The number of a process is no seed: in containers it is 1, and all of them would give the same ids and wait equally
/// long.</remarks>
public static class Chance
{
    /// <summary>For a name that nobody else may have.</summary>
    public static ulong Token() => BitConverter.ToUInt64(RandomNumberGenerator.GetBytes(sizeof(ulong)));

    public static int Seed() => RandomNumberGenerator.GetInt32(int.MaxValue);

    /// <summary>A source of its own, as sources are not shared by threads.</summary>
    public static Random New() => new(Seed());
}
