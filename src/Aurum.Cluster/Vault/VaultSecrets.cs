using System.Collections.Frozen;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace Aurum.Cluster.Vault;

/// <summary>The variables that are kept in Vault: read once, then kept fresh in the background. Safe from several threads; a value is
/// given out from memory, so that nobody waits for Vault.</summary>
/// <remarks>A value is asked for again after <see cref="VaultOptions.CacheSeconds"/>. Where Vault is sealed, away or lets nobody in, the
/// known value goes on to be used for <see cref="VaultOptions.GraceSeconds"/> more. A token that will end and cannot be replaced is told,
/// and reads until it ends. A field that is deleted is gone at once.</remarks>
public sealed class VaultSecrets : IDisposable
{
    /// <summary>Time from one round that failed to the next, at most.</summary>
    private static readonly TimeSpan LongestRetry = TimeSpan.FromSeconds(30);

    /// <summary>Time between two looks at a path because of refusals, so that a wrong password is no storm of requests.</summary>
    private static readonly TimeSpan LeastRenewal = TimeSpan.FromSeconds(1);

    private readonly VaultClient _client;
    private readonly TimeProvider _time;
    private readonly IReadOnlyList<SecretMapping> _mappings;
    private readonly TimeSpan _fresh;
    private readonly TimeSpan _grace;
    private readonly Lock _taking = new();
    private readonly Lock _renewing = new();
    private readonly Dictionary<SecretPath, long> _renewed = [];
    private volatile FrozenDictionary<SecretPath, Held> _held = FrozenDictionary<SecretPath, Held>.Empty;
    private volatile string? _trouble;
    private volatile string? _ending;

    private VaultSecrets(VaultClient client, TimeProvider time)
    {
        _client = client;
        _time = time;
        _mappings = client.Options.Mappings;
        _fresh = TimeSpan.FromSeconds(client.Options.CacheSeconds);
        _grace = TimeSpan.FromSeconds(client.Options.GraceSeconds);
    }

    /// <summary>Something that a person may want to know: a new version, an outage, its end. Holds no secret.</summary>
    public event Action<string>? Told;

    /// <summary>A variable has another value than before.</summary>
    public event Action<string>? Changed;

    /// <summary>The variables and where they are.</summary>
    public IReadOnlyList<SecretMapping> Mappings => _mappings;

    /// <summary>What is wrong with the last round, or with the token that it was read with; null: nothing.</summary>
    public string? Trouble => (_trouble, _ending) switch
    {
        ({ } trouble, { } ending) => $"{trouble}; {ending}",
        var (trouble, ending) => trouble ?? ending,
    };

    public VaultClient Client => _client;

    /// <summary>Opens, and reads nothing yet.</summary>
    /// <param name="options">Address, way in, what is kept where.</param>
    /// <param name="time">The clock.</param>
    /// <param name="jitter">Spreads retries.</param>
    /// <param name="handler">The network; null: real sockets.</param>
    /// <exception cref="ArgumentException">A setting is wrong.</exception>
    public static VaultSecrets Open(VaultOptions options, TimeProvider time, Random jitter, HttpMessageHandler? handler = null) =>
        new(new VaultClient(options, time, jitter, handler), time);

    /// <summary>Reads all of them for the first time.</summary>
    /// <exception cref="VaultException">One can't be had; the message names its path and field.</exception>
    public void Load(CancellationToken cancel)
    {
        _held = Paths().ToDictionary(static p => p, p => Ask(p, cancel)).ToFrozenDictionary();
        foreach (var mapping in _mappings)
        {
            _ = Find(mapping) ?? throw Missing(mapping, _held[mapping.Path].Secret);
        }
    }

    /// <summary>A variable's value as it is known now.</summary>
    /// <returns>False where it is not kept here, was deleted, or is older than the grace allows.</returns>
    public bool TryGet(string variable, [MaybeNullWhen(false)] out string value)
    {
        value = _mappings.FirstOrDefault(m => m.Variable == variable) is { } mapping ? Find(mapping) : null;
        return value is not null;
    }

    /// <summary>A variable's value as it is known now.</summary>
    /// <exception cref="SecretGoneException">It was deleted, or is older than the grace allows.</exception>
    public string Get(string variable) => TryGet(variable, out var value) ? value : throw new SecretGoneException(WhyNot(variable));

    /// <summary>Asks anew for variables whose values somebody refused, unless that was done a moment ago. Waits for the answers; a failure
    /// is told, and leaves the values as they are.</summary>
    public void Renew(IReadOnlySet<string> variables, CancellationToken cancel)
    {
        var asked = _time.GetTimestamp();
        foreach (var path in _mappings.Where(m => variables.Contains(m.Variable)).Select(static m => m.Path).Distinct())
        {
            lock (_renewing)
            {
                if (_renewed.TryGetValue(path, out var at) && (at > asked || _time.GetElapsedTime(at) < LeastRenewal))
                {
                    continue;
                }

                _renewed[path] = _time.GetTimestamp();
                try
                {
                    Take(path, Ask(path, cancel));
                }
                catch (VaultException e)
                {
                    Failed(e.Message);
                }
            }
        }
    }

    /// <summary>Number of the version that a variable's value is of; null: not known.</summary>
    public int? VersionOf(SecretMapping mapping) => _held.GetValueOrDefault(mapping.Path)?.Secret?.Version;

    /// <summary>Asks for what is older than it may be, and keeps the token alive.</summary>
    /// <returns>When to do it again.</returns>
    public TimeSpan Refresh(CancellationToken cancel)
    {
        try
        {
            var renewal = StaySignedIn(cancel);
            if (Reread(cancel) is { } failure)
            {
                throw failure;
            }

            Well();
            return Next(renewal);
        }
        catch (VaultException e)
        {
            Failed(e.Message);
            return Soon();
        }
    }

    /// <summary>Refreshes until it is told to end. Does not throw.</summary>
    public async Task Run(CancellationToken cancel)
    {
        try
        {
            var wait = await Task.Run(() => Refresh(cancel), cancel);
            while (true)
            {
                await Task.Delay(wait, _time, cancel);
                wait = await Task.Run(() => Refresh(cancel), cancel);
            }
        }
        catch (OperationCanceledException)
        {
            // Ended as asked.
        }
    }

    public void Dispose() => _client.Dispose();

    /// <summary>Where they are; no value.</summary>
    public override string ToString() => $"{_client}: {string.Join(", ", _mappings)}";

    /// <summary>When to look again after something went wrong.</summary>
    private TimeSpan Soon() => TimeSpan.FromTicks(Math.Min(LongestRetry.Ticks, _fresh.Ticks));

    /// <summary>Keeps the token alive. That there is no other one is no reason not to read with the one at hand: values must not go while
    /// Vault still gives them.</summary>
    /// <returns>When to do it again; null: the token is good for ever.</returns>
    private TimeSpan? StaySignedIn(CancellationToken cancel)
    {
        try
        {
            var renewal = _client.KeepSignedIn(cancel);
            if (_ending is not null)
            {
                _ending = null;
                Told?.Invoke("Vault: its token lasts again");
            }

            return renewal;
        }
        catch (VaultException e) when (!e.IsOutage && _client.HasToken)
        {
            var isNew = _ending is null;
            _ending = $"{e.Message}; the token at hand is used as long as Vault takes it";
            if (isNew)
            {
                Told?.Invoke(_ending);
            }

            return Soon();
        }
        catch (VaultException e) when (!e.IsOutage)
        {
            // Nothing is left to read with: the failure says it all.
            _ending = null;
            throw;
        }
    }

    private IEnumerable<SecretPath> Paths() => _mappings.Select(static m => m.Path).Distinct();

    /// <summary>Reads what is old. A path that is refused does not keep the others from being read; a server that is away does.</summary>
    /// <returns>The last failure; null: none.</returns>
    private VaultException? Reread(CancellationToken cancel)
    {
        VaultException? failure = null;
        foreach (var path in Paths())
        {
            if (_held.TryGetValue(path, out var held) && _time.GetElapsedTime(held.At) < _fresh)
            {
                continue;
            }

            try
            {
                Take(path, Ask(path, cancel));
            }
            catch (VaultException e) when (!e.IsOutage)
            {
                failure = e;
            }
        }

        return failure;
    }

    private Held Ask(SecretPath path, CancellationToken cancel)
    {
        var at = _time.GetTimestamp();
        return new Held(_client.Read(path, null, cancel), at);
    }

    private string? Find(SecretMapping mapping) =>
        _held.GetValueOrDefault(mapping.Path) is { Secret: { } secret } held && _time.GetElapsedTime(held.At) <= _fresh + _grace
            ? secret.Fields.GetValueOrDefault(mapping.Field)
            : null;

    /// <summary>Takes over what was read, and tells what is new about it.</summary>
    private void Take(SecretPath path, Held now)
    {
        Held? before;
        lock (_taking)
        {
            before = _held.GetValueOrDefault(path);
            if (before is not null && before.At > now.At)
            {
                return;
            }

            _held = _held.Where(h => h.Key != path).Append(KeyValuePair.Create(path, now)).ToFrozenDictionary();
        }

        foreach (var mapping in _mappings.Where(m => m.Path == path))
        {
            var old = before?.Secret?.Fields.GetValueOrDefault(mapping.Field);
            var value = now.Secret?.Fields.GetValueOrDefault(mapping.Field);
            if (before is not null && old != value)
            {
                Told?.Invoke(value is null
                    ? Missing(mapping, now.Secret).Message
                    : string.Create(
                        CultureInfo.InvariantCulture,
                        $"Vault: {mapping.Variable} is now version {now.Secret!.Version} of {path}:{mapping.Field}"));
                Changed?.Invoke(mapping.Variable);
            }
        }
    }

    private string WhyNot(string variable) =>
        _mappings.FirstOrDefault(m => m.Variable == variable) is not { } mapping
            ? $"Vault: nothing says where {variable} is kept (Vault:Map)"
        : _held.GetValueOrDefault(mapping.Path) is { } held && _time.GetElapsedTime(held.At) <= _fresh + _grace
            ? Missing(mapping, held.Secret).Message
            : string.Create(
                CultureInfo.InvariantCulture,
                $"Vault has not given {mapping.Path}:{mapping.Field} (for {variable}) for more than {(_fresh + _grace).TotalSeconds:N0} s, "
                + $"and the old value is no longer used (Vault:GraceSeconds); {Trouble ?? "see 'aurum doctor'"}");

    private void Well()
    {
        if (_trouble is not null)
        {
            _trouble = null;
            Told?.Invoke("Vault: it answers again");
        }
    }

    private void Failed(string message)
    {
        var isNew = _trouble is null;
        _trouble = message;
        if (isNew)
        {
            var left = _held.Count == 0 ? TimeSpan.Zero : _held.Values.Min(h => _fresh + _grace - _time.GetElapsedTime(h.At));
            Told?.Invoke(string.Create(
                CultureInfo.InvariantCulture, $"{message}; known values are used for {Math.Max(0, left.TotalSeconds):0} s more"));
        }
    }

    /// <summary>The first of: a value grows old, a token wants to be renewed.</summary>
    private TimeSpan Next(TimeSpan? renewal)
    {
        var next = _held.Count == 0 ? _fresh : _held.Values.Min(h => _fresh - _time.GetElapsedTime(h.At));
        next = renewal is { } due && due < next ? due : next;
        return next < TimeSpan.FromMilliseconds(100) ? TimeSpan.FromMilliseconds(100) : next;
    }

    private static VaultException Missing(SecretMapping mapping, SecretVersion? secret) => new(
        VaultFailure.NotFound,
        secret is null
            ? $"Vault has no secret {mapping.Path} (for {mapping.Variable}): write it with 'aurum secrets push', or mend Vault:Map"
            : $"Vault's secret {mapping.Path} has no field '{mapping.Field}' (for {mapping.Variable}); it has {Names(secret)}");

    private static string Names(SecretVersion secret) => secret.Fields.Count == 0 ? "none" : string.Join(", ", secret.Fields.Keys);

    /// <summary>What a path held when it was read.</summary>
    private sealed record Held(SecretVersion? Secret, long At);
}
