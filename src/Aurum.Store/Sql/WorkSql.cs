namespace Aurum.Store.Sql;

/// <summary>Tables of what processes share while they work. They stay empty where there is one process.</summary>
internal static class WorkSql
{
    public static readonly IReadOnlyList<string> Tables =
    [
        """
        CREATE TABLE IF NOT EXISTS work_leases (
          feed VARCHAR NOT NULL, day DATE NOT NULL, holder VARCHAR NOT NULL, lease_no BIGINT NOT NULL, leased_until TIMESTAMPTZ NOT NULL)
        """,
        """
        CREATE TABLE IF NOT EXISTS site_shares (
          site VARCHAR NOT NULL, used DOUBLE PRECISION NOT NULL, used_at TIMESTAMPTZ NOT NULL, paused_until TIMESTAMPTZ NOT NULL)
        """,
        """
        CREATE TABLE IF NOT EXISTS site_requests (
          request_no BIGINT NOT NULL, site VARCHAR NOT NULL, feed VARCHAR NOT NULL, holder VARCHAR NOT NULL, asked_at TIMESTAMPTZ NOT NULL,
          open_until TIMESTAMPTZ NOT NULL)
        """,
    ];
}
