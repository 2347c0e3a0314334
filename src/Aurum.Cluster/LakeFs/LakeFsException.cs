namespace Aurum.Cluster.LakeFs;

/// <summary>lakeFS did not do what it was asked. The message names the request and what came back; never a key.</summary>
/// <param name="message">What happened.</param>
/// <param name="status">HTTP status; 0: there was no answer.</param>
/// <param name="inner">Cause.</param>
public sealed class LakeFsException(string message, int status, Exception? inner = null) : IOException(message, inner)
{
    public int Status { get; } = status;
}
