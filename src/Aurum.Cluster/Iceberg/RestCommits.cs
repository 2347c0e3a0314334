using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using Aurum.Store.Lake;
using Aurum.Store.Lake.Metadata;
using Aurum.Store.Objects;
using NodaTime;

namespace Aurum.Cluster.Iceberg;

/// <summary>A table's metadata with a REST catalog as its keeper. A commit whose answer is lost is looked for before it is sent again, with
/// the same snapshot: it is in the table once.</summary>
internal sealed class RestCommits(RestCatalog catalog, IReadOnlyList<string> space, string table) : ILakeCommits
{
    /// <summary>Property by which a table is known as the one that was asked for.</summary>
    private const string CreatedAs = "aurum.created-as";

    private static readonly CancellationToken None = CancellationToken.None;

    public MetadataVersion? Load() => ObjectCalls.Wait(() => catalog.Load(space, table, None)) is { } found ? Read(found) : null;

    public MetadataVersion? TryCommit(MetadataVersion? from, TableMetadata to, Instant now) =>
        from is null ? Create(to) : Commit(new TableUpdates(from.Table, to));

    private MetadataVersion? Commit(TableUpdates updates)
    {
        var wasUnknown = false;
        for (var attempt = 0; ; attempt++)
        {
            try
            {
                var done = ObjectCalls.Wait(() => catalog.Commit(space, table, updates.Requirements, updates.Updates, None));
                return Read(done);
            }
            catch (CatalogException error) when (error.Failure == CatalogFailure.Conflict && !wasUnknown)
            {
                return null;
            }
            catch (CatalogException error) when (error.Failure is CatalogFailure.Conflict or CatalogFailure.Unknown)
            {
                wasUnknown = true;
                var now = Look(error);
                if (now is not null && updates.IsIn(now.Table))
                {
                    return now;
                }

                // A conflict may be with the own commit, which the catalog still works on: its files go only once it can't be done any
                // more.
                if (error.Failure == CatalogFailure.Conflict && (now is null || !updates.CanBeDone(now.Table)))
                {
                    return null;
                }

                if (attempt >= catalog.Options.Retries)
                {
                    throw new LakeException(
                        $"{Name}: whether the commit is in the table is not known; its files stay: {error.Message}", error);
                }

                ObjectCalls.Wait(() => catalog.Wait(attempt, None));
            }
        }
    }

    /// <summary>The table after a commit whose answer was lost.</summary>
    /// <exception cref="LakeException">The catalog does not say.</exception>
    private MetadataVersion? Look(CatalogException lost)
    {
        try
        {
            return Load();
        }
        catch (CatalogException error)
        {
            throw new LakeException(
                $"{Name}: whether the commit is in the table is not known; its files stay: {lost.Message}; then {error.Message}", error);
        }
    }

    private MetadataVersion? Create(TableMetadata to)
    {
        var body = new JsonObject
        {
            ["name"] = table,
            ["schema"] = SchemaJson.Write(to.Schema),
            ["partition-spec"] = new JsonObject { ["spec-id"] = to.Spec.Id, ["fields"] = SchemaJson.Write(to.Spec) },
            ["write-order"] = SchemaJson.Write(to.SortOrder),
            ["stage-create"] = false,
            ["properties"] = new JsonObject(
                to.Properties.Append(KeyValuePair.Create(CreatedAs, to.TableUuid))
                    .Append(KeyValuePair.Create("format-version", "2"))
                    .Select(static p => KeyValuePair.Create(p.Key, (JsonNode?)JsonValue.Create(p.Value)))),
        };
        if (!catalog.Options.CatalogChoosesLocation)
        {
            body["location"] = to.Location;
        }

        ObjectCalls.Wait(() => MakeSpaces());
        try
        {
            return Read(ObjectCalls.Wait(() => catalog.Create(space, body, None)));
        }
        catch (CatalogException error) when (error.Failure is CatalogFailure.Conflict or CatalogFailure.Unknown)
        {
            var now = Look(error);
            return now?.Table.Properties.GetValueOrDefault(CreatedAs) == to.TableUuid ? now
                : error.Failure == CatalogFailure.Conflict ? null
                : throw new LakeException($"{Name}: whether the table was made is not known: {error.Message}", error);
        }
    }

    private async Task MakeSpaces()
    {
        for (var levels = 1; levels <= space.Count; levels++)
        {
            await catalog.CreateNamespace([.. space.Take(levels)], None);
        }
    }

    private string Name => string.Join('.', space.Append(table));

    private MetadataVersion Read(JsonNode answer)
    {
        var file = answer["metadata-location"]?.GetValue<string>() ?? Name;
        var metadata = answer["metadata"] ?? throw new LakeException($"{file}: expected metadata in the catalog's answer, found none");
        return new MetadataVersion(
            NumberOf(file), TableMetadataJson.Read(Encoding.UTF8.GetBytes(metadata.ToJsonString()), file), file);
    }

    /// <summary>The number in <c>00007-4f3a....metadata.json</c>; 0: there is none.</summary>
    private static long NumberOf(string file) =>
        long.TryParse(file[(file.LastIndexOf('/') + 1)..].Split('-')[0], NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? number
            : 0;
}
