using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Security.Cryptography;
using Aurum.Curves.Ppa.Settling;

namespace Aurum.Curves.Simulation;

/// <summary>What a contract pays on each path: money of our side in the contract's currency, undiscounted by month, and its present
/// value.</summary>
/// <remarks>Paths are independent. The numbers hang on plan, model, paths and seed alone: <see cref="Sha256"/> is the same for any number
/// of threads and on any processor of x64.</remarks>
public sealed class SimulatedCashflows
{
    /// <summary>A deviation below this part of the mean is rounding.</summary>
    private const double Resolution = 1e-12;

    private readonly double[] _net;
    private readonly double[] _value;
    private readonly double[] _forward;

    internal SimulatedCashflows(SettlementPlan plan, int paths)
    {
        Plan = plan;
        Paths = paths;
        _net = new double[(long)paths * plan.Months.Length];
        _value = new double[paths];
        _forward = new double[paths];
    }

    public SettlementPlan Plan { get; }

    public int Paths { get; }

    /// <summary>Present value by path, with what is paid once.</summary>
    public ReadOnlySpan<double> PresentValues => _value;

    /// <summary>Money of a month by path.</summary>
    /// <param name="month">Place in the plan's months.</param>
    public ReadOnlySpan<double> OfMonth(int month) => _net.AsSpan(month * Paths, Paths);

    /// <summary>Money of a calendar year by path: the sum of its months.</summary>
    /// <param name="year">Place in the plan's years.</param>
    public double[] OfYear(int year)
    {
        var sum = new double[Paths];
        var months = Plan.Years[year];
        for (var month = months.FirstMonth; month < months.FirstMonth + months.MonthCount; month++)
        {
            var net = OfMonth(month);
            for (var path = 0; path < sum.Length; path++)
            {
                sum[path] += net[path];
            }
        }

        return sum;
    }

    /// <summary>Mean of a month and its error.</summary>
    public Statistic MonthMean(int month) => new SortedSample(OfMonth(month)).Mean;

    /// <summary>Hash of all numbers, in hex.</summary>
    public string Sha256()
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(MemoryMarshal.AsBytes(_net.AsSpan()));
        hash.AppendData(MemoryMarshal.AsBytes(_value.AsSpan()));
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    /// <summary>The mean present value, sharpened: what the paths' market values of the expected volume miss of their known mean is taken
    /// off, times the regression of the one on the other.</summary>
    internal Statistic ControlledMean()
    {
        var known = 0.0;
        foreach (ref readonly var month in Plan.Months.AsSpan())
        {
            for (var i = month.First; i < month.First + month.Count; i++)
            {
                known += month.Discount * Plan.ForwardPrice[i] * Plan.ExpectedVolume[i];
            }
        }

        var (value, forward) = (new SortedSample(_value), new SortedSample(_forward));
        var together = 0.0;
        for (var path = 0; path < Paths; path++)
        {
            together += (_value[path] - value.MeanValue) * (_forward[path] - forward.MeanValue);
        }

        if (Paths < 3 || !(forward.Deviation > Math.Abs(known) * Resolution) || !(value.Deviation > 0))
        {
            return value.Mean;
        }

        var covariance = together / (Paths - 1);
        var slope = covariance / (forward.Deviation * forward.Deviation);
        var explained = covariance / (forward.Deviation * value.Deviation);
        var rest = value.Deviation * Math.Sqrt(Math.Max(1 - (explained * explained), 0) * (Paths - 1) / (Paths - 2));
        return Statistic.OfError(value.MeanValue - (slope * (forward.MeanValue - known)), rest / Math.Sqrt(Paths));
    }

    /// <summary>Takes eight paths in.</summary>
    /// <param name="forward">By month: market value of the expected volume.</param>
    internal void Set(int firstPath, ReadOnlySpan<Vector512<double>> net, ReadOnlySpan<Vector512<double>> forward)
    {
        var lanes = Math.Min(CounterRandom.Lanes, Paths - firstPath);
        for (var lane = 0; lane < lanes; lane++)
        {
            var (value, market) = (-Plan.UpfrontPresentValue, 0.0);
            for (var month = 0; month < net.Length; month++)
            {
                var discount = Plan.Months[month].Discount;
                _net[(month * Paths) + firstPath + lane] = net[month][lane];
                value += net[month][lane] * discount;
                market += forward[month][lane] * discount;
            }

            _value[firstPath + lane] = value;
            _forward[firstPath + lane] = market;
        }
    }
}
