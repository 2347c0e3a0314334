using Aurum.Market.Text;
using NodaTime;

namespace Aurum.App.Api.Requests;

/// <summary>The clock that <c>tz=</c> asks for: none, the market's own of each row, or one named zone.</summary>
public sealed record ZoneChoice
{
    private ZoneChoice()
    {
    }

    public static readonly ZoneChoice None = new();

    public static readonly ZoneChoice Market = new() { IsMarket = true };

    public static readonly QueryParameter Parameter = new(
        "tz", ParameterForm.Text, "Adds interval_start_local and interval_end_local on this clock: market, UTC or an IANA name. "
        + "Dates in start and end are days of this clock.")
    {
        Default = "no local times; dates are UTC days",
        Example = "America/New_York",
        IsFilter = true,
    };

    /// <summary>Whether each row shows its own market's clock.</summary>
    public bool IsMarket { get; private init; }

    /// <summary>The named zone; null for none and market.</summary>
    public DateTimeZone? Zone { get; private init; }

    public bool IsGiven => IsMarket || Zone is not null;

    /// <exception cref="RequestFormatException">No such zone.</exception>
    public static ZoneChoice Read(QueryReader query) => query.Text("tz") switch
    {
        null => None,
        var text when text.Equals("market", StringComparison.OrdinalIgnoreCase) => Market,
        var text when text.Equals("utc", StringComparison.OrdinalIgnoreCase) => new() { Zone = DateTimeZone.Utc },
        var text => new() { Zone = DateTimeZoneProviders.Tzdb.GetZoneOrNull(text) ?? throw Unknown(text) },
    };

    private static RequestFormatException Unknown(string text)
    {
        var nearest = NearestName.To(text, DateTimeZoneProviders.Tzdb.Ids);
        return new RequestFormatException("tz",
            "market, UTC or an IANA name like America/New_York" + (nearest is null ? "" : $"; did you mean {nearest}?"),
            $"'{text}'");
    }
}
