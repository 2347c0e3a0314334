using Aurum.Market.Feeds;
using Aurum.Store.DuckDb;
using NodaTime;

namespace Aurum.Store.Sql;

/// <summary>Brings the tables to the present form, and refuses a store that a newer version has written.</summary>
internal static class Migration
{
    /// <exception cref="StoreException">The store is of a newer version.</exception>
    public static void Run(DuckDbConnection connection, Instant now)
    {
        connection.Execute(SchemaSql.CreateVersion);
        var version = ReadVersion(connection);
        if (version > SchemaSql.Version)
        {
            throw new StoreException(
                $"the store has version {version}, this program knows versions up to {SchemaSql.Version}: use a newer program");
        }

        foreach (var table in SchemaSql.Tables)
        {
            connection.Execute(table);
        }

        foreach (var sql in TableShape.All.Select(shape => new RowTableSql(shape)))
        {
            connection.Execute(sql.Create);
            connection.Execute(sql.CreateCurrentView);
        }

        foreach (var view in SchemaSql.Views)
        {
            connection.Execute(view);
        }

        if (version < SchemaSql.Version)
        {
            using var insert = connection.Prepare("INSERT INTO schema_version (version, applied_at) VALUES ($1, $2)");
            insert.Bind(SchemaSql.Version).Bind(now).Run();
        }
    }

    /// <summary>Writes the facts of the given feeds; feeds that are no longer in the catalog keep theirs.</summary>
    public static void WriteFeeds(DuckDbConnection connection, IReadOnlyList<Feed> feeds)
    {
        using var delete = connection.Prepare(FeedSql.Delete);
        using var insert = connection.Prepare(FeedSql.Insert);
        foreach (var feed in feeds)
        {
            delete.Bind(feed.Id.Text).Run();
            var contract = feed.Contract;
            insert.Bind(feed.Id.Text).Bind(feed.Id.Publisher).Bind(feed.Id.Dataset).Bind(feed.Title).Bind(feed.TableName)
                .Bind(contract?.IsoCode).Bind(contract?.MarketText).Bind(contract?.ProductText).Bind(contract?.IsoTimezone)
                .Bind(contract?.IsoIntervalMinutes).Bind(contract?.IsoUnit).Bind(contract?.IsoSubject).Bind(contract?.IsoCurveRole)
                .Bind(feed.Zone.Id).Bind(feed.IntervalMinutes).Bind(feed.Suite).Bind(feed.Facts.Source).Bind(feed.Facts.Shape)
                .Bind(feed.Facts.Units).Bind(feed.Facts.Time).Bind(feed.Facts.Revisions)
                .Run();
        }
    }

    private static int ReadVersion(DuckDbConnection connection)
    {
        using var find = connection.Prepare("SELECT coalesce(max(version), 0) FROM schema_version");
        using var row = find.Query();
        row.NextChunk();
        return row.Int32(0, 0);
    }
}
