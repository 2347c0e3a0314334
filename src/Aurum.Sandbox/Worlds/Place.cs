using System.Text;
using Aurum.Market.Power;
using NodaTime;

namespace Aurum.Sandbox.Worlds;

/// <summary>A priced place of a sandbox grid: what it is called, and how it sits in the network.</summary>
public sealed class Place
{
    /// <param name="dice">The grid's chance; the place draws its factors from it by its own name.</param>
    /// <param name="id">Name that the publisher prints.</param>
    /// <param name="type">Hub, zone, node, ...</param>
    /// <param name="publisherId">Number beside the name (NYISO's PTID).</param>
    /// <param name="typeText">Type as the publisher prints it (ERCOT's RN, HU, LZ, ...); empty where it prints none.</param>
    public Place(Dice dice, string id, LocationType type, string? publisherId = null, string typeText = "")
    {
        Id = id;
        IdUtf8 = Encoding.UTF8.GetBytes(id);
        TypeText = typeText;
        PublisherId = publisherId;
        Location = new Location(id, type, publisherId: publisherId);
        var own = dice.For(id);
        Key = own.Seed;
        LossFactor = (own.Unit(1) * 0.13) - 0.05;
        Shift1 = (own.Unit(2) * 1.4) - 0.5;
        Shift2 = (own.Unit(3) * 1.2) - 0.6;
        Shift3 = (own.Unit(4) * 0.9) - 0.2;
    }

    public string Id { get; }

    public ReadOnlyMemory<byte> IdUtf8 { get; }

    public string TypeText { get; }

    public string? PublisherId { get; }

    /// <summary>The place as rows name it.</summary>
    public Location Location { get; }

    /// <summary>The place's own seed.</summary>
    public ulong Key { get; }

    /// <summary>Loss part of the price, as a share of the energy part.</summary>
    public double LossFactor { get; }

    /// <summary>How much of the first constraint's price the place feels.</summary>
    public double Shift1 { get; }

    public double Shift2 { get; }

    public double Shift3 { get; }

    /// <summary>Greenhouse-gas part, as a share of the energy part; zero for all but a few importing areas.</summary>
    public double GhgFactor { get; init; }

    /// <summary>First operating day with prices; null: always.</summary>
    public LocalDate? From { get; init; }

    /// <summary>First operating day without prices again; null: never.</summary>
    public LocalDate? Until { get; init; }

    public bool IsActive(LocalDate day) => (From is null || day >= From) && (Until is null || day < Until);

    public override string ToString() => Id;
}
