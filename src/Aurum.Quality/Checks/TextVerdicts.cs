namespace Aurum.Quality.Checks;

/// <summary>A test of texts that looks at each distinct text once in a run.</summary>
internal sealed class TextVerdicts(TextData column, Func<string, bool> holds)
{
    private bool[] _fails = [];
    private int _judged;
    private bool _anyFails;

    /// <summary>Sets the bits of the rows whose text fails.</summary>
    public void MarkFailing(Span<ulong> failing, int rows)
    {
        JudgeNewTexts();
        if (!_anyFails)
        {
            return;
        }

        var codes = column.Codes.AsSpan(0, rows);
        for (var row = 0; row < codes.Length; row++)
        {
            failing[row >> 6] |= (_fails[codes[row]] ? 1UL : 0UL) << (row & 63);
        }
    }

    /// <summary>Clears the bits of the rows whose text fails.</summary>
    public void RemoveFailing(Span<ulong> scope)
    {
        JudgeNewTexts();
        if (!_anyFails)
        {
            return;
        }

        var rows = Math.Min(column.Codes.Length, scope.Length << 6);
        for (var row = 0; row < rows; row++)
        {
            if ((scope[row >> 6] >> (row & 63) & 1) != 0 && _fails[column.Codes[row]])
            {
                scope[row >> 6] &= ~(1UL << (row & 63));
            }
        }
    }

    private void JudgeNewTexts()
    {
        if (_judged == column.Pool.Count)
        {
            return;
        }

        if (_fails.Length < column.Pool.Count)
        {
            Array.Resize(ref _fails, Math.Max(column.Pool.Count, _fails.Length * 2));
        }

        for (; _judged < column.Pool.Count; _judged++)
        {
            _fails[_judged] = !holds(column.Pool.TextOf(_judged));
            _anyFails |= _fails[_judged];
        }
    }
}
