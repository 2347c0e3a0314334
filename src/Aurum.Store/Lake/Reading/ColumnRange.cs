using System.Globalization;
using System.Numerics;
using Aurum.Store.Lake.Manifests;
using Aurum.Store.Lake.Metadata;
using Aurum.Store.Sql;

namespace Aurum.Store.Lake.Reading;

/// <summary>Rows whose column lies between two values, both included: days for a date, microseconds for a time, text, numbers.</summary>
/// <param name="Column">Column.</param>
/// <param name="Low">Lowest value; null: no limit.</param>
/// <param name="High">Highest value; null: no limit.</param>
public sealed record ColumnRange(string Column, IComparable? Low, IComparable? High)
{
    public static ColumnRange Equal(string column, IComparable value) => new(column, value, value);

    /// <summary>Whether a file can have such rows, by its partition and bounds. It may say yes where there are none, never no where
    /// there are.</summary>
    internal bool MayMatch(DataFile file, PartitionSpec spec, LakeSchema schema)
    {
        var field = schema.Field(Column);
        return MatchesPartition(file, spec, field) && MatchesBounds(file, field);
    }

    internal string Sql(LakeSchema schema)
    {
        var field = schema.Field(Column);
        var name = SqlText.Name(Column);
        var conditions = new List<string>();
        if (Low is not null)
        {
            conditions.Add($"{name} >= {Literal(field.Type, Low)}");
        }

        if (High is not null)
        {
            conditions.Add($"{name} <= {Literal(field.Type, High)}");
        }

        return conditions.Count == 0 ? "true" : string.Join(" AND ", conditions);
    }

    /// <summary>A value in SQL.</summary>
    internal static string Literal(LakeType type, IComparable value) => type.Kind switch
    {
        LakeKind.String => SqlText.Text((string)value),
        LakeKind.Boolean => (bool)value ? "true" : "false",
        LakeKind.Date => string.Create(CultureInfo.InvariantCulture, $"(DATE '1970-01-01' + {(int)value})"),
        LakeKind.TimestampTz => string.Create(CultureInfo.InvariantCulture, $"make_timestamptz({(long)value})"),
        LakeKind.Timestamp => string.Create(CultureInfo.InvariantCulture, $"make_timestamp({(long)value})"),
        LakeKind.Double or LakeKind.Float => string.Create(
            CultureInfo.InvariantCulture, $"CAST('{Convert.ToDouble(value, CultureInfo.InvariantCulture):R}' AS DOUBLE)"),
        LakeKind.Decimal => string.Create(
            CultureInfo.InvariantCulture, $"CAST({(BigInteger)value} / {BigInteger.Pow(10, type.Scale)} AS {type.Sql})"),
        _ => Convert.ToInt64(value, CultureInfo.InvariantCulture).ToString(CultureInfo.InvariantCulture),
    };

    private bool MatchesPartition(DataFile file, PartitionSpec spec, LakeField field)
    {
        for (var i = 0; i < spec.Fields.Count; i++)
        {
            var partition = spec.Fields[i];
            if (partition.SourceId == field.Id && file.Partition[i] is { } value
                && ((Low is not null && SingleValue.Compare(value, partition.Apply(field.Type, Low)) < 0)
                    || (High is not null && SingleValue.Compare(value, partition.Apply(field.Type, High)) > 0)))
            {
                return false;
            }
        }

        return true;
    }

    private bool MatchesBounds(DataFile file, LakeField field)
    {
        if (file.NullCounts.TryGetValue(field.Id, out var nulls) && nulls == file.Rows && (Low ?? High) is not null)
        {
            return false;
        }

        return !(Low is not null && file.UpperBounds.TryGetValue(field.Id, out var upper)
                && SingleValue.Compare(SingleValue.Decode(field.Type, upper), Low) < 0)
            && !(High is not null && file.LowerBounds.TryGetValue(field.Id, out var lower)
                && SingleValue.Compare(SingleValue.Decode(field.Type, lower), High) > 0);
    }
}
