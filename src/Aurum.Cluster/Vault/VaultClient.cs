using System.Globalization;
using System.Net;
using System.Text.Json;

namespace Aurum.Cluster.Vault;

/// <summary>Reads and writes secrets of KV engines, version 2, and stays signed in: a token is made to last longer once two thirds of
/// its time are over, and had anew where that is refused. Safe from several threads. Blocks its thread.</summary>
public sealed class VaultClient : IDisposable
{
    private const double RenewedAfter = 2.0 / 3;

    /// <summary>Time before the end of a token at which it is no longer used for a request.</summary>
    private static readonly TimeSpan Margin = TimeSpan.FromSeconds(2);

    private static readonly HttpMethod ListMethod = new("LIST");

    private readonly Lock _gate = new();
    private readonly VaultHttp _http;
    private readonly VaultWayIn _wayIn;
    private readonly TimeProvider _time;
    private VaultLogin? _login;
    private long _signIns;
    private long _renewals;

    /// <param name="options">Address, way in, limits.</param>
    /// <param name="time">The clock of tokens and waits.</param>
    /// <param name="jitter">Spreads the waits between tries.</param>
    /// <param name="handler">The network; null: real sockets.</param>
    /// <exception cref="ArgumentException">A setting is wrong.</exception>
    public VaultClient(VaultOptions options, TimeProvider time, Random jitter, HttpMessageHandler? handler = null)
    {
        options.Check();
        Options = options;
        _time = time;
        _http = new VaultHttp(options, time, jitter, handler);
        _wayIn = new VaultWayIn(options, _http, time);
    }

    public VaultOptions Options { get; }

    /// <summary>Times that a token was asked for.</summary>
    public long SignIns => Interlocked.Read(ref _signIns);

    /// <summary>Times that a token was made to last longer.</summary>
    public long Renewals => Interlocked.Read(ref _renewals);

    /// <summary>Tries that followed a first one.</summary>
    public long Retries => _http.Retries;

    /// <summary>Whether a token is at hand that may still let in, though another one could not be had. A fixed one may have been made to
    /// last longer by somebody else: Vault alone knows.</summary>
    public bool HasToken
    {
        get
        {
            lock (_gate)
            {
                return _login is { } login && !(_wayIn.CanRepeat && HasEnded(login));
            }
        }
    }

    /// <summary>Reads a secret.</summary>
    /// <param name="path">Where it is.</param>
    /// <param name="version">Which version; null: the newest.</param>
    /// <param name="cancel">Ends it.</param>
    /// <returns>Null where there is none, or where the version is deleted or destroyed.</returns>
    /// <exception cref="VaultException">Vault can't be asked, or says no.</exception>
    public SecretVersion? Read(SecretPath path, int? version, CancellationToken cancel)
    {
        var query = version is { } number ? string.Create(CultureInfo.InvariantCulture, $"?version={number}") : "";
        var answer = Send(HttpMethod.Get, path.Of("data") + query, path.ToString(), null, cancel);
        if (answer.Status == HttpStatusCode.NotFound)
        {
            return null;
        }

        var outer = Accepted(answer, path.ToString()).Object("data", path.ToString());
        if (!outer.TryGetProperty("metadata", out var metadata) || !outer.TryGetProperty("data", out var data))
        {
            throw new VaultException(
                VaultFailure.Refused,
                $"{path}: expected a secret of a KV engine of version 2, found another form; "
                + $"see that '{path.Mount}' is one ('vault secrets list -detailed')");
        }

        return data.ValueKind == JsonValueKind.Object
            ? new SecretVersion(Whole(metadata, "version"), TextOf(metadata, "created_time"), Fields(data)) { Data = data }
            : null;
    }

    /// <summary>Writes a new version of a secret.</summary>
    /// <param name="path">Where it is.</param>
    /// <param name="fields">Names and values.</param>
    /// <param name="over">Version whose other fields stay, each as it is, a number as a number; null: there are no others.</param>
    /// <param name="expected">Version that must be the newest; 0: there must be none; null: whatever there is.</param>
    /// <param name="cancel">Ends it.</param>
    /// <returns>The new version's number.</returns>
    /// <exception cref="VaultException">Somebody else wrote in between (<see cref="VaultFailure.Conflict"/>), or Vault says no.</exception>
    public int Write(
        SecretPath path, IReadOnlyDictionary<string, string> fields, SecretVersion? over, int? expected, CancellationToken cancel)
    {
        var answer = Send(HttpMethod.Post, path.Of("data"), path.ToString(), BodyOf(fields, over, expected), cancel);
        if (answer.Status == HttpStatusCode.BadRequest && answer.Errors.Contains("check-and-set", StringComparison.OrdinalIgnoreCase))
        {
            throw new VaultException(
                VaultFailure.Conflict, $"{path}: somebody else wrote a version in between ({answer.Errors}); read it and try again");
        }

        return Whole(Accepted(answer, path.ToString()).Object("data", path.ToString()), "version");
    }

    /// <summary>Names below a path; those of folders end in a slash. Empty where there is nothing.</summary>
    /// <exception cref="VaultException">Vault can't be asked, or says no.</exception>
    public IReadOnlyList<string> List(SecretPath path, CancellationToken cancel)
    {
        var about = $"the list of {path}";
        var answer = Send(ListMethod, path.Of("metadata"), about, null, cancel);
        return answer.Status == HttpStatusCode.NotFound ? []
            : Accepted(answer, about).Object("data", about).TryGetProperty("keys", out var keys) && keys.ValueKind == JsonValueKind.Array
                ? [.. keys.EnumerateArray().Select(static k => k.GetString() ?? "")]
                : [];
    }

    /// <summary>What is known of a secret and its versions, without their values; null where there is none.</summary>
    /// <exception cref="VaultException">Vault can't be asked, or says no.</exception>
    public SecretMetadata? Metadata(SecretPath path, CancellationToken cancel)
    {
        var about = $"the versions of {path}";
        var answer = Send(HttpMethod.Get, path.Of("metadata"), about, null, cancel);
        if (answer.Status == HttpStatusCode.NotFound)
        {
            return null;
        }

        var data = Accepted(answer, about).Object("data", about);
        var versions = data.TryGetProperty("versions", out var all) && all.ValueKind == JsonValueKind.Object
            ? all.EnumerateObject().Select(static v => new SecretStanding(
                int.Parse(v.Name, CultureInfo.InvariantCulture),
                TextOf(v.Value, "created_time"),
                TextOf(v.Value, "deletion_time"),
                v.Value.TryGetProperty("destroyed", out var destroyed) && destroyed.ValueKind == JsonValueKind.True))
            : [];
        return new SecretMetadata(
            Whole(data, "current_version"), Whole(data, "oldest_version"), Whole(data, "max_versions"),
            [.. versions.OrderBy(static v => v.Version)]);
    }

    /// <summary>Makes the token last longer, or has a new one, where its time is nearly over; signs in where nobody has.</summary>
    /// <returns>When to look again; null: the token is good for ever.</returns>
    /// <exception cref="VaultException">Vault lets nobody in, or the token at hand will end and there is no other
    /// (<see cref="HasToken"/>).</exception>
    public TimeSpan? KeepSignedIn(CancellationToken cancel)
    {
        lock (_gate)
        {
            var login = SignedIn(cancel);
            if (login.Lease == TimeSpan.Zero)
            {
                return null;
            }

            var due = (login.Lease * RenewedAfter) - _time.GetElapsedTime(login.At);
            if (due > TimeSpan.Zero)
            {
                return due;
            }

            _login = Renewed(login, cancel);
            return _login.Lease == TimeSpan.Zero ? null : _login.Lease * RenewedAfter;
        }
    }

    /// <summary>How the server stands: asks without a token.</summary>
    /// <exception cref="VaultException">It gives no answer.</exception>
    public VaultHealth Health(CancellationToken cancel)
    {
        const string About = "sys/health";
        var answer = _http.Send(
            HttpMethod.Get, "sys/health?standbyok=true&perfstandbyok=true&sealedcode=200&uninitcode=200", About, null, null, cancel);
        var root = answer.Root;
        if (root.ValueKind != JsonValueKind.Object || !root.TryGetProperty("sealed", out _))
        {
            throw new VaultException(
                VaultFailure.Refused, $"{About}: expected the state of a Vault, found something else; see that Vault:Address names one");
        }

        return new VaultHealth(TextOf(root, "version"), Is(root, "initialized"), Is(root, "sealed"), Is(root, "standby"));
    }

    public void Dispose() => _http.Dispose();

    public override string ToString() => Options.ToString();

    private VaultAnswer Send(HttpMethod method, string path, string about, ReadOnlyMemory<byte>? body, CancellationToken cancel)
    {
        var login = Current(cancel);
        try
        {
            return _http.Send(method, path, about, login.Token, body, cancel);
        }
        catch (VaultException e) when (e.Failure == VaultFailure.Denied && _wayIn.CanRepeat)
        {
            // The token may have been taken back, or have ended while the clock stood: one new one decides.
            return _http.Send(method, path, about, Anew(login, cancel).Token, body, cancel);
        }
    }

    private VaultLogin Current(CancellationToken cancel)
    {
        lock (_gate)
        {
            var login = SignedIn(cancel);
            return HasEnded(login) && _wayIn.CanRepeat ? _login = GoIn(cancel) : login;
        }
    }

    private bool HasEnded(VaultLogin login) => login.Lease > TimeSpan.Zero && _time.GetElapsedTime(login.At) >= login.Lease - Margin;

    private VaultLogin Anew(VaultLogin refused, CancellationToken cancel)
    {
        lock (_gate)
        {
            return _login is { } other && other != refused ? other : _login = GoIn(cancel);
        }
    }

    private VaultLogin SignedIn(CancellationToken cancel) => _login ??= GoIn(cancel);

    private VaultLogin GoIn(CancellationToken cancel)
    {
        var login = _wayIn.GoIn(cancel);
        Interlocked.Increment(ref _signIns);
        return login;
    }

    /// <summary>A token that Vault will not make last longer has reached its longest life: another one is had.</summary>
    private VaultLogin Renewed(VaultLogin login, CancellationToken cancel)
    {
        if (login.IsRenewable)
        {
            try
            {
                var renewed = _wayIn.Renew(login, cancel);
                Interlocked.Increment(ref _renewals);
                if (renewed.Lease > Margin || !_wayIn.CanRepeat)
                {
                    return renewed;
                }
            }
            catch (VaultException e) when (!e.IsOutage && _wayIn.CanRepeat)
            {
                // Signed in anew below.
            }
        }

        return _wayIn.CanRepeat
            ? GoIn(cancel)
            : throw new VaultException(
                VaultFailure.Denied,
                $"Vault: the token of Vault:Token {EndOf(login)} and cannot be made to last longer; set a new one, or use AppRole or "
                + "Kubernetes");
    }

    private string EndOf(VaultLogin login) => HasEnded(login)
        ? "has ended"
        : string.Create(CultureInfo.InvariantCulture, $"ends in {(login.Lease - _time.GetElapsedTime(login.At)).TotalSeconds:0} s");

    private static VaultAnswer Accepted(VaultAnswer answer, string about) => (int)answer.Status < 300
        ? answer
        : throw new VaultException(
            answer.Status == HttpStatusCode.NotFound ? VaultFailure.NotFound : VaultFailure.Refused,
            string.Create(CultureInfo.InvariantCulture, $"Vault answers {(int)answer.Status} for {about} ({answer.Errors})"));

    private static byte[] BodyOf(IReadOnlyDictionary<string, string> fields, SecretVersion? over, int? expected)
    {
        using var stream = new MemoryStream();
        using (var json = new Utf8JsonWriter(stream))
        {
            json.WriteStartObject();
            json.WriteStartObject("options");
            if (expected is { } number)
            {
                json.WriteNumber("cas", number);
            }

            json.WriteEndObject();
            json.WriteStartObject("data");
            foreach (var kept in over?.Data.EnumerateObject().Where(f => !fields.ContainsKey(f.Name)) ?? [])
            {
                kept.WriteTo(json);
            }

            foreach (var (name, value) in fields)
            {
                json.WriteString(name, value);
            }

            json.WriteEndObject();
            json.WriteEndObject();
        }

        return stream.ToArray();
    }

    private static Dictionary<string, string> Fields(JsonElement data)
    {
        var fields = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var field in data.EnumerateObject())
        {
            fields[field.Name] = field.Value.ValueKind == JsonValueKind.String ? field.Value.GetString()! : field.Value.GetRawText();
        }

        return fields;
    }

    private static int Whole(JsonElement of, string name) =>
        of.TryGetProperty(name, out var found) && found.ValueKind == JsonValueKind.Number && found.TryGetInt32(out var number) ? number : 0;

    private static string TextOf(JsonElement of, string name) =>
        of.TryGetProperty(name, out var found) && found.ValueKind == JsonValueKind.String ? found.GetString()! : "";

    private static bool Is(JsonElement of, string name) => of.TryGetProperty(name, out var found) && found.ValueKind == JsonValueKind.True;
}
