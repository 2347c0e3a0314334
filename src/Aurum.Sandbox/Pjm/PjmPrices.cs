using Aurum.Market.Time;
using Aurum.Sandbox.Worlds;
using NodaTime;

namespace Aurum.Sandbox.Pjm;

/// <summary>Prices: verified ones with versions, and those of dispatch without version and energy part.</summary>
internal static class PjmPrices
{
    private static readonly string[] Place = ["pnode_id", "pnode_name", "voltage", "equipment", "type", "zone"];

    /// <summary>Days for which prices are shown that are not verified.</summary>
    private const int DispatchedKeptDays = 15;

    public static IEnumerable<PjmDataset> Datasets(PjmBooks books) =>
    [
        Verified("da_hrl_lmps", "da", books.DayAhead, books) with { ArchivedAfterDays = 731 },
        Verified("rt_hrl_lmps", "rt", books.Hourly, books) with { ArchivedAfterDays = 731 },
        Verified("rt_fivemin_hrl_lmps", "rt", books.EveryFiveMinutes, books) with { ArchivedAfterDays = 186 },
        new(
            "rt_unverified_fivemin_lmps",
            [
                "datetime_beginning_utc", "datetime_beginning_ept", .. Place, "total_lmp_rt", "congestion_price_rt",
                "marginal_loss_price_rt",
            ],
            "total_lmp_rt", "datetime_beginning_ept", ["pnode_id"], (page, day, now) => WriteDispatched(books, page, day, now)),
    ];

    private static PjmDataset Verified(string name, string market, PriceBook book, PjmBooks books)
    {
        var nodes = books.Nodes.ToDictionary(n => n.Place);
        return new PjmDataset(
            name,
            [
                "datetime_beginning_utc", "datetime_beginning_ept", .. Place, $"system_energy_price_{market}", $"total_lmp_{market}",
                $"congestion_price_{market}", $"marginal_loss_price_{market}", "row_is_current", "version_nbr",
            ],
            $"total_lmp_{market}", "datetime_beginning_ept", ["pnode_id", "row_is_current", "type"],
            (page, day, now) => WriteVerified(book, nodes, page, day, now));
    }

    private static void WriteVerified(
        PriceBook book, Dictionary<Place, PjmNode> nodes, PjmPage page, OperatingDay day, Instant now)
    {
        var versions = book.Places.Where(p => p.IsActive(day.Date) && IsAsked(page, p))
            .SelectMany(p => Versions(book, p, day, now)).Where(v => v.IsCurrent || !page.Question.IsCurrentOnly).ToList();
        foreach (var start in book.Starts(day, now))
        {
            var states = book.States(start);
            foreach (var (place, number, isCurrent, correction) in versions)
            {
                if (!page.Begin(start, place))
                {
                    continue;
                }

                var price = book.Price(states, place, correction);
                page.Stamps(start);
                WriteNode(page, nodes[place]);
                page.Number(price.Energy, 2);
                page.Number(price.Lmp, 2);
                page.Number(price.Congestion, 2);
                page.Number(price.Loss, 2);
                page.Flag(isCurrent);
                page.Whole(number);
                page.End();
            }
        }
    }

    private static void WriteDispatched(PjmBooks books, PjmPage page, OperatingDay day, Instant now)
    {
        if (day.Date <= OperatingDay.Of(now, day.Zone).Date.PlusDays(-DispatchedKeptDays))
        {
            return;
        }

        var book = books.Dispatched;
        foreach (var start in book.Starts(day, now))
        {
            var states = book.States(start);
            foreach (var node in books.Nodes)
            {
                if (node.Place.TypeText is not ("ZONE" or "HUB") || !IsAsked(page, node.Place) || !page.Begin(start, node.Place))
                {
                    continue;
                }

                var price = book.Price(states, node.Place, 0);
                page.Stamps(start);
                WriteNode(page, node);
                page.Number(price.Lmp, 2);
                page.Number(price.Congestion, 2);
                page.Number(price.Loss, 2);
                page.End();
            }
        }
    }

    private static bool IsAsked(PjmPage page, Place place) =>
        page.Question.Nodes.Count == 0 || page.Question.Nodes.Contains(place.PublisherId!);

    /// <summary>The versions of a place's prices of a day, each with the correction that it has.</summary>
    private static IEnumerable<(Place Place, int Number, bool IsCurrent, double CorrectionUsd)> Versions(
        PriceBook book, Place place, OperatingDay day, Instant now)
    {
        var corrected = book.Corrections.Moments(place.Key, day).Where(at => at <= now).ToList();
        for (var version = 0; version <= corrected.Count; version++)
        {
            var correction = version == 0 ? 0 : book.Corrections.At(place.Key, day, corrected[version - 1]);
            yield return (place, version + 1, version == corrected.Count, correction);
        }
    }

    private static void WriteNode(PjmPage page, PjmNode node)
    {
        page.Whole(long.Parse(node.Place.PublisherId!, System.Globalization.CultureInfo.InvariantCulture));
        page.Text(node.Name);
        page.Text(node.Voltage);
        page.Text(node.Equipment);
        page.Text(node.Place.TypeText);
        page.Text(node.Zone);
    }
}
