using System.Text.Json;
using NodaTime;

namespace Aurum.Market.Time;

/// <summary>The markets' peak calendars, from <c>peak-calendars.json</c> in this assembly. The file carries a version, which
/// results that hang on it record.</summary>
public sealed class PeakCalendars
{
    /// <summary>The calendars that this build ships.</summary>
    public static readonly PeakCalendars Shipped = ReadShipped();

    private PeakCalendars(string version, IReadOnlyList<PeakCalendar> all)
    {
        Version = version;
        All = all;
    }

    public string Version { get; }

    public IReadOnlyList<PeakCalendar> All { get; }

    /// <exception cref="KeyNotFoundException">No calendar of that name; says which there are.</exception>
    public PeakCalendar this[string name] =>
        All.FirstOrDefault(calendar => calendar.Name == name) ?? throw new KeyNotFoundException(
            $"no peak calendar '{name}': there are {string.Join(", ", All.Select(calendar => calendar.Name))}");

    /// <summary>Reads calendars from the form of the shipped file.</summary>
    /// <exception cref="JsonException">Not JSON.</exception>
    /// <exception cref="KeyNotFoundException">A field or a holiday calendar that is not there.</exception>
    /// <exception cref="FormatException">A field of another kind.</exception>
    public static PeakCalendars Read(Stream json)
    {
        using var document = JsonDocument.Parse(json);
        var root = document.RootElement;
        var holidays = root.GetProperty("holidays").EnumerateArray().Select(ReadHolidays).ToDictionary(calendar => calendar.Name);
        return new PeakCalendars(
            root.GetProperty("version").GetString()!,
            root.GetProperty("calendars").EnumerateArray().Select(calendar => ReadCalendar(calendar, holidays)).ToList());
    }

    private static HolidayCalendar ReadHolidays(JsonElement json) => new(
        json.GetProperty("name").GetString()!,
        json.GetProperty("rules").EnumerateArray().Select(ReadRule).ToList());

    private static HolidayRule ReadRule(JsonElement json)
    {
        var name = json.GetProperty("name").GetString()!;
        var month = json.GetProperty("month").GetInt32();
        return json.TryGetProperty("day", out var day)
            ? new HolidayRule(name, month, day.GetInt32(), IsoDayOfWeek.None, 0)
            : new HolidayRule(name, month, 0, Weekday(json, "weekday"), json.GetProperty("week").GetInt32());
    }

    private static PeakCalendar ReadCalendar(JsonElement json, Dictionary<string, HolidayCalendar> holidays) => new(
        json.GetProperty("name").GetString()!,
        DateTimeZoneProviders.Tzdb[json.GetProperty("zone").GetString()!],
        json.GetProperty("first_peak_hour_ending").GetInt32(),
        json.GetProperty("last_peak_hour_ending").GetInt32(),
        Weekday(json, "last_peak_weekday"),
        holidays[json.GetProperty("holidays").GetString()!])
    {
        Source = json.GetProperty("source").GetString()!,
    };

    private static IsoDayOfWeek Weekday(JsonElement json, string field) =>
        Enum.TryParse<IsoDayOfWeek>(json.GetProperty(field).GetString(), out var weekday)
            ? weekday
            : throw new FormatException($"peak-calendars.json: expected a weekday in {field}, found '{json.GetProperty(field)}'");

    private static PeakCalendars ReadShipped()
    {
        using var stream = typeof(PeakCalendars).Assembly.GetManifestResourceStream("peak-calendars.json")!;
        return Read(stream);
    }
}
