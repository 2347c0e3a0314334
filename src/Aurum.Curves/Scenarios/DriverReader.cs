using System.Text.Json;
using Aurum.Curves.Documents;

namespace Aurum.Curves.Scenarios;

/// <summary>Reads the assumptions of a scenario.</summary>
public static class DriverReader
{
    /// <summary>Most assumptions of a scenario, those inside of others not counted.</summary>
    public const int MaxDrivers = 100;

    /// <summary>Reads a list of <c>{"driver_type": ..., "payload": {...}, "name": ..., "version": ...}</c>.</summary>
    /// <param name="assumptions">The list.</param>
    /// <param name="path">Where it stands in what the user wrote.</param>
    /// <exception cref="DocumentException">Anything that is wrong, all at once.</exception>
    public static IReadOnlyList<Driver> Read(JsonElement assumptions, string path = "$.assumptions") =>
        throw new NotSupportedException();
}
