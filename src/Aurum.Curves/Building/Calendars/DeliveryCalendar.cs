using Aurum.Market.Curves;
using Aurum.Market.Time;
using NodaTime;

namespace Aurum.Curves.Building.Calendars;

/// <summary>The hours in which a curve delivers: a market's calendar and a block of it.</summary>
/// <remarks>Which curve has which calendar is in <c>delivery-calendars.csv</c>, with its source; the calendars are those of
/// <see cref="PeakCalendars"/>. Counts are of hours that the clock really ran: a month of a clock change has an hour less or
/// more.</remarks>
/// <param name="Calendar">The market's.</param>
/// <param name="Block">Its hours.</param>
public sealed record DeliveryCalendar(PeakCalendar Calendar, Block Block)
{
    private static readonly IReadOnlyList<DeliveryRule> Rules = DeliveryRule.ReadShipped();

    /// <summary>Every day weighs the same.</summary>
    public static readonly DeliveryCalendar Days = new(PeakCalendars.Shipped["days"], Block.AllHours);

    /// <summary>The calendar of a curve.</summary>
    /// <returns>A refusal where its block is not known.</returns>
    public static Built<DeliveryCalendar> For(CurveIdentity identity)
    {
        var block = Block.AllHours;
        if (identity.Block is { Length: > 0 } text && !BlockNames.TryParse(text, out block))
        {
            return Built<DeliveryCalendar>.Refuse(
                RefusalReason.UnknownBlock, $"expected a block ({string.Join(", ", BlockNames.All)}), found '{text}'");
        }

        foreach (var rule in Rules)
        {
            if (rule.Fits(identity))
            {
                return new DeliveryCalendar(PeakCalendars.Shipped[rule.Calendar], block);
            }
        }

        return Days with { Block = block };
    }

    public DeliveryCalendar With(Block block) => this with { Block = block };

    /// <summary>Hours of delivery in a month.</summary>
    public int HoursOf(YearMonth month) => Calendar.CountHours(Block, month);

    /// <summary>Hours of delivery of a day.</summary>
    public int HoursOf(LocalDate date) => Calendar.CountHours(Block, date, date);

    /// <summary>For people: <c>ON_PEAK of pjm, America/New_York, version 2026.2</c>.</summary>
    public override string ToString() =>
        $"{BlockNames.Text(Block)} of {Calendar.Name}, {Calendar.Zone.Id}, version {PeakCalendars.Shipped.Version}";
}
