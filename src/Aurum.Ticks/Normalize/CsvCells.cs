namespace Aurum.Ticks.Normalize;

/// <summary>Cuts one line into its cells.</summary>
/// <param name="line">The line, without its end.</param>
/// <param name="room">As long as the line: cells with doubled quotes are unfolded there.</param>
internal ref struct CsvCells(ReadOnlySpan<byte> line, Span<byte> room)
{
    private readonly ReadOnlySpan<byte> _line = line;
    private Span<byte> _room = room;
    private int _at;
    private bool _hasEnded;

    /// <summary>Whether a quote has no partner, or something stands behind it.</summary>
    public bool IsFaulty { get; private set; }

    public bool TryNext(out ReadOnlySpan<byte> cell)
    {
        cell = default;
        if (_hasEnded)
        {
            return false;
        }

        if (_at < _line.Length && _line[_at] == '"')
        {
            return TryQuoted(out cell);
        }

        var length = _line[_at..].IndexOf((byte)',');
        _hasEnded = length < 0;
        length = _hasEnded ? _line.Length - _at : length;
        cell = _line.Slice(_at, length);
        _at += length + 1;
        return true;
    }

    private bool TryQuoted(out ReadOnlySpan<byte> cell)
    {
        cell = default;
        var length = 0;
        for (_at++; _at < _line.Length; _at++)
        {
            if (_line[_at] != '"')
            {
                _room[length++] = _line[_at];
            }
            else if (_at + 1 < _line.Length && _line[_at + 1] == '"')
            {
                _room[length++] = _line[_at++];
            }
            else
            {
                return TryClose(length, out cell);
            }
        }

        return Fail();
    }

    private bool TryClose(int length, out ReadOnlySpan<byte> cell)
    {
        cell = _room[..length];
        _room = _room[length..];
        _at++;
        if (_at < _line.Length && _line[_at] != ',')
        {
            return Fail();
        }

        _hasEnded = _at >= _line.Length;
        _at++;
        return true;
    }

    private bool Fail()
    {
        _hasEnded = IsFaulty = true;
        return false;
    }
}
