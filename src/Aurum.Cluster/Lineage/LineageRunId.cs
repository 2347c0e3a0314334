using System.Security.Cryptography;
using System.Text;

namespace Aurum.Cluster.Lineage;

/// <summary>Ids of runs: the same run has the same id whenever it is told of, so that what is told twice is one run.</summary>
public static class LineageRunId
{
    private const int IdBytes = 16;

    /// <param name="space">Namespace of the jobs.</param>
    /// <param name="job">Name of the job.</param>
    /// <param name="run">What tells the run from others of the job: the number of a delivery.</param>
    /// <returns>A UUID of version 8 (RFC 9562): the first bits of a SHA-256.</returns>
    public static Guid Of(string space, string job, string run)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(Encoding.UTF8.GetBytes($"{space}\n{job}\n{run}"), hash);
        var id = hash[..IdBytes];
        id[6] = (byte)((id[6] & 0x0F) | 0x80);
        id[8] = (byte)((id[8] & 0x3F) | 0x80);
        return new Guid(id, bigEndian: true);
    }
}
