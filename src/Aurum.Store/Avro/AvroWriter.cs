namespace Aurum.Store.Avro;

/// <summary>Writes values in Avro's binary form, as they are described at <see cref="AvroRecord"/>.</summary>
public static class AvroWriter
{
    /// <exception cref="InvalidOperationException">A value that is not of its type: a mistake of the caller.</exception>
    public static void Write(AvroBuffer output, AvroType type, object? value)
    {
        switch (type.Kind, value)
        {
            case (AvroKind.Union, _):
                var branch = BranchOf(type, value);
                output.WriteLong(branch);
                Write(output, type.Branches[branch], value);
                break;
            case (AvroKind.Null, null):
                break;
            case (AvroKind.Boolean, bool flag):
                output.WriteByte(flag ? (byte)1 : (byte)0);
                break;
            case (AvroKind.Int, int number):
                output.WriteLong(number);
                break;
            case (AvroKind.Long, long number):
                output.WriteLong(number);
                break;
            case (AvroKind.Float, float number):
                output.WriteFloat(number);
                break;
            case (AvroKind.Double, double number):
                output.WriteDouble(number);
                break;
            case (AvroKind.String, string text):
                output.WriteText(text);
                break;
            case (AvroKind.Bytes, byte[] bytes):
                output.WriteBytes(bytes);
                break;
            case (AvroKind.Fixed, byte[] bytes) when bytes.Length == type.SizeBytes:
                output.WriteRaw(bytes);
                break;
            case (AvroKind.Enum, string symbol) when IndexOf(type.Symbols, symbol) is var index and >= 0:
                output.WriteLong(index);
                break;
            case (AvroKind.Record, AvroRecord record):
                WriteRecord(output, type, record);
                break;
            case (AvroKind.Array, IReadOnlyCollection<object?> items):
                WriteArray(output, type.Items!, items);
                break;
            case (AvroKind.Map, IReadOnlyDictionary<string, object?> entries):
                WriteMap(output, type.Items!, entries);
                break;
            default:
                throw new InvalidOperationException($"an Avro {type} cannot be {value ?? "null"}");
        }
    }

    private static void WriteRecord(AvroBuffer output, AvroType type, AvroRecord record)
    {
        foreach (var field in type.Fields)
        {
            Write(output, field.Type, record[field.Key]);
        }
    }

    /// <summary>The first branch that the value can be of.</summary>
    private static int BranchOf(AvroType union, object? value)
    {
        for (var i = 0; i < union.Branches.Count; i++)
        {
            if (Fits(union.Branches[i], value))
            {
                return i;
            }
        }

        throw new InvalidOperationException($"an Avro {union} cannot be {value ?? "null"}");
    }

    private static bool Fits(AvroType type, object? value) => type.Kind switch
    {
        AvroKind.Null => value is null,
        AvroKind.Boolean => value is bool,
        AvroKind.Int => value is int,
        AvroKind.Long => value is long,
        AvroKind.Float => value is float,
        AvroKind.Double => value is double,
        AvroKind.String => value is string,
        AvroKind.Bytes => value is byte[],
        AvroKind.Fixed => value is byte[] bytes && bytes.Length == type.SizeBytes,
        AvroKind.Enum => value is string symbol && IndexOf(type.Symbols, symbol) >= 0,
        AvroKind.Record => value is AvroRecord record && (record.Type is null || record.Type.FullName == type.FullName),
        AvroKind.Array => value is IReadOnlyCollection<object?>,
        AvroKind.Map => value is IReadOnlyDictionary<string, object?>,
        _ => false,
    };

    private static int IndexOf(IReadOnlyList<string> symbols, string symbol)
    {
        for (var i = 0; i < symbols.Count; i++)
        {
            if (symbols[i] == symbol)
            {
                return i;
            }
        }

        return -1;
    }

    private static void WriteArray(AvroBuffer output, AvroType items, IReadOnlyCollection<object?> values)
    {
        if (values.Count > 0)
        {
            output.WriteLong(values.Count);
            foreach (var value in values)
            {
                Write(output, items, value);
            }
        }

        output.WriteLong(0);
    }

    private static void WriteMap(AvroBuffer output, AvroType values, IReadOnlyDictionary<string, object?> entries)
    {
        if (entries.Count > 0)
        {
            output.WriteLong(entries.Count);
            foreach (var (key, value) in entries)
            {
                output.WriteText(key);
                Write(output, values, value);
            }
        }

        output.WriteLong(0);
    }
}
