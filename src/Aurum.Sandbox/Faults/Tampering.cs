using Aurum.Sandbox.Worlds;

namespace Aurum.Sandbox.Faults;

/// <summary>What happens to the rows of one answer on their way out. Made for one answer; says afterwards what it did.</summary>
public sealed class Tampering
{
    /// <summary>Leaves everything as it is.</summary>
    public static readonly Tampering None = new(null);

    private readonly Fault? _fault;
    private readonly Dice _dice;
    private long? _interval;
    private Place? _place;

    public Tampering(Fault? fault)
    {
        _fault = fault;
        _dice = new Dice(fault?.Draw ?? 0);
    }

    public FaultKind? Kind => _fault?.Kind;

    /// <summary>Whether anything was changed, and what; empty while nothing was.</summary>
    public string Detail { get; private set; } = "";

    public bool IsNone => _fault is null;

    public bool RenamesColumn => Kind == FaultKind.RenamedColumn;

    public bool AddsColumn => Kind == FaultKind.AddedColumn;

    public void Note(string detail)
    {
        if (Detail.Length == 0)
        {
            Detail = detail;
        }
    }

    /// <summary>What happens to a row.</summary>
    /// <param name="intervalStart">Start of its interval, seconds since 1970.</param>
    /// <param name="place">Its place; null where rows have none.</param>
    /// <param name="row">Its position among the rows, from 0.</param>
    public RowFate Fate(long intervalStart, Place? place, long row)
    {
        switch (Kind)
        {
            case FaultKind.MissingInterval when Picks(intervalStart):
                Note($"interval starting {NodaTime.Instant.FromUnixTimeSeconds(intervalStart)} left out");
                return RowFate.Drop;
            case FaultKind.RetiredNode when place is not null && Picks(place):
                Note($"place {place.Id} left out");
                return RowFate.Drop;
            case FaultKind.NewNode when place is not null && (_place ??= place) == place:
                Note($"place {NewName(place)} added beside {place.Id}");
                return RowFate.Rename;
            case FaultKind.DuplicateRows when _dice.Unit(row) < 0.04 || row == 0:
                Note("rows repeated");
                return RowFate.Repeat;
            case FaultKind.ConflictingRows when _dice.Unit(row) < 0.02 || row == 0:
                Note("rows repeated with other values");
                return RowFate.Contradict;
            default:
                return RowFate.Keep;
        }
    }

    public static string NewName(Place place) => "X" + place.Id;

    /// <summary>The first interval that the dice like is the one, with all its rows.</summary>
    private bool Picks(long intervalStart)
    {
        if (_interval is null && _dice.Unit(intervalStart) < 0.15)
        {
            _interval = intervalStart;
        }

        return _interval == intervalStart;
    }

    private bool Picks(Place place)
    {
        if (_place is null && _dice.For(place.Key).Unit(0) < 0.3)
        {
            _place = place;
        }

        return ReferenceEquals(_place, place);
    }
}

/// <summary>What becomes of a row.</summary>
public enum RowFate
{
    Keep,
    Drop,

    /// <summary>Written twice.</summary>
    Repeat,

    /// <summary>Written twice, the second time with another value.</summary>
    Contradict,

    /// <summary>Written twice, the second time for a place that does not exist.</summary>
    Rename,
}
