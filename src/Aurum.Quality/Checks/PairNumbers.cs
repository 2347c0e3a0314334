namespace Aurum.Quality.Checks;

/// <summary>Numbers distinct pairs of a small number and a value from 0: folds the columns of a key into one number,
/// exactly.</summary>
internal sealed class PairNumbers
{
    private readonly Dictionary<(int First, long Second), int> _numbers = [];
    private readonly List<(int First, long Second)> _pairs = [];

    // A place has one type, a forecast one time of issue: the pair that a first part came with last is mostly the one that it
    // comes with again.
    private long[] _lastSecond = [];
    private int[] _lastNumber = [];

    public int Count => _pairs.Count;

    public (int First, long Second) this[int number] => _pairs[number];

    public int NumberOf(int first, long second)
    {
        if (first < _lastNumber.Length && _lastNumber[first] >= 0 && _lastSecond[first] == second)
        {
            return _lastNumber[first];
        }

        return Find(first, second);
    }

    /// <summary>Numbers a pair, and tells whether it is new.</summary>
    public bool Add(int first, long second, out int number)
    {
        if (_numbers.TryGetValue((first, second), out number))
        {
            return false;
        }

        number = _pairs.Count;
        _pairs.Add((first, second));
        _numbers.Add((first, second), number);
        return true;
    }

    private int Find(int first, long second)
    {
        Add(first, second, out var number);
        if (first >= _lastNumber.Length)
        {
            var from = _lastNumber.Length;
            var length = Math.Max(first + 1, Math.Max(64, from * 2));
            Array.Resize(ref _lastNumber, length);
            Array.Resize(ref _lastSecond, length);
            _lastNumber.AsSpan(from).Fill(-1);
        }

        _lastNumber[first] = number;
        _lastSecond[first] = second;
        return number;
    }
}
