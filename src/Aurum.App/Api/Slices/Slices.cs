using System.Buffers.Text;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Aurum.App.Api.Requests;
using Aurum.App.Caching;

namespace Aurum.App.Api.Slices;

/// <summary>Answers that are kept, and what they hang on.</summary>
/// <param name="api">Store and clock.</param>
/// <param name="cursors">Signs the cursors in them: servers with another key share no answers.</param>
/// <param name="reads">Gets them; null: nothing is kept.</param>
/// <param name="seconds">How long each class is kept.</param>
internal sealed class Slices(ApiServices api, CursorSigner cursors, HotReads? reads, Func<SliceClass, int> seconds)
{
    private const int DigestBytes = 18;

    private static readonly string Build = typeof(Slices).Assembly.GetName().Version?.ToString() ?? "";

    private readonly SliceVersions _versions = new(api.Store.Read);
    private readonly string _signer = cursors.Fingerprint;

    public ApiServices Api => api;

    /// <summary>Seconds that a class is kept without other settings.</summary>
    public static int UsualSeconds(SliceClass kind) => kind switch
    {
        SliceClass.HighFrequency => 60,
        SliceClass.Medium => 300,
        SliceClass.Low => 3_600,
        _ => 7_200,
    };

    /// <summary>Gets the answer of a request, or has it made.</summary>
    /// <param name="rule">How it may be kept.</param>
    /// <param name="request">The request.</param>
    /// <param name="make">Makes it; null: it can't be kept.</param>
    /// <param name="cancel">Ends it.</param>
    /// <returns>Null where <paramref name="make"/> gave null.</returns>
    public ValueTask<ReadOnlyMemory<byte>?> Get(
        SliceRule rule, HttpRequest request, Func<ValueTask<ReadOnlyMemory<byte>?>> make, CancellationToken cancel) =>
        reads is not null && KeyOf(rule, request) is { } key
            ? reads.Get(key, TimeSpan.FromSeconds(seconds(rule.Class)), make, cancel)
            : make();

    /// <returns>Null where nothing is to be kept.</returns>
    private HotKey? KeyOf(SliceRule rule, HttpRequest request)
    {
        var query = request.Query;
        if (rule.Unkept.Any(query.ContainsKey) || TenantOf(request) is not { } tenant)
        {
            return null;
        }

        var text = new StringBuilder(256);
        text.Append(CultureInfo.InvariantCulture, $"{SliceForm.Form}\n{Build}\n{_signer}\n{request.Path.Value}\n");
        foreach (var (name, values) in query.OrderBy(static q => q.Key, StringComparer.Ordinal))
        {
            foreach (var value in values)
            {
                text.Append(CultureInfo.InvariantCulture, $"{name}={value}\n");
            }
        }

        if (!query.ContainsKey("format"))
        {
            text.Append(CultureInfo.InvariantCulture, $"\n{request.Headers.Accept}\n");
        }

        if (rule.ClockSeconds > 0 && !query.ContainsKey("as_of") && !query.ContainsKey("cursor"))
        {
            text.Append(CultureInfo.InvariantCulture, $"\n{api.Now.ToUnixTimeSeconds() / rule.ClockSeconds}\n");
        }

        var digest = SHA256.HashData(Encoding.UTF8.GetBytes(text.ToString()));
        return new HotKey(tenant, rule.Resource, _versions.Of(rule.Tables), Base64Url.EncodeToString(digest.AsSpan(0, DigestBytes)));
    }

    /// <returns>Null where the request names none that there could be; the endpoint says so, where it cares.</returns>
    private static string? TenantOf(HttpRequest request)
    {
        var header = request.Headers[TenantChoice.Header].ToString();
        var tenant = header.Length > 0 ? header : TenantChoice.Default;
        return TenantChoice.IsName(tenant) ? tenant : null;
    }
}
