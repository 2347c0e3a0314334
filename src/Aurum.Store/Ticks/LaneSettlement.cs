using System.Runtime.InteropServices;

namespace Aurum.Store.Ticks;

/// <summary>Turns a partition's rows into a frame of the store: the store's numbers in place of the partition's own.</summary>
internal static class LaneSettlement
{
    /// <param name="settlement">Takes the frame; it has begun.</param>
    /// <param name="commit">Rows, with names that are resolved.</param>
    public static void Fill(TickSettlement settlement, LaneCommit commit)
    {
        var instruments = CollectionsMarshal.AsSpan(commit.Names.Instruments.Numbers);
        var sources = CollectionsMarshal.AsSpan(commit.Names.Sources.Numbers);
        var classes = CollectionsMarshal.AsSpan(commit.Names.Classifications.Numbers);
        var curves = CollectionsMarshal.AsSpan(commit.Names.Curves.Numbers);
        var rows = commit.Rows;
        settlement.Add(rows.Ticks.Items);
        foreach (ref var tick in settlement.TickPile.Items)
        {
            tick = tick with
            {
                Instrument = instruments[tick.Instrument],
                Source = sources[tick.Source],
                Classification = classes[tick.Classification],
            };
        }

        settlement.Add(rows.Bars.Items);
        foreach (ref var bar in settlement.BarPile.Items)
        {
            bar = bar with { Instrument = instruments[bar.Instrument] };
        }

        settlement.Add(rows.Points.Items);
        foreach (ref var point in settlement.PointPile.Items)
        {
            point = point with { Instrument = instruments[point.Instrument], Curve = curves[point.Curve] };
        }

        foreach (ref readonly var price in rows.Prices.Items)
        {
            settlement.Add([price with { Instrument = instruments[price.Instrument], Source = sources[price.Source] }]);
        }

        foreach (var (letter, tenant, stream, from, length, form) in rows.Letters)
        {
            settlement.Add(letter, tenant, stream, rows.Messages.Items.Slice(from, length), form);
        }
    }
}
