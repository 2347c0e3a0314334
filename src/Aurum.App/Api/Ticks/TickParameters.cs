using Aurum.App.Api.Requests;
using Aurum.App.Output;
using Aurum.App.Ticks;
using Aurum.App.Ticks.Lanes;
using Aurum.App.Ticks.Served;
using Aurum.Market.Ticks;
using Aurum.Store;
using NodaTime;

namespace Aurum.App.Api.Ticks;

/// <summary>Parameters that endpoints of real-time prices share.</summary>
internal static class TickParameters
{
    /// <summary>Tag of the endpoints in the OpenAPI document.</summary>
    public const string Tag = "real-time prices";

    public const string DefaultTenant = "default";

    /// <summary>Instruments that one request may name.</summary>
    private const int MaxInstruments = 100;

    private const int MaxNameBytes = 128;

    public static readonly QueryParameter Tenant = QueryParameter.Filter("tenant", "Whose prices.", "acme") with
    {
        Default = DefaultTenant,
        MaxLength = MaxNameBytes,
    };

    public static readonly QueryParameter Instrument = QueryParameter.Filter(
        "instrument", $"Instrument id; of a forward curve with its month. May be repeated, up to {MaxInstruments} times.",
        "CAISO.NP15.RT5") with
    {
        Default = "all of the tenant",
        MaxValues = MaxInstruments,
    };

    public static readonly QueryParameter Start = new("start", ParameterForm.Time, "First time, inclusive: an instant, or a date in UTC.")
    {
        Example = "2026-03-02T15:00:00Z",
        IsFilter = true,
    };

    public static readonly QueryParameter End = new("end", ParameterForm.Time, "Last time, exclusive: an instant, or a date in UTC.")
    {
        Example = "2026-03-02T16:00:00Z",
        IsFilter = true,
    };

    public static readonly QueryParameter Interval = QueryParameter.ChoiceOf(
        "interval", "Length of the bars.", [.. BarIntervals.All.Select(i => i.Name())]) with
    {
        Example = "5m",
    };

    /// <summary>The times between <c>start</c> and <c>end</c>.</summary>
    /// <exception cref="RequestFormatException">The end is not after the start.</exception>
    public static (Instant? Start, Instant? End) TimesOf(QueryReader query)
    {
        var (start, end) = (query.Time("start", DateTimeZone.Utc), query.Time("end", DateTimeZone.Utc));
        return start is null || end is null || start < end
            ? (start, end)
            : throw new RequestFormatException("end", $"a time after start ({UtcText.Of(start.Value)})", $"'{query.Text("end")}'");
    }

    public static string TenantOf(QueryReader query) => query.Text("tenant") ?? DefaultTenant;

    /// <summary>What reads them now.</summary>
    /// <exception cref="RequestFormatException">This process takes no real-time prices.</exception>
    /// <exception cref="TickServiceException">They cannot be opened.</exception>
    public static ITickPlane Required(ApiServices services) => Opened(services).Now;

    /// <summary>How they are.</summary>
    /// <exception cref="TickServiceException">They cannot be opened.</exception>
    public static TickStatus Status(ApiServices services) => Opened(services).Status;

    /// <summary>What takes messages in within this process; null: workers do, from Kafka.</summary>
    /// <exception cref="TickServiceException">Another process does, or nobody can now.</exception>
    public static TickService? Own(ApiServices services) => TickPlanes.OwnOf(Opened(services));

    /// <summary>What hands messages to Kafka for the workers that fill the store.</summary>
    /// <exception cref="RequestFormatException">409: this server does not know of Kafka.</exception>
    public static TickPublisher Publisher(ApiServices services) => services.Publisher
        ?? throw new RequestFormatException("ticks", TickPlanes.SendThere, TickPlanes.Found, StatusCodes.Status409Conflict);

    /// <summary>A difference of prices without the noise of binary fractions: prices have nine decimals.</summary>
    public static double Rounded(double price) => Math.Round(price, 9);

    /// <summary>Names of flags as one value.</summary>
    /// <exception cref="RequestFormatException">No flag has the name.</exception>
    public static QualityFlags FlagsOf(QueryReader query)
    {
        var flags = QualityFlags.None;
        foreach (var name in query.Texts("flag"))
        {
            flags |= QualityFlagNames.TryParse(name, out var flag) && flag != QualityFlags.None
                ? flag
                : throw new RequestFormatException(
                    "flag", $"one of {string.Join(", ", QualityFlagNames.Of((QualityFlags)(-1)))}", $"'{name}'");
        }

        return flags;
    }

    private static ITickPlane Opened(ApiServices services)
    {
        try
        {
            return services.Ticks?.Value
                ?? throw new RequestFormatException("ticks", "a server that takes real-time prices", "one that does not");
        }
        catch (Exception e) when (e is StoreException or IOException)
        {
            throw new TickServiceException($"real-time prices cannot be opened: {e.Message}", e);
        }
    }
}
