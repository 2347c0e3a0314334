using System.Globalization;
using System.Text.Json.Nodes;
using Aurum.Store.Avro;

namespace Aurum.Cluster.Registry;

/// <summary>Requests about subjects and their versions.</summary>
internal sealed class SubjectRequests(RegistryBook book)
{
    private const int MaxSubjectLetters = 1000;

    public RegistryAnswer List(RegistryRequest request)
    {
        var prefix = request.Query.GetValueOrDefault("subjectPrefix", "");
        return RegistryAnswer.Of(Texts(book.Subjects.Where(s =>
            s.StartsWith(prefix, StringComparison.Ordinal) && book.Versions(s).Any(v => request.Is("deleted") || !v.IsDeleted))));
    }

    public RegistryAnswer Versions(string subject, RegistryRequest request) =>
        RegistryAnswer.Of(Numbers(Live(subject, request.Is("deleted")).Select(static v => v.Number)));

    /// <summary>Stores a schema as the next version, or finds the one that it is.</summary>
    public RegistryAnswer Register(string subject, SchemaBody body)
    {
        if (subject.Length is 0 or > MaxSubjectLetters || subject.Any(char.IsControl))
        {
            throw new RegistryRefusal(
                RegistryErrors.InvalidSubject,
                $"The specified subject '{subject}' is not a valid subject: 1 to {MaxSubjectLetters} letters");
        }

        var mode = book.ModeOf(subject) ?? book.ModeOf(RegistryBook.AllSubjects) ?? SettingRequests.ReadWrite;
        if (mode is not (SettingRequests.ReadWrite or SettingRequests.Import))
        {
            throw new RegistryRefusal(RegistryErrors.NotPermitted, $"Subject {subject} is in read-only mode");
        }

        var changed = book.Parse(body.Text, body.References);
        if (mode == SettingRequests.Import)
        {
            return Import(subject, body);
        }

        var live = book.Versions(subject).Where(static v => !v.IsDeleted).ToList();
        if (book.IdOf(body.Text, body.References) is { } known && live.Any(v => v.Id == known))
        {
            return Id(known);
        }

        var messages = Compatibility.Check(book, subject, changed, live);
        return messages.Count == 0
            ? Id(book.Add(subject, body.Text, body.References))
            : throw new RegistryRefusal(
                RegistryErrors.Incompatible,
                $"Schema being registered is incompatible with an earlier schema for subject \"{subject}\", "
                + $"details: [{string.Join("; ", messages)}]");
    }

    /// <summary>Finds a schema among the versions of a subject.</summary>
    public RegistryAnswer LookUp(string subject, SchemaBody body, bool withDeleted)
    {
        var versions = Live(subject, withDeleted);
        book.Parse(body.Text, body.References);
        return book.IdOf(body.Text, body.References) is { } id && versions.LastOrDefault(v => v.Id == id) is { } version
            ? RegistryAnswer.Of(VersionJson(subject, version))
            : throw new RegistryRefusal(RegistryErrors.SchemaNotFound, "Schema not found");
    }

    public RegistryAnswer Version(string subject, string version, bool withDeleted) =>
        RegistryAnswer.Of(VersionJson(subject, Find(subject, version, withDeleted)));

    public RegistryAnswer SchemaText(string subject, string version, bool withDeleted) =>
        RegistryAnswer.Of(JsonNode.Parse(book.Schema(Find(subject, version, withDeleted).Id)!.Text));

    public RegistryAnswer ReferencedBy(string subject, string version) =>
        RegistryAnswer.Of(Numbers(book.ReferencesTo(subject, Find(subject, version, withDeleted: true).Number)));

    public RegistryAnswer Delete(string subject, bool isForGood)
    {
        var all = book.Versions(subject);
        if (all.Count == 0)
        {
            throw Missing(subject);
        }

        var live = all.Where(static v => !v.IsDeleted).ToList();
        if (isForGood && live.Count > 0)
        {
            throw new RegistryRefusal(
                RegistryErrors.SubjectNotSoftDeleted, $"Subject '{subject}' was not deleted first before being permanently deleted");
        }

        if (!isForGood && live.Count == 0)
        {
            throw new RegistryRefusal(
                RegistryErrors.SubjectSoftDeleted, $"Subject '{subject}' was soft deleted. Set permanent=true to delete permanently");
        }

        IReadOnlyList<StoredVersion> gone = isForGood ? all : live;
        foreach (var version in gone)
        {
            RefuseReferenced(subject, version.Number);
        }

        var numbers = gone.Select(static v => v.Number).ToList();
        book.Delete(subject, numbers, isForGood);
        if (book.LevelOf(subject) is not null)
        {
            book.SetLevel(subject, null);
        }

        return RegistryAnswer.Of(Numbers(numbers));
    }

    public RegistryAnswer DeleteVersion(string subject, string version, bool isForGood)
    {
        var found = Find(subject, version, withDeleted: true);
        if (isForGood && !found.IsDeleted)
        {
            throw new RegistryRefusal(
                RegistryErrors.VersionNotSoftDeleted,
                $"Subject '{subject}' Version {found.Number} was not deleted first before being permanently deleted");
        }

        if (!isForGood && found.IsDeleted)
        {
            throw new RegistryRefusal(
                RegistryErrors.VersionSoftDeleted,
                $"Subject '{subject}' Version {found.Number} was soft deleted. Set permanent=true to delete permanently");
        }

        RefuseReferenced(subject, found.Number);
        book.Delete(subject, [found.Number], isForGood);
        return RegistryAnswer.Of(JsonValue.Create(found.Number));
    }

    /// <summary>A version by its number, or the latest.</summary>
    internal StoredVersion Find(string subject, string version, bool withDeleted)
    {
        var versions = Live(subject, withDeleted);
        if (version is "latest" or "-1")
        {
            return versions[^1];
        }

        if (!int.TryParse(version, NumberStyles.None, CultureInfo.InvariantCulture, out var number) || number == 0)
        {
            throw new RegistryRefusal(
                RegistryErrors.InvalidVersion,
                $"The specified version '{version}' is not a valid version id. "
                + "Allowed values are between [1, 2^31-1] and the string \"latest\"");
        }

        return versions.FirstOrDefault(v => v.Number == number)
            ?? throw new RegistryRefusal(RegistryErrors.VersionNotFound, $"Version {number} not found.");
    }

    internal static JsonArray Texts(IEnumerable<string> texts) => new([.. texts.Select(static t => JsonValue.Create(t))]);

    internal static JsonArray Numbers(IEnumerable<int> numbers) => new([.. numbers.Select(static n => JsonValue.Create(n))]);

    internal static void AddReferences(JsonObject json, StoredSchema schema)
    {
        if (schema.References.Count > 0)
        {
            json["references"] = new JsonArray(
            [
                .. schema.References.Select(static r =>
                    new JsonObject { ["name"] = r.Name, ["subject"] = r.Subject, ["version"] = r.Version }),
            ]);
        }
    }

    private static RegistryAnswer Id(int id) => RegistryAnswer.Of(new JsonObject { ["id"] = id });

    private static RegistryRefusal Missing(string subject) =>
        new(RegistryErrors.SubjectNotFound, $"Subject '{subject}' not found.");

    /// <summary>Keeps the number and version that another registry gave.</summary>
    private RegistryAnswer Import(string subject, SchemaBody body)
    {
        var known = book.IdOf(body.Text, body.References);
        if (body.Id is { } wanted && (known is { } id ? id != wanted : book.Schema(wanted) is not null))
        {
            throw new RegistryRefusal(RegistryErrors.NotPermitted, $"Overwrite new schema with id {wanted} is not permitted.");
        }

        if (known is { } there && book.Versions(subject).Any(v => v.Id == there && !v.IsDeleted))
        {
            return Id(there);
        }

        if (body.Version is { } version && book.Versions(subject).Any(v => v.Number == version))
        {
            throw new RegistryRefusal(
                RegistryErrors.NotPermitted, $"Version {version} of subject '{subject}' is there with another schema.");
        }

        return Id(book.Add(subject, body.Text, body.References, body.Id, body.Version));
    }

    private List<StoredVersion> Live(string subject, bool withDeleted)
    {
        var versions = book.Versions(subject).Where(v => withDeleted || !v.IsDeleted).ToList();
        return versions.Count > 0 ? versions : throw Missing(subject);
    }

    private void RefuseReferenced(string subject, int version)
    {
        if (book.ReferencesTo(subject, version) is [var first, ..])
        {
            throw new RegistryRefusal(
                RegistryErrors.IsReferenced,
                $"One or more references exist to version {version} of subject '{subject}': schema {first} uses it");
        }
    }

    private JsonObject VersionJson(string subject, StoredVersion version)
    {
        var schema = book.Schema(version.Id)!;
        var json = new JsonObject { ["subject"] = subject, ["version"] = version.Number, ["id"] = version.Id };
        AddReferences(json, schema);
        json["schema"] = schema.Text;
        return json;
    }
}

/// <summary>Whether a new schema goes with the versions of a subject.</summary>
internal static class Compatibility
{
    /// <summary>What a subject has where nothing is set.</summary>
    public const CompatibilityLevel Usual = CompatibilityLevel.Backward;

    /// <summary>What is broken, a sentence each.</summary>
    public static IReadOnlyList<string> Check(
        RegistryBook book, string subject, AvroType changed, IReadOnlyList<StoredVersion> versions)
    {
        var level = book.LevelOf(subject) ?? book.LevelOf(RegistryBook.AllSubjects) ?? Usual;
        return [.. (level.IsTransitive() ? versions : versions.TakeLast(1))
            .SelectMany(v => level.Check(changed, book.Parsed(v.Id), v.Number))];
    }
}
