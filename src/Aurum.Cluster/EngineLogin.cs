namespace Aurum.Cluster;

/// <summary>What an engine signs in with: a user and a password, two keys, a token. Safe from several threads.</summary>
/// <param name="secrets">Where the values are asked for.</param>
/// <param name="parts">Names of the settings, with what was read of them at the start.</param>
internal sealed class EngineLogin(ILiveSecrets secrets, params (string Setting, string? Read)[] parts)
{
    /// <summary>The values now, in the order of the settings.</summary>
    /// <exception cref="SecretGoneException">One may no longer be used.</exception>
    public IReadOnlyList<string?> Present() => Array.ConvertAll(parts, p => secrets.Present(p.Setting, p.Read));

    /// <summary>Has values that were refused asked for anew, unless there are others already.</summary>
    /// <returns>Whether there are others now, with which to try once more.</returns>
    /// <exception cref="SecretGoneException">One may no longer be used.</exception>
    public bool Renew(IReadOnlyList<string?> refused, CancellationToken cancel)
    {
        if (!Present().SequenceEqual(refused))
        {
            return true;
        }

        secrets.Renew(Array.ConvertAll(parts, static p => p.Setting), cancel);
        return !Present().SequenceEqual(refused);
    }

    /// <summary>The same, without holding up a thread of the caller's.</summary>
    public Task<bool> RenewLater(IReadOnlyList<string?> refused, CancellationToken cancel) =>
        Task.Run(() => Renew(refused, cancel), cancel);
}
