using System.Numerics;
using Aurum.Ticks.State;

namespace Aurum.Ticks.Aggregate;

/// <summary>The last price of each second of a minute that has ticks, but for the second of the minute's last tick.</summary>
internal sealed class SecondPrices
{
    private const int SecondsPerMinute = 60;

    private readonly TickOrder[] _orders = new TickOrder[SecondsPerMinute];
    private readonly double[] _prices = new double[SecondsPerMinute];
    private ulong _has;

    public void Clear() => _has = 0;

    /// <summary>Takes the price of a tick, if it is the last of its second so far.</summary>
    public void Put(in TickOrder order, double price)
    {
        var second = (int)(order.Second % SecondsPerMinute);
        var bit = 1UL << second;
        if ((_has & bit) == 0 || _orders[second].IsBefore(in order))
        {
            _has |= bit;
            _orders[second] = order;
            _prices[second] = price;
        }
    }

    public void Save(StateWriter to)
    {
        to.Write(_has);
        for (var left = _has; left != 0; left &= left - 1)
        {
            var second = BitOperations.TrailingZeroCount(left);
            _orders[second].Save(to);
            to.Write(_prices[second]);
        }
    }

    public void Load(ref StateReader from)
    {
        _has = from.UInt64();
        if (_has >> SecondsPerMinute != 0)
        {
            throw from.Wrong("the seconds of a minute", _has);
        }

        for (var left = _has; left != 0; left &= left - 1)
        {
            var second = BitOperations.TrailingZeroCount(left);
            _orders[second] = TickOrder.Load(ref from);
            _prices[second] = from.Double();
        }
    }

    /// <summary>The sum of the prices at the ends of the seconds before a second; each stands until the next.</summary>
    /// <param name="lastSecond">Second of the minute's last tick, since 1970.</param>
    public Int128 SumTo(long lastSecond)
    {
        Int128 sum = 0;
        for (var left = _has; left != 0;)
        {
            var second = BitOperations.TrailingZeroCount(left);
            left &= left - 1;
            var next = left == 0
                ? (int)(lastSecond % SecondsPerMinute)
                : BitOperations.TrailingZeroCount(left);
            sum += (Int128)FixedPoint.Price(_prices[second]) * (next - second);
        }

        return sum;
    }
}
