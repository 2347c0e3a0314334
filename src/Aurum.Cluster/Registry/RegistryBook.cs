using Aurum.Store.Avro;

namespace Aurum.Cluster.Registry;

/// <summary>What a registry holds: schemas by number, versions of subjects, levels and modes. Changes are in the journal before they
/// count. Not for several threads.</summary>
internal sealed class RegistryBook : IDisposable
{
    /// <summary>Schemas that lead to others, one after the other.</summary>
    private const int MaxReferenceDepth = 16;

    private readonly RegistryJournal _journal;
    private readonly Dictionary<int, StoredSchema> _schemas = [];
    private readonly Dictionary<string, int> _ids = new(StringComparer.Ordinal);
    private readonly Dictionary<string, List<StoredVersion>> _subjects = new(StringComparer.Ordinal);
    private readonly Dictionary<string, CompatibilityLevel> _levels = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _modes = new(StringComparer.Ordinal);

    /// <summary>Schemas as types, with the schemas that lead from each to its farthest reference.</summary>
    private readonly Dictionary<int, (AvroType Type, int Depth)> _parsed = [];

    /// <param name="path">The journal's file.</param>
    public RegistryBook(string path)
    {
        (_journal, var changes) = RegistryJournal.Open(path);
        foreach (var change in changes)
        {
            Apply(change);
        }
    }

    /// <summary>Subject that stands for the level and mode of all subjects without their own.</summary>
    public const string AllSubjects = "";

    /// <summary>See <see cref="RegistryJournal.Disk"/>.</summary>
    public RegistryDisk Disk
    {
        set => _journal.Disk = value;
    }

    public IEnumerable<string> Subjects => _subjects.Keys.Order(StringComparer.Ordinal);

    public IReadOnlyList<StoredVersion> Versions(string subject) => _subjects.GetValueOrDefault(subject, []);

    public StoredSchema? Schema(int id) => _schemas.GetValueOrDefault(id);

    /// <summary>The number of a schema; null: it was never stored.</summary>
    public int? IdOf(string text, IReadOnlyList<RegistryReference> references) =>
        _ids.TryGetValue(StoredSchema.KeyOf(text, references), out var id) ? id : null;

    /// <summary>Versions that have a schema.</summary>
    public IEnumerable<(string Subject, StoredVersion Version)> VersionsOf(int id) =>
        Subjects.SelectMany(s => _subjects[s].Where(v => v.Id == id).Select(v => (s, v)));

    /// <summary>Numbers of schemas of live versions that use a version of a subject.</summary>
    public IReadOnlyList<int> ReferencesTo(string subject, int version) =>
    [
        .. _subjects.Values.SelectMany(static v => v).Where(static v => !v.IsDeleted).Select(static v => v.Id).Distinct()
            .Where(id => _schemas[id].References.Any(r => r.Subject == subject && r.Version == version)).Order(),
    ];

    public CompatibilityLevel? LevelOf(string subject) => _levels.TryGetValue(subject, out var level) ? level : null;

    public string? ModeOf(string subject) => _modes.GetValueOrDefault(subject);

    /// <summary>Stores a schema as the next version of a subject, or as a given version with a given number.</summary>
    /// <returns>Number of the schema.</returns>
    public int Add(string subject, string text, IReadOnlyList<RegistryReference> references, int? asId = null, int? asVersion = null)
    {
        var id = IdOf(text, references) ?? asId ?? (_schemas.Count == 0 ? 1 : _schemas.Keys.Max() + 1);
        var version = asVersion ?? Versions(subject).Select(static v => v.Number).DefaultIfEmpty().Max() + 1;
        var changes = new List<RegistryChange>();
        if (!_schemas.ContainsKey(id))
        {
            changes.Add(new RegistryChange("schema") { Id = id, Text = text, References = references.Count > 0 ? references : null });
        }

        changes.Add(new RegistryChange("version") { Subject = subject, Version = version, Id = id });
        Commit(changes);
        return id;
    }

    /// <summary>Hides versions, or forgets them for good.</summary>
    public void Delete(string subject, IEnumerable<int> versions, bool isForGood) => Commit(
        [.. versions.Select(v => new RegistryChange(isForGood ? "purge" : "delete") { Subject = subject, Version = v })]);

    /// <summary>Sets a level; null takes it back.</summary>
    public void SetLevel(string subject, CompatibilityLevel? level) =>
        Commit([new RegistryChange("config") { Subject = subject, Value = level?.Name() }]);

    public void SetMode(string subject, string? mode) => Commit([new RegistryChange("mode") { Subject = subject, Value = mode }]);

    /// <summary>A stored schema as a type.</summary>
    /// <exception cref="RegistryRefusal">A reference leads nowhere, or too far.</exception>
    public AvroType Parsed(int id) => Parsed(id, 0).Type;

    /// <exception cref="RegistryRefusal">The schema is none, or a reference leads nowhere, or too far.</exception>
    public AvroType Parse(string text, IReadOnlyList<RegistryReference> references) => Parse(text, references, 0).Type;

    public void Dispose() => _journal.Dispose();

    /// <param name="id">Number of the schema.</param>
    /// <param name="above">Schemas that led to it.</param>
    private (AvroType Type, int Depth) Parsed(int id, int above)
    {
        if (!_parsed.TryGetValue(id, out var parsed))
        {
            var schema = _schemas[id];
            _parsed[id] = parsed = Parse(schema.Text, schema.References, above);
        }

        return parsed;
    }

    private (AvroType Type, int Depth) Parse(string text, IReadOnlyList<RegistryReference> references, int above)
    {
        var known = new Dictionary<string, AvroType>(StringComparer.Ordinal);
        var depth = Collect(references, known, above);
        try
        {
            return (AvroSchemaJson.Read(text, known), depth);
        }
        catch (FormatException error)
        {
            throw new RegistryRefusal(RegistryErrors.InvalidSchema, $"Invalid schema: {error.Message}");
        }
    }

    /// <summary>Finds the types that references lead to.</summary>
    /// <param name="references">References of a schema.</param>
    /// <param name="known">Takes the types.</param>
    /// <param name="above">Schemas that led to this one.</param>
    /// <returns>Schemas from this one to its farthest reference.</returns>
    private int Collect(IReadOnlyList<RegistryReference> references, Dictionary<string, AvroType> known, int above)
    {
        var depth = 0;
        foreach (var reference in references)
        {
            var version = Versions(reference.Subject).FirstOrDefault(v => v.Number == reference.Version && !v.IsDeleted)
                ?? throw new RegistryRefusal(
                    RegistryErrors.InvalidSchema,
                    $"Invalid schema: reference {reference.Name}: no version {reference.Version} of subject '{reference.Subject}'");

            // Before it is read, so that a long chain is not gone along to its end; and after, for one that was read before.
            CheckDepth(above + 1);
            var (referenced, below) = Parsed(version.Id, above + 1);
            CheckDepth(above + 1 + below);
            depth = Math.Max(depth, 1 + below);
            foreach (var (name, type) in NamedTypes.Of(referenced))
            {
                known.TryAdd(name, type);
            }
        }

        return depth;
    }

    private static void CheckDepth(int depth)
    {
        if (depth > MaxReferenceDepth)
        {
            throw new RegistryRefusal(
                RegistryErrors.InvalidSchema, $"Invalid schema: expected references at most {MaxReferenceDepth} deep");
        }
    }

    private void Commit(IReadOnlyList<RegistryChange> changes)
    {
        _journal.Append(changes);
        foreach (var change in changes)
        {
            Apply(change);
        }
    }

    private void Apply(RegistryChange change)
    {
        var subject = change.Subject ?? AllSubjects;
        switch (change.Op)
        {
            case "schema":
                var schema = new StoredSchema(change.Id!.Value, change.Text!, change.References ?? []);
                _schemas[schema.Id] = schema;
                _ids[schema.Key] = schema.Id;
                break;
            case "version":
                var versions = _subjects.TryGetValue(subject, out var found) ? found : _subjects[subject] = [];
                versions.RemoveAll(v => v.Number == change.Version);
                versions.Add(new StoredVersion(change.Version!.Value, change.Id!.Value, IsDeleted: false));
                versions.Sort(static (a, b) => a.Number.CompareTo(b.Number));
                break;
            case "delete":
                var at = _subjects[subject].FindIndex(v => v.Number == change.Version);
                _subjects[subject][at] = _subjects[subject][at] with { IsDeleted = true };
                break;
            case "purge":
                _subjects[subject].RemoveAll(v => v.Number == change.Version);
                if (_subjects[subject].Count == 0)
                {
                    _subjects.Remove(subject);
                }

                break;
            case "config" when change.Value is { } name && CompatibilityLevels.TryParse(name, out var level):
                _levels[subject] = level;
                break;
            case "config":
                _levels.Remove(subject);
                break;
            case "mode" when change.Value is { } mode:
                _modes[subject] = mode;
                break;
            case "mode":
                _modes.Remove(subject);
                break;
            default:
                throw new FormatException($"expected a change of this registry, found '{change.Op}': it was written by a newer one");
        }
    }
}

/// <summary>A schema with its number.</summary>
internal sealed record StoredSchema(int Id, string Text, IReadOnlyList<RegistryReference> References)
{
    /// <summary>The same for the same schema.</summary>
    public string Key { get; } = KeyOf(Text, References);

    public static string KeyOf(string text, IReadOnlyList<RegistryReference> references) =>
        string.Join('\n', references.Select(static r => $"{r.Name}\t{r.Subject}\t{r.Version}").Prepend(text));
}

/// <summary>A version of a subject.</summary>
internal sealed record StoredVersion(int Number, int Id, bool IsDeleted);
