using System.Runtime.CompilerServices;

namespace Aurum.Sources.Caiso;

/// <summary>The parts of one price that have been read, USD/MWh; NaN for those that have not.</summary>
internal struct Prices
{
    public static readonly Prices Unknown = MakeUnknown();

    /// <summary>One bit for each part that has been read: 1 shifted by <see cref="LmpPart"/>.</summary>
    public byte Parts;

    private Values _values;

    public double this[LmpPart part]
    {
        readonly get => _values[(int)part];
        set => _values[(int)part] = value;
    }

    private static Prices MakeUnknown()
    {
        var prices = default(Prices);
        for (var part = LmpPart.Price; part < LmpPart.Count; part++)
        {
            prices[part] = double.NaN;
        }

        return prices;
    }

    [InlineArray((int)LmpPart.Count)]
    private struct Values
    {
        private double _first;
    }
}
