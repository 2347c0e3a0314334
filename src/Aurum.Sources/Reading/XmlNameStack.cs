namespace Aurum.Sources.Reading;

/// <summary>The names of the elements that are open, innermost last, in one array.</summary>
internal sealed class XmlNameStack(int maxDepth)
{
    private readonly int[] _starts = new int[maxDepth + 1];
    private byte[] _bytes = new byte[1024];

    public int Depth { get; private set; }

    public bool IsFull => Depth == maxDepth;

    /// <summary>Name of the innermost open element; empty where none is open.</summary>
    public ReadOnlySpan<byte> Top => Depth == 0 ? default : _bytes.AsSpan(_starts[Depth - 1], _starts[Depth] - _starts[Depth - 1]);

    public void Push(ReadOnlySpan<byte> name)
    {
        var start = _starts[Depth];
        if (start + name.Length > _bytes.Length)
        {
            Array.Resize(ref _bytes, (start + name.Length) * 2);
        }

        name.CopyTo(_bytes.AsSpan(start));
        Depth++;
        _starts[Depth] = start + name.Length;
    }

    public void Pop() => Depth--;
}
