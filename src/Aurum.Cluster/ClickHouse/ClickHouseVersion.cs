using System.Globalization;
using Aurum.Cluster.ClickHouse.Schema;

namespace Aurum.Cluster.ClickHouse;

/// <summary>Version of a server: <c>18.16.1</c>.</summary>
/// <param name="Text">As the server says it.</param>
/// <param name="Major">Year of the version, less 2000.</param>
public sealed record ClickHouseVersion(string Text, int Major)
{
    /// <summary>The first major version that is spoken to in the dialect of today.</summary>
    public const int FirstModern = 22;

    /// <summary>The eldest major version that is known to work.</summary>
    public const int Eldest = 18;

    public ClickHouseDialect Dialect => Major >= FirstModern ? ClickHouseDialect.Modern : ClickHouseDialect.Legacy;

    /// <exception cref="ClickHouseException">Not a version.</exception>
    public static ClickHouseVersion Parse(string text) =>
        int.TryParse(text.Split('.')[0], NumberStyles.None, CultureInfo.InvariantCulture, out var major)
            ? new ClickHouseVersion(text, major)
            : throw new ClickHouseException($"ClickHouse: expected a version such as 18.16.1, found '{text}'", code: -1);
}
