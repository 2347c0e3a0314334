using Aurum.App.Api.Requests;
using Aurum.App.Curves.Building;
using Aurum.App.Scenarios.Reading;
using Aurum.Curves.Manifests;
using Aurum.Curves.Scenarios;
using Aurum.Curves.Scenarios.Grid;
using Aurum.Market.Time;
using NodaTime;

namespace Aurum.App.Scenarios.Computing;

/// <summary>Fits supply stacks to stored prices, loads and generation.</summary>
internal sealed class StackReader(ForwardBook book)
{
    /// <exception cref="RequestFormatException">No such feeds, prices in another currency than the curves, or too short a
    /// history.</exception>
    public ReadStack Read(StackChoice choice, IReadOnlyList<ScenarioCurve> curves, Instant knownAt, CancellationToken cancel)
    {
        var covered = curves.Where(c => choice.Region is null || IsIn(c, choice.Region)).ToList();
        var lead = covered.FirstOrDefault() ?? throw new RequestFormatException(
            "region", "the ISO, region or location of a curve of the scenario", $"'{choice.Region}'");
        var calendar = lead.Calendar.Calendar;
        var days = HistoryDays.Before(choice.Before ?? lead.AsOf, choice.Days, calendar, knownAt);
        var prices = book.History(choice.PriceFeed, choice.PriceLocation, days, cancel);
        var currency = prices.Pin.Unit.Split('/')[0];
        if (covered.Find(c => c.Unit is { } unit && unit.Currency != currency) is { } other)
        {
            throw new RequestFormatException("price_feed", $"prices in {other.Unit!.Currency} as {other.Name}", prices.Pin.Unit);
        }

        var loads = book.Loads(choice.LoadFeed, choice.LoadLocation, days, cancel);
        var free = choice.MixFeed is { } mix ? book.WindAndSun(mix, choice.MixLocation!, days, cancel) : null;
        var fit = SupplyStack.Fit(
            Hours(prices, loads, free, calendar), choice.Region,
            $"{choice.PriceFeed} {choice.PriceLocation}, {choice.LoadFeed} {choice.LoadLocation}");
        var pins = free is null ? new[] { prices.Pin, loads.Pin } : [prices.Pin, loads.Pin, free.Pin];
        return new ReadStack(Refusals.Required("days", fit), pins);
    }

    /// <summary>Hours that have a price and a load, and where wind and sun are known theirs.</summary>
    private static List<StackHour> Hours(PinnedHistory prices, PinnedHistory loads, PinnedHistory? free, PeakCalendar calendar)
    {
        var loadOf = loads.History.Hours.ToDictionary(static h => h.StartUnixSeconds, static h => h.Price);
        var freeOf = free?.History.Hours.ToDictionary(static h => h.StartUnixSeconds, static h => h.Price);
        var hours = new List<StackHour>(prices.History.Hours.Count);
        foreach (var (start, price) in prices.History.Hours)
        {
            if (loadOf.TryGetValue(start, out var load) && (freeOf is null || freeOf.ContainsKey(start)))
            {
                var instant = Instant.FromUnixTimeSeconds(start);
                hours.Add(new StackHour(
                    instant.InZone(calendar.Zone).Month, calendar.Contains(Block.OnPeak, instant),
                    load - (freeOf?[start] ?? 0), load, price));
            }
        }

        return hours;
    }

    private static bool IsIn(ScenarioCurve curve, string region)
    {
        bool Is(string? name) => string.Equals(name, region, StringComparison.OrdinalIgnoreCase);
        return Is(curve.Identity.Iso) || Is(curve.Identity.Region) || Is(curve.Identity.Location);
    }
}

/// <summary>A stack and what pins its history.</summary>
internal sealed record ReadStack(SupplyStack Stack, IReadOnlyList<SeriesPin> Pins);
