using System.Diagnostics.CodeAnalysis;
using System.Numerics;
using System.Runtime.InteropServices;

namespace Aurum.Market.Feeds;

/// <summary>Finds the one object for a piece of UTF-8 text without making a string: names of
/// places and fuels in a file's rows.</summary>
/// <param name="limit">Distinct texts that are accepted; a file with more is not what it says it is.</param>
public sealed class Utf8Table<T>(int limit = Utf8Table<T>.DefaultLimit)
    where T : class
{
    public const int DefaultLimit = 1_000_000;

    private readonly Dictionary<byte[], T> _values = new(Utf8Comparer.Instance);

    public int Count => _values.Count;

    public IEnumerable<T> Values => _values.Values;

    public bool TryGet(ReadOnlySpan<byte> text, [MaybeNullWhen(false)] out T value) =>
        _values.GetAlternateLookup<ReadOnlySpan<byte>>().TryGetValue(text, out value);

    /// <exception cref="InvalidDataException">More distinct texts than the limit.</exception>
    public void Add(ReadOnlySpan<byte> text, T value)
    {
        if (_values.Count >= limit)
        {
            throw new InvalidDataException($"more than {limit} distinct names in one file");
        }

        _values.Add(text.ToArray(), value);
    }

    private sealed class Utf8Comparer : IEqualityComparer<byte[]>, IAlternateEqualityComparer<ReadOnlySpan<byte>, byte[]>
    {
        public static readonly Utf8Comparer Instance = new();

        public bool Equals(byte[]? x, byte[]? y) => x.AsSpan().SequenceEqual(y);

        public int GetHashCode(byte[] obj) => GetHashCode(obj.AsSpan());

        public bool Equals(ReadOnlySpan<byte> alternate, byte[] other) => alternate.SequenceEqual(other);

        public byte[] Create(ReadOnlySpan<byte> alternate) => alternate.ToArray();

        public int GetHashCode(ReadOnlySpan<byte> text)
        {
            const ulong Prime = 0x9E3779B97F4A7C15;
            var hash = (ulong)text.Length * Prime;
            while (text.Length >= 8)
            {
                hash = BitOperations.RotateLeft(hash ^ MemoryMarshal.Read<ulong>(text), 29) * Prime;
                text = text[8..];
            }

            foreach (var b in text)
            {
                hash = (hash ^ b) * Prime;
            }

            return (int)(hash >> 32) ^ (int)hash;
        }
    }
}
