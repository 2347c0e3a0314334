using Aurum.Market.Ticks;

namespace Aurum.Ticks;

/// <summary>How many names of a pipeline have been told to whoever stores them.</summary>
internal sealed class NewNames
{
    private int _tenants;
    private int _sources;
    private int _instruments;
    private int _classifications;
    private int _curves;

    public TickNames Take(TickPipeline of) => new(
        Since(ref _tenants, of.Instruments.Tenants.Count, n => of.Instruments.Tenants[n]),
        Since(ref _sources, of.Normalize.Sources.Count, n => of.Normalize.Sources[n]),
        Since(ref _instruments, of.Instruments.Count, n => of.Instruments[n]),
        Since(ref _classifications, of.Enrich.Count, n => of.Enrich[n]),
        Since(ref _curves, of.Curves.Count, n => of.Curves[n]));

    public void Add(TickPipeline to, TickNames names)
    {
        Add(ref _tenants, to.Instruments.Tenants.Count, names.Tenants, to.Instruments.AddTenant);
        Add(ref _sources, to.Normalize.Sources.Count, names.Sources, to.Normalize.Sources.Add);
        Add(ref _instruments, to.Instruments.Count, names.Instruments, to.Instruments.Add);
        Add(ref _classifications, to.Enrich.Count, names.Classifications, to.Enrich.Add);
        Add(ref _curves, to.Curves.Count, names.Curves, to.Curves.Add);
    }

    private static NameRange<T> Since<T>(ref int told, int count, Func<int, T> name)
    {
        var first = told;
        told = count;
        return new NameRange<T>(first, first == count ? [] : [.. Enumerable.Range(first, count - first).Select(name)]);
    }

    /// <summary>Adds those that are not there; the first taxonomy, that of none, always is.</summary>
    private static void Add<T>(ref int told, int count, NameRange<T> names, Action<T> add)
    {
        if (names.First > count)
        {
            throw new InvalidDataException($"expected names from number {count} on, found {names.First}");
        }

        for (var number = count; number < names.First + names.Names.Count; number++)
        {
            add(names.Names[number - names.First]);
        }

        told = Math.Max(told, names.First + names.Names.Count);
    }
}
