using System.Text.Json;
using Aurum.Curves.Documents;
using Aurum.Curves.Scenarios.Drivers;

namespace Aurum.Curves.Scenarios;

/// <summary>Reads the assumptions of a scenario.</summary>
public static class DriverReader
{
    /// <summary>Most assumptions of a scenario, those inside of others not counted.</summary>
    public const int MaxDrivers = 100;

    /// <summary>The kinds of drivers.</summary>
    public static IReadOnlyList<string> Types => DriverReading.Types;

    /// <summary>Reads a list of <c>{"driver_type": ..., "payload": {...}, "name": ..., "version": ...}</c>.</summary>
    /// <param name="assumptions">The list.</param>
    /// <param name="path">Where it stands in what the user wrote.</param>
    /// <exception cref="DocumentException">Anything that is wrong, all at once.</exception>
    public static IReadOnlyList<Driver> Read(JsonElement assumptions, string path = "$.assumptions")
    {
        if (assumptions.ValueKind != JsonValueKind.Array || assumptions.GetArrayLength() > MaxDrivers)
        {
            var found = assumptions.ValueKind == JsonValueKind.Array
                ? $"{assumptions.GetArrayLength()} assumptions"
                : assumptions.ValueKind.ToString().ToLowerInvariant();
            throw new DocumentException([new DocumentError(path, $"a list of at most {MaxDrivers} assumptions", found)]);
        }

        var reading = new DriverReading();
        using var nothing = JsonDocument.Parse("{}");
        var document = DocumentReader.Of(nothing.RootElement, path);
        var drivers = new List<Driver>();
        foreach (var item in assumptions.EnumerateArray())
        {
            if (reading.Top(document.Open($"{path}[{reading.Count}]", item)) is { } driver)
            {
                drivers.Add(driver);
            }
        }

        document.Close();
        DriverNames.Check(drivers, document);
        document.ThrowIfRefused();
        return drivers;
    }
}
