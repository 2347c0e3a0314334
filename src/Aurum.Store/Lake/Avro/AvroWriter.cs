using System.Buffers.Binary;
using System.Text;

namespace Aurum.Store.Lake.Avro;

/// <summary>Writes values in Avro's binary form.</summary>
/// <remarks>Values are bool, int, long, float, double, byte[], string, <see cref="AvroRecord"/>, a list of values, or
/// null where the type is optional.</remarks>
internal static class AvroWriter
{
    /// <exception cref="InvalidOperationException">A value that is not of its type: a mistake of the caller.</exception>
    public static void Write(Stream output, AvroType type, object? value)
    {
        switch (type.Kind, value)
        {
            case (AvroKind.Union, _):
                WriteUnion(output, type, value);
                break;
            case (AvroKind.Null, null):
                break;
            case (AvroKind.Boolean, bool flag):
                output.WriteByte(flag ? (byte)1 : (byte)0);
                break;
            case (AvroKind.Int, int number):
                WriteLong(output, number);
                break;
            case (AvroKind.Long, long number):
                WriteLong(output, number);
                break;
            case (AvroKind.Float, float number):
                Span<byte> single = stackalloc byte[sizeof(float)];
                BinaryPrimitives.WriteSingleLittleEndian(single, number);
                output.Write(single);
                break;
            case (AvroKind.Double, double number):
                Span<byte> wide = stackalloc byte[sizeof(double)];
                BinaryPrimitives.WriteDoubleLittleEndian(wide, number);
                output.Write(wide);
                break;
            case (AvroKind.String, string text):
                WriteBytes(output, Encoding.UTF8.GetBytes(text));
                break;
            case (AvroKind.Bytes, byte[] bytes):
                WriteBytes(output, bytes);
                break;
            case (AvroKind.Fixed, byte[] bytes) when bytes.Length == type.SizeBytes:
                output.Write(bytes);
                break;
            case (AvroKind.Record, AvroRecord record):
                foreach (var field in type.Fields)
                {
                    Write(output, field.Type, record[field.Id]);
                }

                break;
            case (AvroKind.Array, IReadOnlyCollection<object?> items):
                WriteArray(output, type.Items!, items);
                break;
            default:
                throw new InvalidOperationException($"an Avro {type.Kind} {type.Name} cannot be {value ?? "null"}");
        }
    }

    public static void WriteLong(Stream output, long value)
    {
        var zigzag = (ulong)((value << 1) ^ (value >> 63));
        while (zigzag >= 0x80)
        {
            output.WriteByte((byte)(zigzag | 0x80));
            zigzag >>= 7;
        }

        output.WriteByte((byte)zigzag);
    }

    public static void WriteBytes(Stream output, ReadOnlySpan<byte> bytes)
    {
        WriteLong(output, bytes.Length);
        output.Write(bytes);
    }

    private static void WriteUnion(Stream output, AvroType type, object? value)
    {
        var nulls = type.Branches[0].Kind == AvroKind.Null ? 0 : 1;
        WriteLong(output, value is null ? nulls : 1 - nulls);
        if (value is not null)
        {
            Write(output, type.Branches[1 - nulls], value);
        }
    }

    private static void WriteArray(Stream output, AvroType items, IReadOnlyCollection<object?> values)
    {
        if (values.Count > 0)
        {
            WriteLong(output, values.Count);
            foreach (var value in values)
            {
                Write(output, items, value);
            }
        }

        WriteLong(output, 0);
    }
}
