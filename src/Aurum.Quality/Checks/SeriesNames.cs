namespace Aurum.Quality.Checks;

/// <summary>Numbers the series of a run: each distinct combination of the key columns other than the interval.</summary>
internal sealed class SeriesNames
{
    private readonly IReadOnlyList<ColumnData> _parts;
    private readonly PairNumbers[] _levels;

    public SeriesNames(GridShape shape, IReadOnlyList<ColumnData> columns)
    {
        _parts = [.. shape.SeriesTexts.Concat(shape.SeriesInstants).Select(slot => columns[slot])];
        _levels = [.. _parts.Skip(1).Select(static _ => new PairNumbers())];
    }

    /// <summary>Writes the number of each row's series.</summary>
    public void Number(Span<int> series)
    {
        series.Clear();
        for (var part = 0; part < _parts.Count; part++)
        {
            switch (_parts[part])
            {
                case TextData texts when part == 0:
                    texts.Codes.AsSpan(0, series.Length).CopyTo(series);
                    break;
                case TextData texts:
                    Fold(series, texts.Codes, _levels[part - 1]);
                    break;
                case InstantData instants when part > 0:
                    Fold(series, instants.Values, _levels[part - 1]);
                    break;
                default:
                    throw new InvalidOperationException($"a series cannot be named by {_parts[part].Name} alone");
            }
        }
    }

    /// <summary>The parts of a series' name, for messages.</summary>
    public string NameOf(int series)
    {
        var parts = new Stack<string>();
        for (var part = _parts.Count - 1; part > 0; part--)
        {
            var (first, second) = _levels[part - 1][series];
            parts.Push(
                _parts[part] is TextData texts ? texts.Pool.TextOf((int)second) : second == 0 ? "" : Text.OfInstant(second));
            series = first;
        }

        parts.Push(_parts.Count == 0 ? "" : ((TextData)_parts[0]).Pool.TextOf(series));
        return string.Join(' ', parts.Where(static p => p.Length > 0));
    }

    private static void Fold(Span<int> series, ReadOnlySpan<int> codes, PairNumbers level)
    {
        for (var row = 0; row < series.Length; row++)
        {
            series[row] = level.NumberOf(series[row], codes[row]);
        }
    }

    private static void Fold(Span<int> series, ReadOnlySpan<long> instants, PairNumbers level)
    {
        for (var row = 0; row < series.Length; row++)
        {
            series[row] = level.NumberOf(series[row], instants[row]);
        }
    }
}
