namespace Aurum.App.Api.Ticks;

/// <summary>Makes lines of a JSON document: an array's elements, or objects one after the other, each on a line of its own.</summary>
/// <remarks>Changes single bytes that lie between values and leaves all others where they are, so that places in the lines are places in
/// the document. Works on a document in pieces. What is no JSON stays none: texts are never touched.</remarks>
internal sealed class JsonDocumentLines
{
    private int _depth;
    private int _outer;
    private bool _isInText;
    private bool _isEscaped;
    private bool _hasBegun;

    /// <summary>The next bytes of the document; they become lines.</summary>
    public void OnBytes(Span<byte> bytes)
    {
        for (var i = 0; i < bytes.Length; i++)
        {
            if (_isInText)
            {
                i += SkipText(bytes[i..]);
                continue;
            }

            switch (bytes[i])
            {
                case (byte)'"':
                    (_isInText, _hasBegun) = (true, true);
                    break;
                case (byte)'[' when !_hasBegun:
                    (_outer, _depth, _hasBegun) = (1, 1, true);
                    bytes[i] = (byte)' ';
                    break;
                case (byte)'{' or (byte)'[':
                    _hasBegun = true;
                    _depth++;
                    break;
                case (byte)'}' or (byte)']':
                    Close(ref bytes[i]);
                    break;
                case (byte)',' when _depth == 1 && _outer == 1:
                    bytes[i] = (byte)'\n';
                    break;
                case (byte)'\n' when _depth > 0:
                    bytes[i] = (byte)' ';
                    break;
                case (byte)' ' or (byte)'\t' or (byte)'\r' or (byte)'\n':
                    break;
                default:
                    _hasBegun = true;
                    break;
            }
        }
    }

    /// <returns>Bytes to step over before the next one that matters.</returns>
    private int SkipText(ReadOnlySpan<byte> bytes)
    {
        if (_isEscaped)
        {
            _isEscaped = false;
            return 0;
        }

        var at = bytes.IndexOfAny((byte)'"', (byte)'\\');
        if (at < 0)
        {
            return bytes.Length - 1;
        }

        _isEscaped = bytes[at] == (byte)'\\';
        _isInText = _isEscaped;
        return at;
    }

    private void Close(ref byte at)
    {
        _depth = Math.Max(0, _depth - 1);
        if (_depth == 0 && _outer == 1 && at == (byte)']')
        {
            // The end of the array; what follows it is no part of it.
            _outer = 0;
            at = (byte)'\n';
        }
    }
}
