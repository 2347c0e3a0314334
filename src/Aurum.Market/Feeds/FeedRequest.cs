using NodaTime;

namespace Aurum.Market.Feeds;

/// <summary>One HTTP GET, without the host: base addresses are configuration, so the
/// sandbox is just another base address.</summary>
/// <param name="Site">Which of the publisher's sites, for example <c>ercot-api</c>; resolved to
/// a base address by configuration.</param>
/// <param name="PathAndQuery">Path and query after the base address, starting with a slash. Never carries a secret.</param>
/// <param name="FileName">Name for the answer where the publisher gives none.</param>
public sealed record FeedRequest(string Site, string PathAndQuery, string FileName)
{
    /// <summary>Secrets that the request needs, as headers. The fetcher fills them in from the environment or a file.</summary>
    public IReadOnlyList<HeaderSecret> Secrets { get; init; } = [];

    /// <summary>Secrets that the publisher takes in the query alone. The fetcher adds them to the address at the last moment, so
    /// that they stand in no path that is stored or logged.</summary>
    public IReadOnlyList<QuerySecret> QuerySecrets { get; init; } = [];

    /// <summary>User and password where the publisher asks for HTTP Basic authentication.</summary>
    public BasicSecret? SignIn { get; init; }

    /// <summary>Names of all secrets that the request needs.</summary>
    public IEnumerable<string> SecretNames => Secrets.Select(s => s.SecretName).Concat(QuerySecrets.Select(s => s.SecretName))
        .Concat(SignIn is { } basic ? [basic.UserName, basic.PasswordName] : []);

    /// <summary>Headers without secrets, for example Accept.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Headers { get; init; } = [];

    /// <summary>Where other days have the same request: how long its one answer may serve them after it was received, in a job that
    /// asks for many days. Null: every day asks for itself.</summary>
    public Duration? SharedFor { get; init; }

    /// <summary>Whether it is one of many small files that make up a day, each written once: what was read of them is not asked for
    /// again while the day runs, and one that is not there when the day is over is a hole in the day, not a day that is late.</summary>
    public bool IsPiece { get; init; }
}

/// <summary>A header whose value is secret: <c>X-Api-Key: {eia-api-key}</c>.</summary>
/// <param name="Header">Header name.</param>
/// <param name="SecretName">Name of the secret; environment variable AURUM_ + upper case with
/// underscores (AURUM_EIA_API_KEY).</param>
/// <param name="Prefix">Text before the secret, for example <c>Bearer </c>.</param>
public sealed record HeaderSecret(string Header, string SecretName, string Prefix = "");

/// <summary>A parameter of the query whose value is secret: <c>api_key={fred-api-key}</c>.</summary>
/// <param name="Parameter">Name of the parameter.</param>
/// <param name="SecretName">Name of the secret, as in <see cref="HeaderSecret"/>.</param>
public sealed record QuerySecret(string Parameter, string SecretName);

/// <summary>HTTP Basic authentication (RFC 7617): user and password, each by the name of its secret. The fetcher puts them together
/// and encodes them; nothing of it reaches archive or log.</summary>
/// <param name="UserName">Name of the secret that holds the user.</param>
/// <param name="PasswordName">Name of the secret that holds the password.</param>
public sealed record BasicSecret(string UserName, string PasswordName);
