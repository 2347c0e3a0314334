using System.Runtime.CompilerServices;

namespace Aurum.Sandbox.Worlds;

/// <summary>Prices of one market run (day-ahead, real-time, ...) on one grid, in whole units of the publisher's last printed
/// decimal.</summary>
/// <remarks>Energy comes from the grid's need for dispatchable power, congestion from three constraints that bind in spells of hours,
/// losses from the place. Real-time runs add noise and rare spikes. The printed parts always add up to the printed price.</remarks>
public sealed class PriceMarket
{
    private readonly Grid _grid;
    private readonly Dice _noise;
    private readonly Dice _spike;
    private readonly Dice[] _constraints;
    private readonly double _scale;
    private readonly bool _isRealTime;

    /// <param name="grid">The physical side.</param>
    /// <param name="dice">The market's own chance.</param>
    /// <param name="decimals">Decimals that the publisher prints.</param>
    /// <param name="isRealTime">Whether noise and spikes belong to the market.</param>
    public PriceMarket(Grid grid, Dice dice, int decimals, bool isRealTime)
    {
        _grid = grid;
        _isRealTime = isRealTime;
        _scale = Math.Pow(10, decimals);
        Decimals = decimals;
        _noise = dice.For("noise");
        _spike = dice.For("spike");
        _constraints = [dice.For("constraint 1"), dice.For("constraint 2"), dice.For("constraint 3")];
    }

    public int Decimals { get; }

    /// <summary>What is the same at all places of an interval. Asked once per interval, whatever the number of places.</summary>
    public MarketState At(long startUnixSeconds, int seconds)
    {
        var middle = startUnixSeconds + (seconds / 2);
        var state = _grid.At(middle);
        var need = state.NetLoadMw / _grid.Shape.BaseLoadMw;
        var energy = 16 + (70 * (need - 0.47)) + (900 * Math.Pow(Math.Max(0, need - 1.08), 2));
        var hours = middle / 3600.0;
        energy += 3 * _noise.Smooth(hours / 5);
        if (_isRealTime)
        {
            energy += (7 * _noise.Smooth((hours * 2) + 100_000)) + (3 * _noise.Smooth((hours * 12) + 900_000));
            energy += Spike(hours);
        }

        energy = Math.Clamp(energy, -150, 1900);
        return new MarketState(Round(energy), Shadow(0, hours, 22), Shadow(1, hours, 35), Shadow(2, hours, 14));
    }

    /// <summary>The price at a place, from the state of its interval.</summary>
    /// <param name="state">From <see cref="At"/>.</param>
    /// <param name="place">Where.</param>
    /// <param name="correctionUsd">What a later correction adds to the congestion part, USD/MWh; 0 before it.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public PriceParts Price(in MarketState state, Place place, double correctionUsd)
    {
        var energyUsd = state.Energy / _scale;
        var congestion = Round(
            (place.Shift1 * state.Shadow1) + (place.Shift2 * state.Shadow2) + (place.Shift3 * state.Shadow3) + correctionUsd);
        var loss = Round(energyUsd * place.LossFactor);
        var ghg = place.GhgFactor == 0 ? 0 : Round(Math.Abs(energyUsd) * place.GhgFactor);
        return new PriceParts(state.Energy + congestion + loss + ghg, state.Energy, congestion, loss, ghg);
    }

    private long Round(double usd) => (long)Math.Round(usd * _scale, MidpointRounding.AwayFromZero);

    /// <summary>About one spell of ten to forty minutes in two days.</summary>
    private double Spike(double hours)
    {
        var slot = (long)Math.Floor(hours * 1.5);
        var draw = _spike.Unit(slot);
        if (draw > 0.014)
        {
            return 0;
        }

        var part = (hours * 1.5) - slot;
        var height = 120 + (900 * _spike.Unit(slot + 7_000_000) * _spike.Unit(slot + 9_000_000));
        return height * Math.Sin(Math.PI * part);
    }

    /// <summary>Shadow price of a constraint, USD/MWh: zero while it does not bind.</summary>
    private double Shadow(int index, double hours, double size)
    {
        var dice = _constraints[index];
        var stress = dice.Smooth(hours / (7 + (4 * index))) + (0.25 * dice.Smooth((hours * 1.3) + 50_000));
        return stress < 0.35 ? 0 : size * (stress - 0.35);
    }
}

/// <summary>What all places of an interval share: the energy part in printed units, and the constraints' prices in USD/MWh.</summary>
public readonly record struct MarketState(long Energy, double Shadow1, double Shadow2, double Shadow3);

/// <summary>A price and its parts in whole units of the last printed decimal. Energy + congestion + loss + GHG is the price,
/// exactly.</summary>
public readonly record struct PriceParts(long Lmp, long Energy, long Congestion, long Loss, long Ghg);
