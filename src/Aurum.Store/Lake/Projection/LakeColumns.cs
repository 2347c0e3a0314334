using Aurum.Store.Lake.Metadata;

namespace Aurum.Store.Lake.Projection;

/// <summary>Columns of a table in the order of their field ids, written as name, type and meaning.</summary>
internal static class LakeColumns
{
    /// <param name="keys">Names of columns that are never null.</param>
    /// <param name="columns">Columns.</param>
    public static IReadOnlyList<LakeField> Of(
        IReadOnlyList<string> keys, params IReadOnlyList<(string Name, LakeType Type, string Doc)> columns) =>
        [.. columns.Select((c, i) => new LakeField(i + 1, c.Name, c.Type, keys.Contains(c.Name), c.Doc))];
}
