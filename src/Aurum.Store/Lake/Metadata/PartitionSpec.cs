using Aurum.Store.Sql;

namespace Aurum.Store.Lake.Metadata;

/// <summary>How a partition's value comes from a column's.</summary>
public enum Transform
{
    Identity,
    Day,
    Month,
}

/// <summary>A field of a partition spec.</summary>
/// <param name="SourceId">Field id of the column.</param>
/// <param name="FieldId">Its own id, from 1,000.</param>
/// <param name="Name">Name.</param>
/// <param name="Transform">How its value comes from the column's.</param>
public sealed record PartitionField(int SourceId, int FieldId, string Name, Transform Transform)
{
    /// <summary>The value in SQL: a text, a whole number, or days or months since 1970-01-01.</summary>
    internal string Sql(LakeSchema schema)
    {
        var source = schema.Field(SourceId);
        var column = SqlText.Name(source.Name);
        var date = source.Type.Kind switch
        {
            LakeKind.Date => column,
            LakeKind.TimestampTz => $"CAST({column} AT TIME ZONE 'UTC' AS DATE)",
            LakeKind.Timestamp => $"CAST({column} AS DATE)",
            _ => null,
        };
        return (Transform, source.Type.Kind) switch
        {
            (Transform.Identity, LakeKind.String or LakeKind.Int or LakeKind.Long) => column,
            (Transform.Identity, LakeKind.Date) or (Transform.Day, _) when date is not null =>
                $"CAST(date_diff('day', DATE '1970-01-01', {date}) AS INTEGER)",
            (Transform.Month, _) when date is not null => $"CAST(date_diff('month', DATE '1970-01-01', {date}) AS INTEGER)",
            _ => throw new LakeException($"column {source.Name} of type {source.Type} cannot be partitioned by {Transform}"),
        };
    }

    /// <summary>The type of its values.</summary>
    internal LakeType ResultType(LakeSchema schema) => Transform switch
    {
        Transform.Identity => schema.Field(SourceId).Type,
        Transform.Day => LakeType.Date,
        _ => LakeType.Int,
    };

    /// <summary>The partition value of a column's value, for comparing: the order of values is kept.</summary>
    internal IComparable Apply(LakeType source, IComparable value) => Transform == Transform.Identity
        ? value
        : DateTransforms.Apply(Transform, source, value);
}

/// <summary>How rows are spread over files: all rows of a file share their partition's values.</summary>
/// <param name="Id">Spec id, from 0.</param>
/// <param name="Fields">None: the table is not partitioned.</param>
public sealed record PartitionSpec(int Id, IReadOnlyList<PartitionField> Fields)
{
    /// <summary>Id before the first partition field's.</summary>
    internal const int LastUnusedFieldId = 999;
}
