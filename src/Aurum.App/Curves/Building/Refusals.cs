using Aurum.App.Api.Requests;
using Aurum.Curves.Building;

namespace Aurum.App.Curves.Building;

/// <summary>Refusals of the pure builders as mistakes of the caller.</summary>
internal static class Refusals
{
    /// <summary>The result, where there is one.</summary>
    /// <exception cref="RequestFormatException">There is none.</exception>
    public static T Required<T>(string field, Built<T> built)
        where T : class => built.Value ?? throw Refused(field, built.Refusal!);

    private static RequestFormatException Refused(string field, BuildRefusal refusal)
    {
        var parts = refusal.Message.Split(", found ", 2);
        return parts.Length == 2 && parts[0].StartsWith("expected ", StringComparison.Ordinal)
            ? new RequestFormatException(field, parts[0]["expected ".Length..], parts[1])
            : new RequestFormatException(field, "a curve that can be built", refusal.Message);
    }
}
