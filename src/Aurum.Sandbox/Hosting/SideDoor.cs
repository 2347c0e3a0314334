using System.Globalization;
using System.Text.Json;
using Aurum.Sandbox.Publishing;
using NodaTime;
using NodaTime.Text;

namespace Aurum.Sandbox.Hosting;

/// <summary>The paths that the sandbox has beside the publishers' own: <c>/health</c>, <c>/catalog</c>, <c>/data/{series}</c>.</summary>
/// <remarks>No faults here: they tell a person or a check what the sandbox holds.</remarks>
internal static class SideDoor
{
    public const int MostPoints = 10_000;
    private const int UsualPoints = 1_000;

    public static SandboxResponse? Answer(SandboxPublisher publisher, SandboxRequest request, Instant now)
    {
        var path = request.Path;
        return path switch
        {
            "/health" => Json(200, new { status = "ok", publisher = publisher.Name, seed = publisher.World.Seed, now = Text(now) }),
            "/catalog" => Json(200, new
            {
                publisher = publisher.Name,
                series = publisher.Series.Select(s => new { id = s.Id, unit = s.Unit, step_seconds = s.StepSeconds }),
            }),
            _ when path.StartsWith("/data/", StringComparison.Ordinal) => Data(publisher, path["/data/".Length..], Query.Of(request), now),
            _ => null,
        };
    }

    private static SandboxResponse Data(SandboxPublisher publisher, string id, Query query, Instant now)
    {
        if (publisher.Series.FirstOrDefault(s => s.Id == id) is not { } series)
        {
            return Json(404, new { error = $"no series '{id}'; /catalog lists them" });
        }

        var end = Stamp(query["end"]) ?? now;
        var start = Stamp(query["start"]) ?? end - Duration.FromHours(24);
        var limit = int.TryParse(query["limit"], NumberStyles.None, CultureInfo.InvariantCulture, out var asked)
            ? Math.Clamp(asked, 1, MostPoints)
            : UsualPoints;
        var points = new List<object>();
        var step = series.StepSeconds;
        var last = end.ToUnixTimeSeconds();
        for (var at = (start.ToUnixTimeSeconds() + step - 1) / step * step; at < last && points.Count < limit; at += step)
        {
            if (series.At(at, now) is { } value)
            {
                points.Add(new { start = Text(Instant.FromUnixTimeSeconds(at)), value });
            }
        }

        return Json(200, new { id, unit = series.Unit, step_seconds = step, data = points });
    }

    private static Instant? Stamp(string? text)
    {
        if (text is null)
        {
            return null;
        }

        var instant = InstantPattern.General.Parse(text);
        if (instant.Success)
        {
            return instant.Value;
        }

        var date = LocalDatePattern.Iso.Parse(text);
        return date.Success ? date.Value.AtStartOfDayInZone(DateTimeZone.Utc).ToInstant() : null;
    }

    private static string Text(Instant instant) => InstantPattern.General.Format(instant);

    private static SandboxResponse Json<T>(int status, T value) =>
        SandboxResponse.Of(status, "application/json", JsonSerializer.SerializeToUtf8Bytes(value));
}
