using System.Globalization;
using System.Text.Json.Nodes;

namespace Aurum.Cluster.Registry;

/// <summary>Requests about schemas by their number, and about what a schema would break.</summary>
internal sealed class SchemaRequests(RegistryBook book)
{
    private readonly SubjectRequests _subjects = new(book);

    public RegistryAnswer ById(string id)
    {
        var schema = Find(id);
        var json = new JsonObject { ["schema"] = schema.Text };
        SubjectRequests.AddReferences(json, schema);
        return RegistryAnswer.Of(json);
    }

    public RegistryAnswer TextById(string id) => RegistryAnswer.Of(JsonNode.Parse(Find(id).Text));

    public RegistryAnswer VersionsOf(string id, bool withDeleted)
    {
        var schema = Find(id);
        return RegistryAnswer.Of(new JsonArray(
        [
            .. book.VersionsOf(schema.Id).Where(v => withDeleted || !v.Version.IsDeleted)
                .Select(static v => new JsonObject { ["subject"] = v.Subject, ["version"] = v.Version.Number }),
        ]));
    }

    public RegistryAnswer SubjectsOf(string id, bool withDeleted)
    {
        var schema = Find(id);
        return RegistryAnswer.Of(SubjectRequests.Texts(
            book.VersionsOf(schema.Id).Where(v => withDeleted || !v.Version.IsDeleted).Select(static v => v.Subject).Distinct()));
    }

    /// <param name="subject">Subject.</param>
    /// <param name="version">A version that it is held against; null: those that the subject's level asks for.</param>
    /// <param name="body">The schema.</param>
    /// <param name="isVerbose">Whether to say what is broken.</param>
    public RegistryAnswer IsCompatible(string subject, string? version, SchemaBody body, bool isVerbose)
    {
        var changed = book.Parse(body.Text, body.References);
        IReadOnlyList<StoredVersion> versions = version is null
            ? [.. book.Versions(subject).Where(static v => !v.IsDeleted)]
            : [_subjects.Find(subject, version, withDeleted: false)];
        var messages = Compatibility.Check(book, subject, changed, versions);
        var json = new JsonObject { ["is_compatible"] = messages.Count == 0 };
        if (isVerbose)
        {
            json["messages"] = SubjectRequests.Texts(messages);
        }

        return RegistryAnswer.Of(json);
    }

    private StoredSchema Find(string id) =>
        int.TryParse(id, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && book.Schema(number) is { } schema
        && book.VersionsOf(number).Any()
            ? schema
            : throw new RegistryRefusal(RegistryErrors.SchemaNotFound, $"Schema {id} not found");
}
