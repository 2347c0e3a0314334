namespace Aurum.App.Api.Requests;

/// <summary>Whose scenarios and contracts a request is about: the header <c>X-Aurum-Tenant</c>, else the parameter <c>tenant</c>, else
/// <c>default</c>. What is another tenant's is not there: 404, and it counts nowhere.</summary>
internal static class TenantChoice
{
    public const string Header = "X-Aurum-Tenant";

    public const string Default = "default";

    /// <summary>Letters of a tenant's name at most.</summary>
    public const int MaxLength = 64;

    public const string Expected = "a tenant of 1 to 64 letters, digits, '.', '_' and '-'";

    public static readonly QueryParameter Parameter = QueryParameter.Filter(
        "tenant", $"Whose; the header {Header} says the same.", "acme") with
    {
        Default = Default,
        MaxLength = MaxLength,
    };

    /// <exception cref="RequestFormatException">No name of a tenant, or the header and the parameter name two.</exception>
    public static string Of(HttpRequest request, QueryReader query)
    {
        var named = query.Text(Parameter.Name);
        if (!request.Headers.TryGetValue(Header, out var headers))
        {
            return Checked(Parameter.Name, named ?? Default);
        }

        var tenant = Checked(Header, headers.ToString());
        return named is null || named == tenant
            ? tenant
            : throw new RequestFormatException(Parameter.Name, $"the tenant of the header {Header} ({tenant}), or none", $"'{named}'");
    }

    /// <summary>The name, where it is one.</summary>
    /// <param name="field">What holds it, for the message.</param>
    /// <param name="tenant">The name.</param>
    /// <exception cref="RequestFormatException">It is none.</exception>
    public static string Checked(string field, string tenant) =>
        IsName(tenant) ? tenant : throw new RequestFormatException(field, Expected, $"'{tenant}'");

    /// <summary>Whether a text may name a tenant.</summary>
    public static bool IsName(string text) =>
        text.Length is > 0 and <= MaxLength && text.All(static c => char.IsAsciiLetterOrDigit(c) || c is '.' or '_' or '-');
}
