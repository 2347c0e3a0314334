using System.Numerics;

namespace Aurum.Store.Avro;

/// <summary>Decimals as Avro keeps them: the number without its point, two's complement, big-endian, in bytes or a fixed type.</summary>
/// <remarks>Source: "Decimal" under "Logical Types" in the Avro specification 1.11.</remarks>
public static class AvroDecimal
{
    /// <summary>Digits after the point that a decimal of .NET can have.</summary>
    private const int MaxScale = 28;

    /// <exception cref="ArgumentException">The type is no decimal, or the value does not fit into it.</exception>
    public static byte[] Encode(AvroType type, decimal value)
    {
        var (precision, scale) = FormOf(type);
        var unscaled = Unscaled(value, scale);
        if (BigInteger.Abs(unscaled) >= BigInteger.Pow(10, precision))
        {
            throw new ArgumentException($"expected at most {precision} digits with {scale} decimals, found {value}", nameof(value));
        }

        var bytes = unscaled.ToByteArray(isBigEndian: true);
        if (type.Kind == AvroKind.Bytes)
        {
            return bytes;
        }

        if (bytes.Length > type.SizeBytes)
        {
            throw new ArgumentException($"expected a number of at most {type.SizeBytes} bytes, found {value}", nameof(value));
        }

        var whole = new byte[type.SizeBytes];
        whole.AsSpan().Fill(unscaled.Sign < 0 ? byte.MaxValue : (byte)0);
        bytes.CopyTo(whole.AsSpan(whole.Length - bytes.Length));
        return whole;
    }

    /// <exception cref="ArgumentException">The type is no decimal.</exception>
    /// <exception cref="FormatException">The number is larger than a decimal of .NET.</exception>
    public static decimal Decode(AvroType type, ReadOnlySpan<byte> bytes)
    {
        var (precision, scale) = FormOf(type);
        return TryDecode(type, bytes, out var value)
            ? value
            : throw new FormatException($"expected a number of at most 28 digits, found one of {precision} with {scale} decimals");
    }

    /// <summary>Decodes a number unless it is larger, or has more decimals, than a decimal of .NET.</summary>
    /// <exception cref="ArgumentException">The type is no decimal.</exception>
    public static bool TryDecode(AvroType type, ReadOnlySpan<byte> bytes, out decimal value)
    {
        var (_, scale) = FormOf(type);
        var unscaled = new BigInteger(bytes, isBigEndian: true);
        value = default;
        if (scale > MaxScale || BigInteger.Abs(unscaled) > new BigInteger(decimal.MaxValue))
        {
            return false;
        }

        var power = decimal.One;
        for (var i = 0; i < scale; i++)
        {
            power *= 10;
        }

        value = (decimal)unscaled / power;
        return true;
    }

    private static (int Precision, int Scale) FormOf(AvroType type) =>
        type.Decimal ?? throw new ArgumentException($"expected an Avro decimal, found {type}", nameof(type));

    /// <summary>The value times ten to the scale, exactly.</summary>
    private static BigInteger Unscaled(decimal value, int scale)
    {
        Span<int> parts = stackalloc int[4];
        decimal.GetBits(value, parts);
        var digits = (parts[3] >> 16) & 0xFF;
        var magnitude = (new BigInteger((uint)parts[2]) << 64) | (new BigInteger((uint)parts[1]) << 32) | (uint)parts[0];
        var signed = parts[3] < 0 ? -magnitude : magnitude;
        if (digits <= scale)
        {
            return signed * BigInteger.Pow(10, scale - digits);
        }

        var whole = BigInteger.DivRem(signed, BigInteger.Pow(10, digits - scale), out var rest);
        return rest.IsZero ? whole : throw new ArgumentException($"expected at most {scale} decimals, found {value}", nameof(value));
    }
}
