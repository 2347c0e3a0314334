using Aurum.Market.Ticks;
using Aurum.Ticks.State;

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
        Add(ref _tenants, to.Instruments.Tenants.Count, names.Tenants, n => to.Instruments.Tenants[n], to.Instruments.AddTenant);
        Add(ref _sources, to.Normalize.Sources.Count, names.Sources, n => to.Normalize.Sources[n], to.Normalize.Sources.Add);
        Add(ref _instruments, to.Instruments.Count, names.Instruments, n => to.Instruments[n], to.Instruments.Add);
        Add(ref _classifications, to.Enrich.Count, names.Classifications, n => to.Enrich[n], to.Enrich.Add);
        Add(ref _curves, to.Curves.Count, names.Curves, n => to.Curves[n], to.Curves.Add);
    }

    /// <summary>All names, and how many of them have been told.</summary>
    public void Save(StateWriter to, TickPipeline of)
    {
        TickNamesCodec.Write(to, new NewNames().Take(of));
        to.Write(_tenants);
        to.Write(_sources);
        to.Write(_instruments);
        to.Write(_classifications);
        to.Write(_curves);
    }

    public void Load(ref StateReader from, TickPipeline to)
    {
        Add(to, TickNamesCodec.Read(ref from));
        _tenants = from.Index(to.Instruments.Tenants.Count + 1);
        _sources = from.Index(to.Normalize.Sources.Count + 1);
        _instruments = from.Index(to.Instruments.Count + 1);
        _classifications = from.Index(to.Enrich.Count + 1);
        _curves = from.Index(to.Curves.Count + 1);
    }

    private static NameRange<T> Since<T>(ref int told, int count, Func<int, T> name)
    {
        var first = told;
        told = count;
        return new NameRange<T>(first, first == count ? [] : [.. Enumerable.Range(first, count - first).Select(name)]);
    }

    /// <summary>Adds those that are not there; the first taxonomy, that of none, always is.</summary>
    private static void Add<T>(ref int told, int count, NameRange<T> names, Func<int, T> name, Action<T> add)
        where T : notnull
    {
        if (names.First > count)
        {
            throw new InvalidDataException($"expected names from number {count} on, found {names.First}");
        }

        for (var number = names.First; number < names.First + names.Names.Count; number++)
        {
            var next = names.Names[number - names.First];
            if (number >= count)
            {
                add(next);
            }
            else if (!next.Equals(name(number)))
            {
                throw new InvalidDataException($"expected {name(number)} to keep its number {number}, found {next}");
            }
        }

        told = Math.Max(told, names.First + names.Names.Count);
    }
}
