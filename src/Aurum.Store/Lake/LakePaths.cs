using Aurum.Store.Lake.Metadata;

namespace Aurum.Store.Lake;

/// <summary>Addresses, as metadata holds them, and paths below the table.</summary>
internal static class LakePaths
{
    public const string Data = "data";

    public static string Address(TableMetadata table, string path) => $"{table.Location}/{path}";

    /// <summary>The path below the table; so a table that was moved as a whole still finds its files.</summary>
    /// <exception cref="LakeException">The address is not of the table.</exception>
    public static string Relative(TableMetadata table, string address) =>
        address.StartsWith(table.Location + "/", StringComparison.Ordinal)
            ? address[(table.Location.Length + 1)..]
            : throw new LakeException($"expected a file below {table.Location}, found {address}");
}
