using System.Text.Json.Nodes;
using Aurum.Store.Lake.Metadata;

namespace Aurum.Cluster.Iceberg;

/// <summary>What makes one metadata of a table into another, as a REST catalog takes it: requirements and updates.</summary>
/// <remarks>Every branch has to stand where it stood, not only those that move: a commit is then the successor of exactly the metadata it
/// was made from, as with numbered files, and what a writer read of other branches or properties still holds.</remarks>
internal sealed class TableUpdates
{
    /// <summary>In place of the id of the schema that was added last.</summary>
    private const int LastAdded = -1;

    private readonly TableMetadata _from;
    private readonly TableMetadata _to;
    private readonly List<long> _added;
    private readonly List<string> _moved;
    private readonly List<string> _removed;
    private readonly Dictionary<string, string> _properties;

    public TableUpdates(TableMetadata from, TableMetadata to)
    {
        (_from, _to) = (from, to);
        _added = [.. to.Snapshots.Select(static s => s.Id).Except(from.Snapshots.Select(static s => s.Id))];
        _moved = [.. to.Refs.Where(r => !from.Refs.TryGetValue(r.Key, out var before) || before != r.Value).Select(static r => r.Key)];
        _removed = [.. from.Refs.Keys.Except(to.Refs.Keys)];
        _properties = to.Properties.Where(p => !from.Properties.TryGetValue(p.Key, out var before) || before != p.Value)
            .ToDictionary(StringComparer.Ordinal);
    }

    public JsonArray Requirements
    {
        get
        {
            var required = new JsonArray { new JsonObject { ["type"] = "assert-table-uuid", ["uuid"] = _from.TableUuid } };
            foreach (var name in RequiredRefs)
            {
                required.Add(new JsonObject
                {
                    ["type"] = "assert-ref-snapshot-id",
                    ["ref"] = name,
                    ["snapshot-id"] = SnapshotOf(_from, name),
                });
            }

            if (_from.CurrentSchemaId != _to.CurrentSchemaId)
            {
                required.Add(new JsonObject { ["type"] = "assert-current-schema-id", ["current-schema-id"] = _from.CurrentSchemaId });
                required.Add(new JsonObject
                {
                    ["type"] = "assert-last-assigned-field-id",
                    ["last-assigned-field-id"] = _from.LastColumnId,
                });
            }

            return required;
        }
    }

    public JsonArray Updates
    {
        get
        {
            var updates = new JsonArray();
            AddSchema(updates);
            AddProperties(updates);
            foreach (var snapshot in _to.Snapshots.Where(s => _added.Contains(s.Id)))
            {
                updates.Add(new JsonObject { ["action"] = "add-snapshot", ["snapshot"] = TableMetadataJson.Snapshot(snapshot) });
            }

            foreach (var name in _moved)
            {
                var update = TableMetadataJson.Ref(_to.Refs[name]);
                update["action"] = "set-snapshot-ref";
                update["ref-name"] = name;
                updates.Add(update);
            }

            foreach (var name in _removed)
            {
                updates.Add(new JsonObject { ["action"] = "remove-snapshot-ref", ["ref-name"] = name });
            }

            var gone = _from.Snapshots.Select(static s => s.Id).Except(_to.Snapshots.Select(static s => s.Id)).ToList();
            if (gone.Count > 0)
            {
                updates.Add(new JsonObject
                {
                    ["action"] = "remove-snapshots",
                    ["snapshot-ids"] = new JsonArray([.. gone.Select(static id => (JsonNode?)JsonValue.Create(id))]),
                });
            }

            return updates;
        }
    }

    /// <summary>Whether a table has the commit. One with snapshots is known by their ids, whatever came after it.</summary>
    public bool IsIn(TableMetadata table) => _added.Count > 0
        ? _added.TrueForAll(id => table.Snapshots.Any(s => s.Id == id))
        : _moved.TrueForAll(name => table.Refs.TryGetValue(name, out var found) && found.SnapshotId == _to.Refs[name].SnapshotId)
            && _removed.TrueForAll(name => !table.Refs.ContainsKey(name))
            && _properties.All(p => table.Properties.GetValueOrDefault(p.Key) == p.Value)
            && table.Schema.IsSameAs(_to.Schema);

    /// <summary>Whether a table fulfils the requirements: a commit that is under way may still be done.</summary>
    public bool CanBeDone(TableMetadata table) =>
        table.TableUuid == _from.TableUuid
        && RequiredRefs.All(name => SnapshotOf(table, name) == SnapshotOf(_from, name))
        && (_from.CurrentSchemaId == _to.CurrentSchemaId
            || (table.CurrentSchemaId == _from.CurrentSchemaId && table.LastColumnId == _from.LastColumnId));

    private IEnumerable<string> RequiredRefs => _from.Refs.Where(static r => !r.Value.IsTag).Select(static r => r.Key)
        .Concat(_moved).Concat(_removed).Distinct().Order(StringComparer.Ordinal);

    private static long? SnapshotOf(TableMetadata table, string name) =>
        table.Refs.TryGetValue(name, out var found) ? found.SnapshotId : null;

    private void AddSchema(JsonArray updates)
    {
        if (_from.CurrentSchemaId == _to.CurrentSchemaId)
        {
            return;
        }

        var isNew = _from.Schemas.All(s => s.Id != _to.CurrentSchemaId);
        if (isNew)
        {
            updates.Add(new JsonObject
            {
                ["action"] = "add-schema",
                ["schema"] = SchemaJson.Write(_to.Schema),
                ["last-column-id"] = _to.LastColumnId,
            });
        }

        updates.Add(new JsonObject { ["action"] = "set-current-schema", ["schema-id"] = isNew ? LastAdded : _to.CurrentSchemaId });
    }

    private void AddProperties(JsonArray updates)
    {
        if (_properties.Count > 0)
        {
            updates.Add(new JsonObject
            {
                ["action"] = "set-properties",
                ["updates"] = new JsonObject(
                    _properties.Select(static p => KeyValuePair.Create(p.Key, (JsonNode?)JsonValue.Create(p.Value)))),
            });
        }

        var gone = _from.Properties.Keys.Except(_to.Properties.Keys).ToList();
        if (gone.Count > 0)
        {
            updates.Add(new JsonObject
            {
                ["action"] = "remove-properties",
                ["removals"] = new JsonArray([.. gone.Select(static p => (JsonNode?)JsonValue.Create(p))]),
            });
        }
    }
}
