namespace Aurum.Store.Lake.Metadata;

/// <summary>Changes of a table's columns. Each gives the columns after it; ids stay, so that old files are still read right.</summary>
public static class SchemaChange
{
    /// <summary>Adds a column at the end; rows that are there have null in it.</summary>
    public static Func<TableMetadata, LakeSchema> Add(string name, LakeType type, string doc = "") => table =>
        table.Schema.Fields.Any(f => f.Name == name)
            ? throw new LakeException($"{table.Location}: a column {name} is already there")
            : table.Schema with { Fields = [.. table.Schema.Fields, new LakeField(table.LastColumnId + 1, name, type, false, doc)] };

    public static Func<TableMetadata, LakeSchema> Rename(string name, string to) => table =>
        table.Schema.Fields.Any(f => f.Name == to)
            ? throw new LakeException($"{table.Location}: a column {to} is already there")
            : Replace(table.Schema, table.Schema.Field(name), f => f with { Name = to });

    /// <summary>Int to long, float to double, or a decimal to more digits.</summary>
    public static Func<TableMetadata, LakeSchema> Widen(string name, LakeType type) => table =>
    {
        var field = table.Schema.Field(name);
        return field.Type.WidensTo(type)
            ? Replace(table.Schema, field, f => f with { Type = type })
            : throw new LakeException($"{table.Location}: column {name} of type {field.Type} cannot become {type}");
    };

    /// <summary>Drops a column that neither key, partition nor order needs.</summary>
    public static Func<TableMetadata, LakeSchema> Drop(string name) => table =>
    {
        var field = table.Schema.Field(name);
        return table.Schema.KeyIds.Contains(field.Id) || table.Specs.Any(s => s.Fields.Any(f => f.SourceId == field.Id))
            || table.SortOrders.Any(s => s.SourceIds.Contains(field.Id))
                ? throw new LakeException($"{table.Location}: column {name} is part of the key, the partitions or the order")
                : table.Schema with { Fields = [.. table.Schema.Fields.Where(f => f != field)] };
    };

    private static LakeSchema Replace(LakeSchema schema, LakeField field, Func<LakeField, LakeField> change) =>
        schema with { Fields = [.. schema.Fields.Select(f => f == field ? change(f) : f)] };
}
