using System.Buffers;
using System.Buffers.Text;

namespace Aurum.Cluster.Redis.Wire;

/// <summary>Writes commands as the arrays of texts that servers take.</summary>
internal static class RespWriter
{
    /// <summary>Bytes of a head at most: type, digits, CR LF.</summary>
    private const int HeadBytes = 14;

    /// <summary>Writes a command.</summary>
    /// <returns>Its bytes.</returns>
    public static int Write(IBufferWriter<byte> to, ReadOnlySpan<RedisArgument> command)
    {
        var most = HeadBytes;
        foreach (ref readonly var argument in command)
        {
            most += HeadBytes + argument.MostBytes + 2;
        }

        var span = to.GetSpan(most);
        var at = WriteHead(span, (byte)'*', command.Length);
        foreach (ref readonly var argument in command)
        {
            at += WriteText(span[at..], in argument);
        }

        to.Advance(at);
        return at;
    }

    private static int WriteText(Span<byte> to, in RedisArgument argument)
    {
        // Its length stands before it and is known behind it only: where the most bytes have as many digits as there are, it fits.
        var head = WriteHead(to, (byte)'$', argument.MostBytes);
        var length = argument.Write(to[head..]);
        var found = Digits(length) + 3;
        if (found != head)
        {
            to.Slice(head, length).CopyTo(to[found..]);
        }

        head = WriteHead(to, (byte)'$', length);
        "\r\n"u8.CopyTo(to[(head + length)..]);
        return head + length + 2;
    }

    private static int WriteHead(Span<byte> to, byte mark, int number)
    {
        to[0] = mark;
        Utf8Formatter.TryFormat(number, to[1..], out var digits);
        "\r\n"u8.CopyTo(to[(digits + 1)..]);
        return digits + 3;
    }

    private static int Digits(int number)
    {
        var digits = 1;
        for (; number >= 10; number /= 10)
        {
            digits++;
        }

        return digits;
    }
}
