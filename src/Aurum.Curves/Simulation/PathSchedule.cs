using Aurum.Curves.Ppa.Settling;
using NodaTime;

namespace Aurum.Curves.Simulation;

/// <summary>What all paths have in common: for each interval the constants that make its mean price the forward price and its mean
/// volume the expected one.</summary>
internal sealed class PathSchedule
{
    private const int SecondsOfDay = 86_400;
    private const double HoursPerDay = 24;
    private const double HoursPerYear = 8_760;
    private const double SecondsPerYear = HoursPerYear * 3_600;
    private const double WordRange = 1L << 32;

    /// <summary>A middle that no move of Y reaches.</summary>
    private const double Certain = 1_000;

    private PathSchedule(SettlementPlan plan, PriceModel model)
    {
        Plan = plan;
        Model = model;
        IntervalSeconds = plan.IntervalMinutes * 60;
        var hours = plan.IntervalMinutes / 60.0;
        Reversion = Math.Exp(-model.ReversionPerDay * hours / HoursPerDay);
        VolumeReversion = Math.Exp(-model.VolumeReversionPerDay * hours / HoursPerDay);
        VolumeStep = model.VolumeDeviation * Math.Sqrt(1 - (VolumeReversion * VolumeReversion));
        UpDecay = Math.Pow(0.5, hours / model.Up.HalfLifeHours);
        DownDecay = Math.Pow(0.5, hours / model.Down.HalfLifeHours);
        HasSpikes = model.Up.Happens || model.Down.Happens;
        IsVolumeRandom = model.IsVolumeRandom && plan.Contract.Volume.IsProduced;
        Scale = new double[plan.Count];
        Offset = new double[plan.Count];
        Capacity = IsVolumeRandom ? new double[plan.Count] : [];
        Middle = IsVolumeRandom ? new double[plan.Count] : [];
        Stretches = StretchesOf(plan);
    }

    public SettlementPlan Plan { get; }

    public PriceModel Model { get; }

    public int IntervalSeconds { get; }

    /// <summary>What is left of X after an interval.</summary>
    public double Reversion { get; }

    /// <summary>What is left of Y after an interval.</summary>
    public double VolumeReversion { get; }

    /// <summary>Standard deviation of a move of Y.</summary>
    public double VolumeStep { get; }

    public double UpDecay { get; }

    public double DownDecay { get; }

    public bool HasSpikes { get; }

    public bool IsVolumeRandom { get; }

    /// <summary>Price = Scale · e^(X + L) + Offset + U - D.</summary>
    public double[] Scale { get; }

    public double[] Offset { get; }

    /// <summary>Volume = Capacity · Φ(Middle + Y), MWh. Where Y moves nothing, Middle is infinite.</summary>
    public double[] Capacity { get; }

    public double[] Middle { get; }

    /// <summary>Pieces of the plan's terms, none longer than a day.</summary>
    public Stretch[] Stretches { get; }

    /// <summary>Most intervals that a stretch has.</summary>
    public int LongestStretch { get; private init; }

    /// <exception cref="ArgumentException">A forward price is so low that the model's shift does not make it positive.</exception>
    public static PathSchedule Of(SettlementPlan plan, PriceModel model)
    {
        model.ThrowIfInvalid();
        var schedule = new PathSchedule(plan, model) { LongestStretch = SecondsOfDay / (plan.IntervalMinutes * 60) };
        schedule.LayPrices();
        if (schedule.IsVolumeRandom)
        {
            schedule.LayVolumes();
        }

        return schedule;
    }

    /// <summary>Memory that a schedule of so many intervals takes.</summary>
    public static long BytesOf(SettlementPlan plan) => plan.Count * 4L * sizeof(double);

    /// <summary>Words below this start a spike up.</summary>
    public ulong UpWords(int calendarMonth) => WordsOf(Model.Up, calendarMonth);

    /// <summary>Words above 2^32 less this start a spike down.</summary>
    public ulong DownWords(int calendarMonth) => WordsOf(Model.Down, calendarMonth);

    /// <summary>Standard deviation of a move of X.</summary>
    public double ShortStep(int calendarMonth) =>
        Model.ShortDeviation[calendarMonth - 1] * Math.Sqrt(1 - (Reversion * Reversion));

    private ulong WordsOf(SpikeModel spikes, int calendarMonth)
    {
        // At most half of the words each way, so that the two never meet.
        var probability = spikes.PerYear[calendarMonth - 1] * Plan.IntervalMinutes / 60 / HoursPerYear;
        return spikes.MeanSize == 0 ? 0 : (ulong)Math.Round(Math.Min(probability, 0.5) * WordRange);
    }

    private static Stretch[] StretchesOf(SettlementPlan plan)
    {
        var longest = SecondsOfDay / (plan.IntervalMinutes * 60);
        var valuation = plan.ValuationDate.AtMidnight().InUtc().ToInstant().ToUnixTimeSeconds();
        var stretches = new List<Stretch>();
        var before = (double)valuation;
        for (var i = 0; i < plan.Terms.Length; i++)
        {
            var term = plan.Terms[i];
            for (var first = term.First; first < term.First + term.Count; first += longest)
            {
                var start = plan.StartUnixSeconds + (first * plan.IntervalMinutes * 60L);
                var years = Math.Max(start - before, 0) / SecondsPerYear;
                before = Math.Max(start, before);
                stretches.Add(new Stretch(
                    first, Math.Min(longest, term.First + term.Count - first), i, plan.Months[term.Month].Month.Month, years));
            }
        }

        return [.. stretches];
    }

    private void LayPrices()
    {
        var first = Model.ShortDeviation[Stretches[0].CalendarMonth - 1];
        var (shortVariance, longVariance, up, down) = (first * first, 0.0, 0.0, 0.0);
        foreach (ref readonly var stretch in Stretches.AsSpan())
        {
            var step = ShortStep(stretch.CalendarMonth);
            var upMean = UpWords(stretch.CalendarMonth) / WordRange * Model.Up.MeanSize;
            var downMean = DownWords(stretch.CalendarMonth) / WordRange * Model.Down.MeanSize;
            longVariance += Model.LongVolatility * Model.LongVolatility * stretch.YearsBefore;
            for (var i = stretch.First; i < stretch.First + stretch.Count; i++)
            {
                shortVariance = (Reversion * Reversion * shortVariance) + (step * step);
                up = (UpDecay * up) + upMean;
                down = (DownDecay * down) + downMean;
                var level = Plan.ForwardPrice[i] + Model.ShiftPerMwh;
                var variance = shortVariance + longVariance;
                if (level <= 0 && variance > 0)
                {
                    throw TooLow(i);
                }

                Scale[i] = level * Math.Exp(-variance / 2);
                Offset[i] = down - up - Model.ShiftPerMwh;
            }
        }
    }

    private ArgumentException TooLow(int interval)
    {
        var at = Instant.FromUnixTimeSeconds(Plan.StartUnixSeconds + ((long)interval * IntervalSeconds));
        var lowest = Plan.ForwardPrice.Min();
        return new ArgumentException(FormattableString.Invariant(
            $"shift_per_mwh: expected above {-lowest:0.##}, so that the lowest forward price is above 0 once it is shifted, found ")
            + FormattableString.Invariant($"{Model.ShiftPerMwh} (the price of {at} is {Plan.ForwardPrice[interval]:0.##})"));
    }

    private void LayVolumes()
    {
        var volume = Plan.Contract.Volume;
        var capacity = volume.CapacityMw * volume.SharePercent / 100 * Plan.IntervalMinutes / 60;
        var widening = Math.Sqrt(1 + (Model.VolumeDeviation * Model.VolumeDeviation));
        for (var i = 0; i < Capacity.Length; i++)
        {
            var expected = Plan.ExpectedVolume[i];
            var moves = expected > 0 && expected < capacity;
            Capacity[i] = moves ? capacity : expected;
            Middle[i] = moves ? widening * NormalDistribution.Quantile(expected / capacity) : Certain;
        }
    }
}

/// <summary>Intervals of one day and month, with one set of terms.</summary>
/// <param name="First">First interval.</param>
/// <param name="Count">Number of intervals.</param>
/// <param name="Term">Place in the plan's terms.</param>
/// <param name="CalendarMonth">1 to 12.</param>
/// <param name="YearsBefore">Time from the stretch before (from the valuation date) to its start: the long-term factor moves then.</param>
internal readonly record struct Stretch(int First, int Count, int Term, int CalendarMonth, double YearsBefore);
