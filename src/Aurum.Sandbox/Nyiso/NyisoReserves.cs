using Aurum.Market.Feeds;
using Aurum.Market.Power;
using Aurum.Market.Time;
using Aurum.Sandbox.Publishing;
using Aurum.Sandbox.Truths;
using Aurum.Sandbox.Worlds;
using NodaTime;

namespace Aurum.Sandbox.Nyiso;

/// <summary>Prices of reserves and regulation of one market: what they are, the daily file that shows them, the true rows.</summary>
/// <param name="zones">Zones with load, in the order of the file.</param>
/// <param name="dice">The market's chance.</param>
/// <param name="isRealTime">Every five minutes, shown a minute after their end; else the hours of a day, the day before at
/// eleven.</param>
internal sealed class NyisoReserves(IReadOnlyList<NyisoArea> zones, Dice dice, bool isRealTime)
{
    /// <summary>Products in the order of the columns, with their usual price, cents per MW.</summary>
    private static readonly (string Name, string Unit, int Cents)[] All =
    [
        ("10 Min Spinning Reserve", "$/MWHr", 640), ("10 Min Non-Synchronous Reserve", "$/MWHr", 510),
        ("30 Min Operating Reserve", "$/MWHr", 430), ("NYCA Regulation Capacity", "$/MWHr", 980),
        ("NYCA Regulation Movement", "$/MW", 22),
    ];

    private readonly Release _release = isRealTime ? Release.AfterEnd(Duration.FromMinutes(1)) : Release.DayBefore(11);
    private readonly Corrections _mended = new(dice.For("corrections"), 0.05, 0.4);

    private int Seconds => isRealTime ? 300 : 3600;

    /// <summary>Regulation moves in real time alone.</summary>
    private int Products => isRealTime ? All.Length : All.Length - 1;

    public NyisoFile File => new(
        isRealTime ? "rtasp" : "damasp",
        isRealTime ? "rtasp" : "damasp",
        ["Time Stamp", "Time Zone", "Name", "PTID", .. All.Take(Products).Select(p => $"{p.Name} ({p.Unit})")],
        true,
        RowForm.CsvCrLf,
        (day, now) => Starts(day, now).Any(),
        Write);

    public TruthSource Truth(string feed) => new TruthSource<AncillaryPriceRow>(
        new FeedId(feed),
        Rows,
        day => zones.SelectMany(z => _mended.Moments(z.Dice.Seed, day).Select(at => new TruthRevision(at, z.Name))));

    private IEnumerable<long> Starts(OperatingDay day, Instant now)
    {
        var visible = Math.Min(_release.VisibleUntil(day, now), day.End.ToUnixTimeSeconds());
        for (var at = day.Start.ToUnixTimeSeconds(); at + Seconds <= visible; at += Seconds)
        {
            yield return at;
        }
    }

    /// <summary>Cents; reserves of lower quality cost no more than better ones, and all rise together when they are scarce.</summary>
    private long Price(int product, NyisoArea zone, long at, OperatingDay day, Instant now)
    {
        var scarcity = 1 + (4 * Math.Max(0, dice.Smooth(at / 9_000.0) - 0.3));
        var level = Math.Max(0, 0.8 + dice.Smooth((at / 30_000.0) + 70_000) + (0.2 * zone.Dice.Smooth(at / 50_000.0)));
        return (long)Math.Round(All[product].Cents * level * scarcity * (1 + _mended.At(zone.Dice.Seed, day, now)));
    }

    private void Write(RowWriter writer, OperatingDay day, Instant now)
    {
        foreach (var at in Starts(day, now))
        {
            var stamp = isRealTime ? at + Seconds : at;
            foreach (var zone in zones)
            {
                writer.Begin(at);
                NyisoCells.Stamp(writer, stamp, hasSeconds: isRealTime, isQuoted: true);
                NyisoCells.ZoneWord(writer, stamp, isQuoted: true);
                NyisoCells.Word(writer, zone.Name, isQuoted: true);
                writer.Text("," + zone.Ptid);
                for (var product = 0; product < Products; product++)
                {
                    writer.Byte((byte)',');
                    writer.Value();
                    writer.Fixed(Price(product, zone, at, day, now), 2, cutZeros: false);
                }

                writer.End();
            }
        }
    }

    private IEnumerable<AncillaryPriceRow> Rows(OperatingDay day, Instant knownAt)
    {
        var places = zones.Select(z => new Location(z.Name, LocationType.Zone, publisherId: z.Ptid)).ToArray();
        var products = All.Take(Products).Select(p => new Symbol(p.Name)).ToArray();
        foreach (var at in Starts(day, knownAt))
        {
            var delivery = DeliveryInterval.FromUnixSeconds(at, Seconds);
            for (var zone = 0; zone < places.Length; zone++)
            {
                for (var product = 0; product < products.Length; product++)
                {
                    yield return new AncillaryPriceRow(
                        places[zone], products[product], delivery, Price(product, zones[zone], at, day, knownAt) / 100.0);
                }
            }
        }
    }
}
