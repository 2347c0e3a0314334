using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Aurum.Cluster;
using Aurum.Cluster.LakeFs;
using Aurum.Store.Curves;

namespace Aurum.App.LakeFs;

/// <summary>What answers lakeFS when it asks whether a branch may be merged.</summary>
/// <param name="options">Server, and the token that its webhook brings.</param>
/// <param name="branches">The store's branches.</param>
/// <param name="time">Clock of limits.</param>
internal sealed class LakeFsHook(LakeFsOptions options, BranchBook branches, TimeProvider time)
{
    /// <summary>Whether a token is the one of the settings. It takes as long whatever is wrong with it, and never is where none is
    /// set.</summary>
    public bool Knows(string token) =>
        options.PresentHookToken() is { } known && CryptographicOperations.FixedTimeEquals(HashOf(token), HashOf(known));

    /// <summary>Judges an event.</summary>
    /// <exception cref="LakeFsException">lakeFS does not say what is to be merged.</exception>
    public async Task<LakeFsVerdict> Judge(JsonElement hook, CancellationToken cancel)
    {
        using var client = new LakeFsClient(options, time, Chance.Token);
        return await LakeFsGate.Judge(hook, client, branches, cancel);
    }

    private static byte[] HashOf(string token) => SHA256.HashData(Encoding.UTF8.GetBytes(token));
}
