using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace Aurum.Store.Avro;

/// <summary>What of a schema decides how data is read: the Parsing Canonical Form, and its fingerprints.</summary>
/// <remarks>Source: "Parsing Canonical Form for Schemas" and "Schema Fingerprints" in the Avro specification 1.11. Documentation, defaults,
/// aliases and logical types are no part of it.</remarks>
public static class AvroCanonicalForm
{
    private const ulong Empty = 0xc15d213aa4d7a795;

    private static readonly ulong[] Table = MakeTable();

    public static string Of(AvroType type)
    {
        var text = new StringBuilder();
        Append(text, type, new HashSet<string>(StringComparer.Ordinal));
        return text.ToString();
    }

    /// <summary>CRC-64-AVRO of the canonical form.</summary>
    public static ulong Fingerprint(AvroType type)
    {
        var sum = Empty;
        foreach (var part in Encoding.UTF8.GetBytes(Of(type)))
        {
            sum = (sum >> 8) ^ Table[(byte)(sum ^ part)];
        }

        return sum;
    }

    /// <summary>The 8 bytes that stand before data in Avro's single-object encoding, after its marker.</summary>
    public static byte[] FingerprintBytes(AvroType type)
    {
        var bytes = new byte[sizeof(ulong)];
        BinaryPrimitives.WriteUInt64LittleEndian(bytes, Fingerprint(type));
        return bytes;
    }

    /// <summary>SHA-256 of the canonical form, 64 hex digits.</summary>
    public static string Sha256(AvroType type) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(Of(type))));

    private static void Append(StringBuilder text, AvroType type, HashSet<string> written)
    {
        if (type.IsNamed && !written.Add(type.FullName))
        {
            text.Append('"').Append(type.FullName).Append('"');
            return;
        }

        switch (type.Kind)
        {
            case AvroKind.Union:
                text.Append('[');
                AppendAll(text, type.Branches, (t, branch) => Append(t, branch, written));
                text.Append(']');
                break;
            case AvroKind.Record:
                Named(text, type, "record").Append(",\"fields\":[");
                AppendAll(text, type.Fields, (t, field) =>
                {
                    t.Append("{\"name\":\"").Append(field.Name).Append("\",\"type\":");
                    Append(t, field.Type, written);
                    t.Append('}');
                });
                text.Append("]}");
                break;
            case AvroKind.Enum:
                Named(text, type, "enum").Append(",\"symbols\":[");
                AppendAll(text, type.Symbols, static (t, symbol) => t.Append('"').Append(symbol).Append('"'));
                text.Append("]}");
                break;
            case AvroKind.Fixed:
                Named(text, type, "fixed").Append(",\"size\":").Append(type.SizeBytes).Append('}');
                break;
            case AvroKind.Array or AvroKind.Map:
                text.Append(type.Kind == AvroKind.Array ? "{\"type\":\"array\",\"items\":" : "{\"type\":\"map\",\"values\":");
                Append(text, type.Items!, written);
                text.Append('}');
                break;
            default:
                text.Append('"').Append(AvroType.KindName(type.Kind)).Append('"');
                break;
        }
    }

    private static StringBuilder Named(StringBuilder text, AvroType type, string kind) =>
        text.Append("{\"name\":\"").Append(type.FullName).Append("\",\"type\":\"").Append(kind).Append('"');

    private static void AppendAll<T>(StringBuilder text, IReadOnlyList<T> items, Action<StringBuilder, T> append)
    {
        for (var i = 0; i < items.Count; i++)
        {
            if (i > 0)
            {
                text.Append(',');
            }

            append(text, items[i]);
        }
    }

    private static ulong[] MakeTable()
    {
        var table = new ulong[256];
        for (var i = 0; i < table.Length; i++)
        {
            var sum = (ulong)i;
            for (var bit = 0; bit < 8; bit++)
            {
                sum = (sum >> 1) ^ (Empty & (0UL - (sum & 1)));
            }

            table[i] = sum;
        }

        return table;
    }
}
