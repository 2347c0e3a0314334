namespace Aurum.Cluster;

/// <summary>Passwords and tokens of engines as they are now. Engines ask whenever they open a connection or sign a request, so that a new
/// one needs no restart.</summary>
public interface ILiveSecrets
{
    /// <summary>One of them may be another one than before.</summary>
    event Action? Changed;

    /// <summary>What a setting is now, from memory.</summary>
    /// <param name="setting">Name of the setting: <c>Redis:Password</c>.</param>
    /// <param name="read">What was read at the start.</param>
    /// <exception cref="SecretGoneException">Where it is kept it was deleted, or could not be asked for longer than the value may be
    /// used.</exception>
    string? Present(string setting, string? read);

    /// <summary>Has what an engine refused asked for anew where it is kept, and waits for that. Throws nothing: where there is no answer,
    /// the values stay as they are.</summary>
    /// <param name="settings">Names of the settings.</param>
    /// <param name="cancel">Ends it.</param>
    void Renew(IReadOnlyList<string> settings, CancellationToken cancel);
}

/// <summary>Settings as they were read at the start, for good.</summary>
public sealed class SecretsAsRead : ILiveSecrets
{
    private SecretsAsRead()
    {
    }

    public static SecretsAsRead Instance { get; } = new();

    public event Action? Changed
    {
        add { }
        remove { }
    }

    public string? Present(string setting, string? read) => read;

    public void Renew(IReadOnlyList<string> settings, CancellationToken cancel)
    {
        // There is no other place to ask.
    }
}

/// <summary>A password or token may no longer be used, and there is no newer one. The message says where it is kept and what to do, and
/// holds no secret.</summary>
public sealed class SecretGoneException(string message) : Exception(message);
