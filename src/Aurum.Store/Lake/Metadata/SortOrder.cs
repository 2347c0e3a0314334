using Aurum.Store.Sql;

namespace Aurum.Store.Lake.Metadata;

/// <summary>The order of rows inside of a file: ascending, nulls first.</summary>
/// <param name="Id">Order id; 0: no order.</param>
/// <param name="SourceIds">Field ids of the columns.</param>
public sealed record SortOrder(int Id, IReadOnlyList<int> SourceIds)
{
    internal string Sql(LakeSchema schema) => SourceIds.Count == 0
        ? ""
        : " ORDER BY " + string.Join(", ", SourceIds.Select(id => SqlText.Name(schema.Field(id).Name) + " NULLS FIRST"));
}
