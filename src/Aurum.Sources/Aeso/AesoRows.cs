using Aurum.Market.Feeds;
using Aurum.Market.Power;
using Aurum.Market.Time;

namespace Aurum.Sources.Aeso;

/// <summary>Makes rows of AESO's API reports: those of the day asked for that have a value.</summary>
internal static class AesoRows
{
    public static ParseResult Parse<TRow>(FeedFile file, IRowOutput<TRow> output, AesoReport report, Func<long, double, TRow> rowOf)
        where TRow : struct
    {
        var rows = new RowBuffer<TRow>(output);
        var (from, until) = Stretch(file.Day);
        var (refusal, notes) = report.Read(file, (begin, value) =>
        {
            if (!double.IsNaN(value) && begin >= from && begin < until)
            {
                rows.Add(rowOf(begin, value));
            }
        });
        rows.Flush();
        return refusal ?? (rows.Total > 0 ? ParseResult.DataWith(notes)
            : ParseResult.ProvenEmpty($"{file.Name} has no value{(file.Day is { } day ? $" of {day}" : "")}"));
    }

    public static LmpRow Price(DeliveryInterval delivery, double price) =>
        new(AesoFeeds.System, delivery, price, double.NaN, double.NaN, double.NaN, double.NaN);

    /// <summary>Beginnings that belong to a day; all where no day was asked for.</summary>
    private static (long From, long Until) Stretch(OperatingDay? day) => day is { } asked
        ? (asked.Start.ToUnixTimeSeconds(), asked.End.ToUnixTimeSeconds())
        : (long.MinValue, long.MaxValue);
}
