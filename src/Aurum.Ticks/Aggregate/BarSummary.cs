using System.Runtime.CompilerServices;
using Aurum.Market.Ticks;
using Aurum.Ticks.State;

namespace Aurum.Ticks.Aggregate;

/// <summary>All that a bar is made of, in a form whose sums are exact: summaries of parts give the summary of the whole.</summary>
/// <remarks>Empty while <see cref="Count"/> is 0.</remarks>
internal struct BarSummary
{
    public TickOrder First;
    public TickOrder Last;
    public double Open;
    public double Close;
    public double High;
    public double Low;
    public long Count;

    /// <summary>Sum of volumes, see <see cref="FixedPoint"/>.</summary>
    public Int128 Volume;

    /// <summary>Sum of price times volume.</summary>
    public Int128 PriceVolume;

    /// <summary>Sum of the prices at the ends of the seconds from the first tick's to the one before the last tick's.</summary>
    public Int128 PriceSeconds;

    public static BarSummary Load(ref StateReader from) => new()
    {
        First = TickOrder.Load(ref from),
        Last = TickOrder.Load(ref from),
        Open = from.Double(),
        Close = from.Double(),
        High = from.Double(),
        Low = from.Double(),
        Count = from.Int64(),
        Volume = from.Int128(),
        PriceVolume = from.Int128(),
        PriceSeconds = from.Int128(),
    };

    public readonly void Save(StateWriter to)
    {
        First.Save(to);
        Last.Save(to);
        to.Write(Open);
        to.Write(Close);
        to.Write(High);
        to.Write(Low);
        to.Write(Count);
        to.Write(Volume);
        to.Write(PriceVolume);
        to.Write(PriceSeconds);
    }

    /// <summary>Takes a tick, in any order; all but <see cref="PriceSeconds"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Add(in Tick tick, in TickOrder order)
    {
        var price = tick.Price;
        if (Count == 0)
        {
            First = Last = order;
            Open = Close = High = Low = price;
        }
        else
        {
            if (Last.IsBefore(in order))
            {
                (Last, Close) = (order, price);
            }
            else if (order.IsBefore(in First))
            {
                (First, Open) = (order, price);
            }

            High = price > High ? price : High;
            Low = price < Low ? price : Low;
        }

        Count++;
        var volume = FixedPoint.Volume(tick.Volume);
        Volume += volume;
        PriceVolume += FixedPoint.Times(FixedPoint.Price(price), volume);
    }

    /// <summary>Takes the summary of ticks whose seconds are all after this one's.</summary>
    public void Append(in BarSummary later)
    {
        if (later.Count == 0)
        {
            return;
        }

        if (Count == 0)
        {
            this = later;
            return;
        }

        PriceSeconds += ((Int128)FixedPoint.Price(Close) * (later.First.Second - Last.Second)) + later.PriceSeconds;
        (Last, Close) = (later.Last, later.Close);
        High = Math.Max(High, later.High);
        Low = Math.Min(Low, later.Low);
        Count += later.Count;
        Volume += later.Volume;
        PriceVolume += later.PriceVolume;
    }

    /// <summary>The bar of a window that holds these ticks.</summary>
    public readonly Bar ToBar(int instrument, BarInterval interval, long start, long end, int revision, BarMarks marks)
    {
        var endSecond = end / BarIntervals.MicrosPerSecond;
        var priceSeconds = PriceSeconds + ((Int128)FixedPoint.Price(Close) * (endSecond - Last.Second));
        return new Bar
        {
            Instrument = instrument,
            Interval = interval,
            StartMicros = start,
            EndMicros = end,
            Open = Open,
            High = High,
            Low = Low,
            Close = Close,
            Volume = (double)Volume / FixedPoint.VolumeScale,
            Vwap = Volume == 0 ? double.NaN : (double)PriceVolume / (double)Volume / FixedPoint.PriceScale,
            Twap = (double)priceSeconds / (endSecond - First.Second) / FixedPoint.PriceScale,
            Count = Count,
            Revision = revision,
            Marks = marks,
        };
    }
}
