using System.Runtime.InteropServices;
using Aurum.Market.Feeds;
using Aurum.Market.Power;

namespace Aurum.Sources.Caiso;

/// <summary>Puts the parts of a price together: OASIS gives each part its own row.</summary>
/// <remarks>
/// <para>Files are grouped by node, with all parts of a node and day together. So a node's prices go out when another node begins,
/// and memory holds one node. Prices that lack parts by then (answers with one file per part) wait until the end, at most
/// <see cref="MaxWaiting"/> of them.</para>
/// <para>The same part twice with one value counts as a note; with two values it is an error.</para>
/// </remarks>
internal sealed class LmpPivot(OasisIntervals intervals, IRowOutput<LmpRow> output)
{
    /// <summary>Prices that may wait for parts: about 100 bytes each.</summary>
    public const int MaxWaiting = 2_000_000;

    private readonly RowBuffer<LmpRow> _buffer = new(output);
    private readonly Dictionary<long, int> _waitingPlaces = [];
    private readonly List<Waiting> _waiting = [];
    private Prices[] _run = new Prices[32];
    private int[] _runIntervals = new int[32];
    private int[] _placeOfInterval = [];
    private int _runLength;
    private LmpNode? _node;
    private bool _gaveEarly;

    /// <summary>Prices given out.</summary>
    public long Rows => _buffer.Total;

    /// <summary>Parts that the file repeats with the same value.</summary>
    public long Repeated { get; private set; }

    public void Add(IOasisRows rows, LmpNode node, int interval, LmpPart part, double value)
    {
        if (!ReferenceEquals(node, _node))
        {
            EndRun(rows);
            _node = node;
        }

        // In two steps: making room may put another array in place of _run.
        var place = PlaceInRun(interval);
        ref var prices = ref _run[place];
        var bit = (byte)(1 << (int)part);
        if ((prices.Parts & bit) != 0)
        {
            CountRepeated(rows, part, prices[part], value);
            return;
        }

        prices.Parts |= bit;
        prices[part] = value;
    }

    /// <summary>A file of the answer ends. Others may bring parts that are missing.</summary>
    public void EndFile(IOasisRows rows)
    {
        EndRun(rows);
        _node = null;
    }

    /// <summary>No more rows: gives out what waits.</summary>
    /// <exception cref="FeedFormatException">Parts of prices that were given out already.</exception>
    public void Finish(string file)
    {
        foreach (var waiting in CollectionsMarshal.AsSpan(_waiting))
        {
            if (_gaveEarly && (waiting.Prices.Parts & LmpParts.Complete) == 0)
            {
                throw new FeedFormatException(
                    file, "", $"all parts of a price together, {waiting.Node.Location.Id} at "
                        + $"{intervals[waiting.Interval]}", "one far behind the others");
            }

            Give(waiting.Node, waiting.Interval, in waiting.Prices);
        }

        _waiting.Clear();
        _waitingPlaces.Clear();
        _buffer.Flush();
    }

    private int PlaceInRun(int interval)
    {
        if (interval >= _placeOfInterval.Length)
        {
            Array.Resize(ref _placeOfInterval, Math.Max(64, interval * 2));
        }

        // A place is only true if the run says so too: no clearing between runs.
        var place = _placeOfInterval[interval];
        if (place < _runLength && _runIntervals[place] == interval)
        {
            return place;
        }

        if (_runLength == _run.Length)
        {
            Array.Resize(ref _run, _runLength * 2);
            Array.Resize(ref _runIntervals, _runLength * 2);
        }

        _runIntervals[_runLength] = interval;
        _run[_runLength] = Prices.Unknown;
        return _placeOfInterval[interval] = _runLength++;
    }

    private void EndRun(IOasisRows rows)
    {
        for (var place = 0; place < _runLength; place++)
        {
            ref readonly var prices = ref _run[place];
            var isComplete = (prices.Parts & LmpParts.Complete) == LmpParts.Complete;
            if (isComplete && (_waiting.Count == 0 || !_waitingPlaces.ContainsKey(Key(_node!, _runIntervals[place]))))
            {
                Give(_node!, _runIntervals[place], in prices);
                _gaveEarly = true;
            }
            else
            {
                Wait(rows, _node!, _runIntervals[place], in prices);
            }
        }

        _runLength = 0;
    }

    private void Wait(IOasisRows rows, LmpNode node, int interval, in Prices prices)
    {
        ref var place = ref CollectionsMarshal.GetValueRefOrAddDefault(_waitingPlaces, Key(node, interval), out var isThere);
        if (!isThere)
        {
            if (_waiting.Count >= MaxWaiting)
            {
                throw new FeedFormatException(rows.File, $"{rows.Line}", $"at most {MaxWaiting} prices whose parts stand apart", "more");
            }

            place = _waiting.Count;
            _waiting.Add(new Waiting(node, interval) { Prices = prices });
            return;
        }

        ref var waiting = ref CollectionsMarshal.AsSpan(_waiting)[place].Prices;
        for (var part = LmpPart.Price; part < LmpPart.Count; part++)
        {
            var bit = (byte)(1 << (int)part);
            if ((prices.Parts & waiting.Parts & bit) != 0)
            {
                CountRepeated(rows, part, waiting[part], prices[part]);
            }
            else if ((prices.Parts & bit) != 0)
            {
                waiting[part] = prices[part];
                waiting.Parts |= bit;
            }
        }
    }

    private void CountRepeated(IOasisRows rows, LmpPart part, double first, double second)
    {
        if (!first.Equals(second))
        {
            throw new FeedFormatException(
                rows.File, $"{rows.Line}", $"one {part} of {_node?.Location.Id} for an interval", $"two, {first} and {second}");
        }

        Repeated++;
    }

    private void Give(LmpNode node, int interval, in Prices prices) => _buffer.Add(new LmpRow(
        node.Location,
        intervals[interval],
        prices[LmpPart.Price],
        prices[LmpPart.Energy],
        prices[LmpPart.Congestion],
        prices[LmpPart.Loss],
        prices[LmpPart.Ghg]));

    private static long Key(LmpNode node, int interval) => ((long)node.Number << 32) | (uint)interval;

    private struct Waiting(LmpNode node, int interval)
    {
        public readonly LmpNode Node = node;
        public readonly int Interval = interval;
        public Prices Prices;
    }
}
