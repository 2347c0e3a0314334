using Aurum.Store.Avro;

namespace Aurum.Cluster.Registry;

/// <summary>The named types that a schema defines or uses.</summary>
internal static class NamedTypes
{
    public static IReadOnlyDictionary<string, AvroType> Of(AvroType type)
    {
        var found = new Dictionary<string, AvroType>(StringComparer.Ordinal);
        Add(type, found);
        return found;
    }

    private static void Add(AvroType type, Dictionary<string, AvroType> found)
    {
        if (type.IsNamed && !found.TryAdd(type.FullName, type))
        {
            return;
        }

        foreach (var field in type.Fields)
        {
            Add(field.Type, found);
        }

        foreach (var branch in type.Branches)
        {
            Add(branch, found);
        }

        if (type.Items is { } items)
        {
            Add(items, found);
        }
    }
}
