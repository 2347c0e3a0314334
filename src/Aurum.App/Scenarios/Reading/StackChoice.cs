using Aurum.Curves.Documents;
using NodaTime;

namespace Aurum.App.Scenarios.Reading;

/// <summary>Whose stored history a supply stack is fitted to.</summary>
/// <param name="Path">Where it stands in the document.</param>
/// <param name="Region">ISO, region or location of the curves that it is for; null: all.</param>
/// <param name="PriceFeed">Feed of prices: <c>pjm/day-ahead-lmp</c>.</param>
/// <param name="PriceLocation">Place of the prices.</param>
/// <param name="LoadFeed">Feed of loads.</param>
/// <param name="LoadLocation">Place of the loads.</param>
/// <param name="MixFeed">Feed of generation by fuel, whose wind and sun are taken off the load; null: none is.</param>
/// <param name="MixLocation">Place of the generation.</param>
/// <param name="Days">Days of history.</param>
/// <param name="Before">The first day that is no history; null: the as-of date of the first curve.</param>
internal sealed record StackChoice(
    string Path,
    string? Region,
    string PriceFeed,
    string PriceLocation,
    string LoadFeed,
    string LoadLocation,
    string? MixFeed,
    string? MixLocation,
    int Days,
    LocalDate? Before)
{
    private const int DefaultDays = 365;
    private const int LeastDays = 28;
    private const int MostDays = 3_660;

    public static StackChoice Read(DocumentReader document)
    {
        var (mix, mixLocation) = (document.OptionalText("generation_feed"), document.OptionalText("generation_location"));
        if (mix is null != mixLocation is null)
        {
            document.Refuse(
                mix is null ? "generation_feed" : "generation_location", "generation_feed and generation_location, or neither",
                "nothing");
        }

        return new StackChoice(
            document.Path, document.OptionalText("region"), document.Text("price_feed"), document.Text("price_location"),
            document.Text("load_feed"), document.Text("load_location"), mix, mixLocation,
            document.IntegerOr("days", DefaultDays, LeastDays, MostDays, "days"), document.OptionalDate("before"));
    }
}
