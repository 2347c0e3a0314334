using System.Buffers.Binary;
using System.Numerics;
using System.Text;
using Aurum.Store.Lake.Metadata;

namespace Aurum.Store.Lake.Manifests;

/// <summary>One value as manifests hold bounds: bool, int (also days), long (also microseconds), float, double, string, or the unscaled
/// <see cref="BigInteger"/> of a decimal.</summary>
/// <remarks>Source: "Binary single-value serialization" in appendix D of the Iceberg table specification.</remarks>
internal static class SingleValue
{
    /// <summary>Characters of a text that a bound keeps.</summary>
    public const int BoundCharacters = 16;

    public static byte[] Encode(LakeType type, IComparable value)
    {
        switch (type.Kind)
        {
            case LakeKind.Boolean:
                return [(bool)value ? (byte)1 : (byte)0];
            case LakeKind.Int or LakeKind.Date:
                return BitConverter.GetBytes((int)value);
            case LakeKind.Long or LakeKind.Timestamp or LakeKind.TimestampTz:
                return BitConverter.GetBytes((long)value);
            case LakeKind.Float:
                return BitConverter.GetBytes((float)value);
            case LakeKind.Double:
                return BitConverter.GetBytes((double)value);
            case LakeKind.Decimal:
                return ((BigInteger)value).ToByteArray(isBigEndian: true);
            case LakeKind.String:
                return Encoding.UTF8.GetBytes((string)value);
            default:
                throw new InvalidOperationException($"a {type} has no single value");
        }
    }

    /// <summary>The counterpart; also of what was written before its column was widened.</summary>
    /// <exception cref="FormatException">Not a value of the type.</exception>
    public static IComparable Decode(LakeType type, ReadOnlySpan<byte> bytes)
    {
        switch (type.Kind, bytes.Length)
        {
            case (LakeKind.Boolean, 1):
                return bytes[0] != 0;
            case (LakeKind.Int or LakeKind.Date, sizeof(int)):
                return BinaryPrimitives.ReadInt32LittleEndian(bytes);
            case (LakeKind.Long, sizeof(int)):
                return (long)BinaryPrimitives.ReadInt32LittleEndian(bytes);
            case (LakeKind.Long or LakeKind.Timestamp or LakeKind.TimestampTz, sizeof(long)):
                return BinaryPrimitives.ReadInt64LittleEndian(bytes);
            case (LakeKind.Float, sizeof(float)):
                return BinaryPrimitives.ReadSingleLittleEndian(bytes);
            case (LakeKind.Double, sizeof(float)):
                return (double)BinaryPrimitives.ReadSingleLittleEndian(bytes);
            case (LakeKind.Double, sizeof(double)):
                return BinaryPrimitives.ReadDoubleLittleEndian(bytes);
            case (LakeKind.Decimal, > 0):
                return new BigInteger(bytes, isBigEndian: true);
            case (LakeKind.String, _):
                return Encoding.UTF8.GetString(bytes);
            default:
                throw new FormatException($"expected a {type}, found {bytes.Length} bytes");
        }
    }

    /// <summary>Order of two values of a type; texts by their UTF-8 bytes.</summary>
    public static int Compare(IComparable left, IComparable right) => left is string a && right is string b
        ? Encoding.UTF8.GetBytes(a).AsSpan().SequenceCompareTo(Encoding.UTF8.GetBytes(b))
        : left.CompareTo(right);

    /// <summary>A text that is not above the given one, and short.</summary>
    public static string LowerBound(string text)
    {
        var end = EndOf(text, BoundCharacters);
        return text[..end];
    }

    /// <summary>A text that is not below any that begins like the given one, and short; null: there is none.</summary>
    public static string? UpperBound(string text)
    {
        var end = EndOf(text, BoundCharacters);
        if (end == text.Length)
        {
            return text;
        }

        var runes = text[..end].EnumerateRunes().ToList();
        for (var last = runes.Count - 1; last >= 0; last--)
        {
            if (Next(runes[last]) is { } next)
            {
                return string.Concat(runes.Take(last).Append(next).Select(r => r.ToString()));
            }
        }

        return null;
    }

    private static int EndOf(string text, int characters)
    {
        var end = 0;
        foreach (var rune in text.EnumerateRunes())
        {
            if (characters-- == 0)
            {
                break;
            }

            end += rune.Utf16SequenceLength;
        }

        return end;
    }

    private static Rune? Next(Rune rune)
    {
        const int BeforeSurrogates = 0xD7FF;
        const int AfterSurrogates = 0xE000;
        const int Last = 0x10FFFF;
        return rune.Value switch
        {
            Last => null,
            BeforeSurrogates => new Rune(AfterSurrogates),
            var value => new Rune(value + 1),
        };
    }
}
