using System.Runtime.Intrinsics;

namespace Aurum.Curves.Simulation;

/// <summary>Prices and volumes of eight paths, a stretch at a time: chance first, then prices, then volumes.</summary>
internal sealed class LanePaths(PathSchedule schedule, CounterRandom random)
{
    /// <summary>Purposes of chance, in the high bits of a stream whose low bits are the path.</summary>
    private const ulong LongTermStream = 1UL << 56;

    private const ulong StartStream = 2UL << 56;

    private const ulong LowWord = 0xFFFF_FFFF;

    private readonly LaneBuffer _prices = new(schedule.LongestStretch);
    private readonly LaneBuffer _volumes = new(schedule.LongestStretch);
    private readonly LaneBuffer _moves = new(schedule.LongestStretch);
    private readonly LaneBuffer _words = new(schedule.LongestStretch);

    private Vector512<ulong> _paths;
    private Vector512<double> _short;
    private Vector512<double> _long;
    private Vector512<double> _up;
    private Vector512<double> _down;
    private Vector512<double> _weather;

    /// <summary>Prices of the stretch, per MWh.</summary>
    public Span<Vector512<double>> Prices => _prices.Span;

    /// <summary>Volumes of the stretch, MWh.</summary>
    public Span<Vector512<double>> Volumes => _volumes.Span;

    /// <summary>Begins eight paths: short-term factor and weather are drawn as they are in the long run.</summary>
    public void Begin(int firstPath)
    {
        _paths = Vector512.CreateSequence((ulong)firstPath, 1UL);
        var (first, second) = Normals(0, StartStream);
        var correlation = schedule.Model.Correlation;
        _short = first * Vector512.Create(schedule.Model.ShortDeviation[schedule.Stretches[0].CalendarMonth - 1]);
        _weather = Mixed(first, second, correlation) * Vector512.Create(schedule.Model.VolumeDeviation);
        (_long, _up, _down) = (Vector512<double>.Zero, Vector512<double>.Zero, Vector512<double>.Zero);
    }

    public void Next(in Stretch stretch)
    {
        DrawMoves(stretch);
        MoveLongTerm(stretch);
        MakePrices(stretch);
        if (schedule.IsVolumeRandom)
        {
            MakeVolumes(stretch);
        }
        else
        {
            CopyVolumes(stretch);
        }
    }

    /// <summary>Draws for each interval two normals (left in prices and moves) and 32 bits for spikes, one kind of work after the other.
    /// The counter is the interval's time, so that two contracts on one seed have the same chance in the same hour.</summary>
    private void DrawMoves(in Stretch stretch)
    {
        var counter = (ulong)(schedule.Plan.StartUnixSeconds / schedule.IntervalSeconds) + (ulong)stretch.First;
        DrawBits(counter, Prices[..stretch.Count], _words.Span);
        MakeRadii(Prices[..stretch.Count], _moves.Span);
        MakeNormals(Prices[..stretch.Count], _moves.Span, _words.Span);
    }

    private void DrawBits(ulong counter, Span<Vector512<double>> firsts, Span<Vector512<double>> seconds)
    {
        for (var i = 0; i < firsts.Length; i++)
        {
            var (first, second) = random.Bits(Vector512.Create(counter + (ulong)i), _paths);
            (firsts[i], seconds[i]) = (first.AsDouble(), second.AsDouble());
        }
    }

    private static void MakeRadii(ReadOnlySpan<Vector512<double>> firsts, Span<Vector512<double>> radii)
    {
        for (var i = 0; i < firsts.Length; i++)
        {
            radii[i] = LaneMath.NormalRadius(firsts[i].AsUInt64());
        }
    }

    /// <summary>The angle takes the high half of the second bits, spikes the low one.</summary>
    private static void MakeNormals(
        Span<Vector512<double>> firsts, Span<Vector512<double>> radii, Span<Vector512<double>> seconds)
    {
        var low = Vector512.Create(LowWord);
        for (var i = 0; i < firsts.Length; i++)
        {
            var (bits, radius) = (seconds[i].AsUInt64(), radii[i]);
            var (sine, cosine) = LaneMath.SinCosTurn(bits & ~low);
            (firsts[i], radii[i], seconds[i]) = (radius * cosine, radius * sine, (bits & low).AsDouble());
        }
    }

    private void MoveLongTerm(in Stretch stretch)
    {
        if (schedule.Model.LongVolatility > 0 && stretch.YearsBefore > 0)
        {
            var step = schedule.Model.LongVolatility * Math.Sqrt(stretch.YearsBefore);
            _long += Normals((ulong)stretch.First, LongTermStream).First * Vector512.Create(step);
        }
    }

    private void MakePrices(in Stretch stretch)
    {
        var prices = Prices[..stretch.Count];
        var scale = schedule.Scale.AsSpan(stretch.First, stretch.Count);
        var offset = schedule.Offset.AsSpan(stretch.First, stretch.Count);
        var reversion = Vector512.Create(schedule.Reversion);
        var step = Vector512.Create(schedule.ShortStep(stretch.CalendarMonth));
        var moves = _moves.Span;
        var correlation = schedule.Model.Correlation;
        var own = Vector512.Create(Math.Sqrt(1 - (correlation * correlation)));
        var shared = Vector512.Create(correlation);
        var (x, y) = (_short, _long);
        for (var i = 0; i < prices.Length; i++)
        {
            var move = prices[i];
            x = Vector512.FusedMultiplyAdd(reversion, x, step * move);
            moves[i] = Vector512.FusedMultiplyAdd(own, moves[i], shared * move);
            prices[i] = Vector512.FusedMultiplyAdd(Vector512.Create(scale[i]), LaneMath.Exp(x + y), Vector512.Create(offset[i]));
        }

        _short = x;
        if (schedule.HasSpikes)
        {
            AddSpikes(stretch, prices);
        }
    }

    private void AddSpikes(in Stretch stretch, Span<Vector512<double>> prices)
    {
        var words = _words.Span;
        var upWords = schedule.UpWords(stretch.CalendarMonth);
        var downWords = schedule.DownWords(stretch.CalendarMonth);
        var upBelow = Vector512.Create((long)upWords);
        var downAbove = Vector512.Create((long)(LowWord - downWords));
        var (upDecay, downDecay) = (Vector512.Create(schedule.UpDecay), Vector512.Create(schedule.DownDecay));
        var (up, down) = (_up, _down);
        for (var i = 0; i < prices.Length; i++)
        {
            var word = words[i].AsUInt64();
            up *= upDecay;
            down *= downDecay;
            // Words are below 2^32: they compare alike with a sign.
            var isUp = Vector512.LessThan(word.AsInt64(), upBelow).AsUInt64();
            var isDown = Vector512.GreaterThan(word.AsInt64(), downAbove).AsUInt64();
            if ((isUp | isDown) != Vector512<ulong>.Zero)
            {
                up += Sizes(word, upWords, schedule.Model.Up.MeanSize, isUp);
                down += Sizes(Vector512.Create(LowWord) - word, downWords, schedule.Model.Down.MeanSize, isDown);
            }

            prices[i] += up - down;
        }

        (_up, _down) = (up, down);
    }

    /// <summary>Exponential sizes where a spike starts: a word below a bound is uniform below it.</summary>
    private static Vector512<double> Sizes(Vector512<ulong> word, ulong bound, double mean, Vector512<ulong> isStart)
    {
        var held = Vector512.Min(word, Vector512.Create(Math.Max(bound, 1) - 1));
        var uniform = (LaneMath.SmallToDouble(held) + Vector512.Create(0.5)) / Vector512.Create((double)Math.Max(bound, 1));
        return (LaneMath.Log(uniform) * Vector512.Create(-mean)) & isStart.AsDouble();
    }

    private void MakeVolumes(in Stretch stretch)
    {
        MoveWeather(schedule.Middle.AsSpan(stretch.First, stretch.Count), _moves.Span, Volumes);
        var capacity = schedule.Capacity.AsSpan(stretch.First, stretch.Count);
        var arguments = _moves.Span;
        var volumes = Volumes;
        for (var i = 0; i < capacity.Length; i++)
        {
            volumes[i] = Vector512.Create(capacity[i]) * LaneMath.PhiOf(arguments[i], volumes[i]);
        }
    }

    /// <summary>Makes of each move what Φ is taken of, and the exponential in it.</summary>
    private void MoveWeather(ReadOnlySpan<double> middle, Span<Vector512<double>> moves, Span<Vector512<double>> exponentials)
    {
        var reversion = Vector512.Create(schedule.VolumeReversion);
        var step = Vector512.Create(schedule.VolumeStep);
        var y = _weather;
        for (var i = 0; i < middle.Length; i++)
        {
            y = Vector512.FusedMultiplyAdd(reversion, y, step * moves[i]);
            var x = Vector512.Create(middle[i]) + y;
            (moves[i], exponentials[i]) = (x, LaneMath.PhiExponential(x));
        }

        _weather = y;
    }

    private void CopyVolumes(in Stretch stretch)
    {
        var volumes = Volumes;
        for (var i = 0; i < stretch.Count; i++)
        {
            volumes[i] = Vector512.Create(schedule.Plan.ExpectedVolume[stretch.First + i]);
        }
    }

    private (Vector512<double> First, Vector512<double> Second) Normals(ulong counter, ulong purpose)
    {
        var (first, second) = random.Bits(Vector512.Create(counter), _paths | Vector512.Create(purpose));
        return LaneMath.NormalPair(first, second);
    }

    private static Vector512<double> Mixed(Vector512<double> first, Vector512<double> second, double correlation) =>
        (first * Vector512.Create(correlation)) + (second * Vector512.Create(Math.Sqrt(1 - (correlation * correlation))));
}
