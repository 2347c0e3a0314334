using Aurum.Curves.Documents;
using Aurum.Market.Curves;
using Aurum.Market.Time;

namespace Aurum.Curves.Scenarios.Drivers;

/// <summary>Reads one assumption after the other, and those inside of them, and names them.</summary>
internal sealed class DriverReading
{
    private const int MaxDepth = 4;
    private const int MaxNames = 100;

    private static readonly Dictionary<string, Func<DocumentReader, DriverHead, DriverReading, Driver?>> Readers = new()
    {
        [PolicyDriver.TypeName] = static (payload, head, _) => PolicyDriver.Read(payload, head),
        [LoadGrowthDriver.TypeName] = static (payload, head, _) => LoadGrowthDriver.Read(payload, head),
        [FuelCurveDriver.TypeName] = static (payload, head, _) => FuelCurveDriver.Read(payload, head),
        [FleetChangeDriver.TypeName] = static (payload, head, _) => FleetChangeDriver.Read(payload, head),
        [CarbonDriver.TypeName] = static (payload, head, _) => CarbonDriver.Read(payload, head),
        [CompositeDriver.TypeName] = CompositeDriver.Read,
        [StochasticDriver.TypeName] = StochasticDriver.Read,
        [ConditionalDriver.TypeName] = ConditionalDriver.Read,
        [TimeSeriesDriver.TypeName] = static (payload, head, _) => TimeSeriesDriver.Read(payload, head),
    };

    private readonly HashSet<string> _names = new(StringComparer.Ordinal);
    private int _depth;

    public static IReadOnlyList<string> Types { get; } = [.. Readers.Keys];

    /// <summary>Assumptions that were read so far, those inside of others not counted.</summary>
    public int Count { get; private set; }

    /// <summary>An assumption of the scenario's own list; null where it is refused.</summary>
    public Driver? Top(DocumentReader assumption)
    {
        Count++;
        return Read(assumption, DriverScope.AllPower, NameOfTop(assumption));
    }

    /// <summary>An assumption inside of another one, which acts within that one's scope; null where it is refused.</summary>
    public Driver? Inner(DocumentReader assumption, DriverScope outer)
    {
        if (_depth >= MaxDepth)
        {
            assumption.RefuseAt(assumption.Path, $"at most {MaxDepth} drivers inside of each other", $"{MaxDepth + 1}");
            Pass(assumption);
            return null;
        }

        var name = assumption.OptionalText("name") ?? assumption.OneOf("driver_type", Types) ?? "";
        return Read(assumption, outer, name);
    }

    private Driver? Read(DocumentReader assumption, DriverScope scope, string name)
    {
        var version = assumption.OptionalText("version");
        var payload = assumption.At("payload");
        if (assumption.OneOf("driver_type", Types) is not { } type)
        {
            if (!assumption.Has("driver_type"))
            {
                assumption.Refuse("driver_type", $"one of {string.Join(", ", Types)}");
            }

            Pass(payload);
            return null;
        }

        _depth++;
        var head = new DriverHead(name, assumption.Path, version, ScopeOf(payload, scope));
        var driver = Readers[type](payload, head, this);
        _depth--;
        return driver;
    }

    /// <summary>Takes the fields of what is refused as a whole, so that they are not told of one by one.</summary>
    private static void Pass(DocumentReader refused)
    {
        foreach (var field in refused.Names)
        {
            refused.Has(field);
        }
    }

    /// <summary>The assumption's own name, or its type with a number where the type was there before.</summary>
    private string NameOfTop(DocumentReader assumption)
    {
        if (assumption.OptionalText("name") is { } own)
        {
            if (!_names.Add(own))
            {
                assumption.Refuse("name", "a name that no other assumption has");
            }

            return own;
        }

        var type = assumption.OneOf("driver_type", Types) ?? "";
        var name = type;
        for (var number = 2; !_names.Add(name); number++)
        {
            name = $"{type} {number}";
        }

        return name;
    }

    private static DriverScope ScopeOf(DocumentReader payload, DriverScope outer)
    {
        if (payload.Maybe("scope") is not { } scope)
        {
            return outer;
        }

        var read = new DriverScope
        {
            AssetClasses = scope.Has("asset_classes") ? Known<AssetClass>(scope, "asset_classes", ChoiceNames<AssetClass>.TryParse,
                ChoiceNames<AssetClass>.All) : outer.AssetClasses,
            Regions = scope.Has("regions") ? scope.Texts("regions", 1, MaxNames) : outer.Regions,
            Blocks = scope.Has("blocks") ? Known<Block>(scope, "blocks", BlockNames.TryParse, [.. BlockNames.All]) : outer.Blocks,
            Curves = scope.Has("curves") ? scope.Texts("curves", 1, MaxNames) : outer.Curves,
            First = scope.OptionalMonth("from") ?? outer.First,
            Last = scope.OptionalMonth("to") ?? outer.Last,
        };
        if (read.First is { } first && read.Last is { } last && last.CompareTo(first) < 0)
        {
            scope.Refuse("to", $"a month from {first:uuuu-MM} on");
        }

        return read;
    }

    private delegate bool TryRead<T>(string text, out T value);

    private static IReadOnlyList<T> Known<T>(DocumentReader scope, string name, TryRead<T> tryRead, IReadOnlyList<string> all)
    {
        var texts = scope.Texts(name, 1, MaxNames);
        var known = new List<T>(texts.Count);
        for (var i = 0; i < texts.Count; i++)
        {
            if (tryRead(texts[i], out var value))
            {
                known.Add(value);
            }
            else
            {
                scope.RefuseAt($"{scope.Path}.{name}[{i}]", $"one of {string.Join(", ", all)}", texts[i]);
            }
        }

        return known;
    }
}
