using Aurum.Market.Time;
using Aurum.Sandbox.Worlds;
using NodaTime;

namespace Aurum.Sandbox.Pjm;

/// <summary>Constraints that bind, and their shadow prices.</summary>
internal static class PjmConstraints
{
    private static readonly string[] Times =
        ["datetime_beginning_utc", "datetime_beginning_ept", "datetime_ending_utc", "datetime_ending_ept"];

    public static IEnumerable<PjmDataset> Datasets(PjmBooks books) =>
    [
        MarginalValues("da_marginal_value", books.DayAhead),
        MarginalValues("rt_marginal_value", books.FiveMinutes),
        new("da_transconstraints",
            [.. Times, "duration", "day_ahead_congestion_event", "monitored_facility", "contingency_facility"],
            "duration", "datetime_beginning_ept", [], (page, day, now) => WriteStretches(books, page, day, now)),
    ];

    private static PjmDataset MarginalValues(string name, PriceBook book) => new(
        name, [.. Times, "monitored_facility", "contingency_facility", "shadow_price"], "shadow_price", "datetime_beginning_ept", [],
        (page, day, now) =>
        {
            // By constraint and then by time: the publisher does not sort by time either.
            for (var constraint = 0; constraint < PjmBooks.Constraints.Count; constraint++)
            {
                foreach (var start in book.Starts(day, now))
                {
                    var price = PjmBooks.ShadowPrice(book, constraint, start);
                    if (price != 0 && page.Begin(start))
                    {
                        page.Stamps(start);
                        page.Stamps(start + book.Seconds);
                        page.Text(PjmBooks.Constraints[constraint].Facility);
                        page.Text(PjmBooks.Constraints[constraint].Contingency);
                        page.Number(price, 2);
                        page.End();
                    }
                }
            }
        });

    private static void WriteStretches(PjmBooks books, PjmPage page, OperatingDay day, Instant now)
    {
        if (books.DayAhead.Release.VisibleUntil(day, now) != long.MaxValue)
        {
            return;
        }

        for (var constraint = 0; constraint < PjmBooks.Constraints.Count; constraint++)
        {
            foreach (var (start, hours) in PjmHours.Stretches(books, constraint, day))
            {
                if (page.Begin(start))
                {
                    page.Stamps(start);
                    page.Stamps(start + (hours * 3600L));
                    page.Number(hours, 0);
                    page.Text(PjmBooks.Constraints[constraint].Facility);
                    page.Text(PjmBooks.Constraints[constraint].Facility);
                    page.Text(PjmBooks.Constraints[constraint].Contingency);
                    page.End();
                }
            }
        }
    }
}
