using NodaTime;

namespace Aurum.App.Api.Requests;

/// <summary>Where a walk through pages stands: which resource, with which filters, at which state of knowledge, after which
/// row.</summary>
/// <param name="Resource">Name of the endpoint, so that a cursor of one is refused by another.</param>
/// <param name="AsOf">The state of knowledge that all pages of the walk see; new commits do not move it.</param>
/// <param name="Filters">The filters of the first page.</param>
/// <param name="After">Key of the last row sent, as text, in the order of the sort.</param>
public sealed record Cursor(
    string Resource, Instant AsOf, IReadOnlyList<KeyValuePair<string, string>> Filters, IReadOnlyList<string> After)
{
    /// <exception cref="RequestFormatException">The request's filters are not those of the cursor; the message names the first
    /// difference.</exception>
    public void RequireSame(string resource, IReadOnlyList<KeyValuePair<string, string>> filters)
    {
        if (Resource != resource)
        {
            throw new RequestFormatException("cursor", $"a cursor of {resource}", $"a cursor of {Resource}");
        }

        foreach (var name in Filters.Concat(filters).Select(f => f.Key).Distinct())
        {
            var (then, now) = (Value(Filters, name), Value(filters, name));
            if (then != now)
            {
                throw new RequestFormatException(name,
                    then is null ? $"no {name}, as on the first page of this cursor"
                    : $"{name}={then}, as on the first page of this cursor",
                    now is null ? $"no {name}" : $"'{now}'");
            }
        }
    }

    private static string? Value(IReadOnlyList<KeyValuePair<string, string>> filters, string name)
    {
        foreach (var filter in filters)
        {
            if (filter.Key == name)
            {
                return filter.Value;
            }
        }

        return null;
    }
}
