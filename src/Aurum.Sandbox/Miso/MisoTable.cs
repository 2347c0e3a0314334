using System.Globalization;
using System.Text.Json;
using Aurum.Market.Power;
using Aurum.Market.Time;
using Aurum.Sandbox.Publishing;
using Aurum.Sandbox.Worlds;

namespace Aurum.Sandbox.Miso;

/// <summary>The consolidated price table: four blocks of one interval each.</summary>
internal sealed class MisoTable(MisoBooks books)
{
    /// <summary>Reserve parts of the 5-minute block, with the product that they are of.</summary>
    private static readonly (string Part, string Product)[] Reserves =
    [
        ("REGMCP", "Regulation"), ("REGMILEAGEMCP", "Mileage"), ("SPINMCP", "Spin"), ("SUPPMCP", "Supplemental"), ("STRMCP", "STR"),
        ("RCUPMCP", "Ramp-up"), ("RCDOWNMCP", "Ramp-down"),
    ];

    /// <summary>The values of a moment: block, start and length of its interval, node, part, hundredths of a USD.</summary>
    public IEnumerable<MisoTableValue> Values(MisoMoment shown)
    {
        foreach (var block in Blocks(shown))
        {
            foreach (var (place, parts) in Nodes(block, shown.Day))
            {
                foreach (var (part, value) in parts)
                {
                    yield return new MisoTableValue(block.Name, block.Start, block.Book.Seconds, place.Id, part, value);
                }
            }
        }
    }

    public void Write(Utf8JsonWriter json, Moment moment)
    {
        var shown = MisoMoment.OfPrices(moment.Now);
        json.WriteStartObject("LMPData");
        json.WriteString("RefId", MisoAnswers.Reference(shown.Reference));
        foreach (var block in Blocks(shown))
        {
            json.WriteStartObject(block.Property);
            json.WriteString("HourAndMin", block.Label);
            json.WriteStartArray("PricingNode");
            var row = 0L;
            foreach (var (place, parts) in Nodes(block, shown.Day))
            {
                MisoAnswers.Row(json, moment, block.Start, place, row++, () =>
                {
                    json.WriteString("name", place.Id);
                    json.WriteString("region", "Midwest");
                    foreach (var (part, value) in parts)
                    {
                        var name = part == "MCC" ? MisoAnswers.Named(moment, part) : part;
                        json.WriteString(name, ((decimal)value / 100).ToString("0.00", CultureInfo.InvariantCulture));
                    }
                });
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        json.WriteEndObject();
    }

    /// <summary>The 5-minute block, the last hour that has ended by its start, and the running hour of the day-ahead markets.</summary>
    private Block[] Blocks(MisoMoment shown)
    {
        var inDay = (int)(shown.Reference - shown.Day.Start.ToUnixTimeSeconds());
        var hour = inDay / 3600;
        return
        [
            new Block("five-minute", "FiveMinLMP", $"{hour:00}:{inDay / 60 % 60:00}", shown.Reference, books.FiveMinutes),
            new Block("hourly", "HourlyIntegratedLMP", $"HE {(hour == 0 ? 24 : hour)}", shown.Hour - 3600, books.ShownHourly),
            new Block("day-ahead-ex-ante", "DayAheadExAnteLMP", $"HE {hour + 1}", shown.Hour, books.ShownExAnte),
            new Block("day-ahead-ex-post", "DayAheadExPostLMP", $"HE {hour + 1}", shown.Hour, books.ShownDayAhead),
        ];
    }

    private IEnumerable<(Place Place, List<(string Part, long Value)> Parts)> Nodes(Block block, OperatingDay day)
    {
        var states = block.Book.States(block.Start);
        foreach (var place in block.Book.Places.Where(p => p.IsActive(day.Date)))
        {
            var price = block.Book.Price(states, place, 0);
            List<(string, long)> parts = [("LMP", price.Lmp), ("MLC", price.Loss), ("MCC", price.Congestion)];
            if (block.Book == books.FiveMinutes)
            {
                parts.AddRange(Reserves.Select(r => (
                    r.Part, place.Location.Type == LocationType.Node ? books.Reserve(r.Product, 1, block.Start) : 0)));
            }

            yield return (place, parts);
        }
    }

    private sealed record Block(string Name, string Property, string Label, long Start, PriceBook Book);
}

/// <summary>One value of the consolidated table.</summary>
internal readonly record struct MisoTableValue(string Block, long Start, int Seconds, string Node, string Part, long Hundredths);
