using System.Text.Json;
using Aurum.Curves.Documents;
using Aurum.Curves.Manifests;
using Aurum.Curves.Scenarios;
using Aurum.Store.Models;

namespace Aurum.App.Scenarios.Reading;

/// <summary>A scenario as a caller writes it.</summary>
/// <param name="Tenant">Whose it is to be; null where the document does not say it.</param>
/// <param name="Name">What people call it.</param>
/// <param name="Description">What it is about.</param>
/// <param name="Status">Where it stands; null where the document does not say it.</param>
/// <param name="Assumptions">Its drivers, as canonical JSON.</param>
/// <param name="Parameters">Which curves it is asked of, and with what, as canonical JSON.</param>
/// <param name="Tags">Words to find it by.</param>
internal sealed record ScenarioDraft(
    string? Tenant,
    string? Name,
    string? Description,
    ScenarioStatus? Status,
    string? Assumptions,
    string? Parameters,
    IReadOnlyList<string>? Tags)
{
    public const int MaxNameLength = 200;

    private const int MaxDescriptionLength = 4_000;
    private const int MaxTags = 50;
    private const int MaxTagLength = 64;

    private static readonly string[] Statuses =
        [ScenarioStatus.Created.Word(), ScenarioStatus.Active.Word(), ScenarioStatus.Archived.Word()];

    /// <summary>Reads a whole scenario.</summary>
    /// <exception cref="DocumentException">Anything is wrong, all at once.</exception>
    public static ScenarioDraft Read(ReadOnlyMemory<byte> json) => Read(json, isWhole: true);

    /// <summary>Reads what is to be changed of one: what is not there stays.</summary>
    /// <exception cref="DocumentException">Anything is wrong, all at once.</exception>
    public static ScenarioDraft ReadChange(ReadOnlyMemory<byte> json) => Read(json, isWhole: false);

    private static ScenarioDraft Read(ReadOnlyMemory<byte> json, bool isWhole) => DocumentReader.Read(json, document =>
    {
        var tags = document.Has("tags") || isWhole
            ? document.Texts("tags", 0, MaxTags, MaxTagLength)
            : null;
        return new ScenarioDraft(
            document.OptionalText("tenant_id"),
            isWhole ? document.Text("name", MaxNameLength) : document.OptionalText("name", MaxNameLength),
            document.OptionalText("description", MaxDescriptionLength),
            document.OneOf("status", Statuses) is { } status ? Enum.Parse<ScenarioStatus>(status, ignoreCase: true) : null,
            Checked(document, "assumptions", "[]", isWhole, static (value, path) => DriverReader.Read(value, path)),
            Checked(document, "parameters", "{}", isWhole, static (value, path) => AskedScenario.Read(value, path)),
            tags is null ? null : [.. tags.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)]);
    });

    /// <summary>The part as canonical JSON, where its own reader takes it; what that refuses is noted with the rest.</summary>
    private static string? Checked(
        DocumentReader document, string name, string fallback, bool isWhole, Action<JsonElement, string> read)
    {
        if (document.Raw(name) is not { } value)
        {
            return isWhole ? fallback : null;
        }

        try
        {
            read(value, $"{document.Path}.{name}");
        }
        catch (DocumentException refused)
        {
            foreach (var error in refused.Errors)
            {
                document.RefuseAt(error.Path, error.Expected, error.Found);
            }
        }

        return CanonicalJson.Of(value);
    }
}
