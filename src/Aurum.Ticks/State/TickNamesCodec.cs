using Aurum.Market.Ticks;

namespace Aurum.Ticks.State;

/// <summary>Names in frames and in saved states.</summary>
internal static class TickNamesCodec
{
    public static void Write(StateWriter to, TickNames names)
    {
        WriteRange(to, names.Tenants, static (w, name) => w.Write(name));
        WriteRange(to, names.Sources, static (w, name) => w.Write(name));
        WriteRange(to, names.Instruments, WriteInstrument);
        WriteRange(to, names.Classifications, WriteTaxonomy);
        WriteRange(to, names.Curves, static (w, curve) =>
        {
            w.Write(curve.Tenant);
            w.Write(curve.CurveId);
        });
    }

    public static TickNames Read(ref StateReader from) => new(
        ReadRange(ref from, static (ref r, _) => r.Text()),
        ReadRange(ref from, static (ref r, _) => r.Text()),
        ReadRange(ref from, ReadInstrument),
        ReadRange(ref from, ReadTaxonomy),
        ReadRange(ref from, static (ref r, _) => new TickCurve(r.Text(), r.Text())));

    private static void WriteInstrument(StateWriter to, TickInstrument instrument)
    {
        to.Write(instrument.Tenant);
        to.Write(instrument.InstrumentId);
        to.Write(instrument.Market);
        to.Write(instrument.Symbol);
        to.Write(instrument.ContractMonth);
        to.Write(instrument.Currency);
        to.Write(instrument.Unit);
    }

    private static TickInstrument ReadInstrument(ref StateReader from, int number) => new(
        number, from.Text(), from.Text(), from.Text(), from.Text(), from.Int32(), from.Text(), from.Text());

    private static void WriteTaxonomy(StateWriter to, Taxonomy taxonomy)
    {
        to.Write(taxonomy.Commodity);
        to.Write(taxonomy.Region);
        to.Write(taxonomy.ProductTier);
        to.Write(taxonomy.Confidence);
        to.Write(taxonomy.Method);
    }

    private static Taxonomy ReadTaxonomy(ref StateReader from, int number) =>
        new(from.Text(), from.Text(), from.Text(), from.Double(), from.Text());

    private static void WriteRange<T>(StateWriter to, NameRange<T> range, Action<StateWriter, T> write)
    {
        to.Write(range.First);
        to.Write(range.Names.Count);
        foreach (var name in range.Names)
        {
            write(to, name);
        }
    }

    private static NameRange<T> ReadRange<T>(ref StateReader from, ReadName<T> read)
    {
        var first = from.Int32();
        var names = new T[from.Count(sizeof(int))];
        if (first < 0 || first > int.MaxValue - names.Length)
        {
            throw from.Wrong("the number of a name", first);
        }

        for (var i = 0; i < names.Length; i++)
        {
            names[i] = read(ref from, first + i);
        }

        return new NameRange<T>(first, names);
    }

    private delegate T ReadName<T>(ref StateReader from, int number);
}
