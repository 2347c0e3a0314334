using System.Text;
using Aurum.Store.Engines;
using Aurum.Store.Sql;
using NodaTime;

namespace Aurum.Store.Locations;

/// <summary>Writes the changes of a delivery to the registry, inside its transaction.</summary>
internal static class LocationWriter
{
    public static void Write(
        EngineConnection connection, string iso, string feed, LocalDate day, long delivery, IReadOnlyList<LocationChange> changes)
    {
        if (changes.Count == 0)
        {
            return;
        }

        connection.Execute(LocationSql.CreateStage);
        Stage(connection, changes);
        var what = changes.Aggregate(0, (flags, change) => flags | change.What);
        Run(connection, what & LocationSql.Earlier, LocationSql.UpdateEarlier, s => s.Bind(iso).Bind(day));
        Run(connection, what & LocationSql.Identified, LocationSql.UpdateIdentified, s => s.Bind(iso));
        Run(connection, what & LocationSql.Renamed, LocationSql.UpdateRenamed, s => s.Bind(iso).Bind(day));
        Run(connection, what & LocationSql.Renamed, LocationSql.InsertRenamed, s => s.Bind(iso).Bind(day));
        Run(connection, what & LocationSql.Registered, LocationSql.InsertRegistered, s => s.Bind(iso).Bind(day));
        Run(connection, what & LocationSql.Widened, LocationSql.UpdateDays, s => s.Bind(feed));
        Run(connection, what & LocationSql.FirstInFeed, LocationSql.InsertDays, s => s.Bind(feed));
        Run(connection, what & LocationSql.Told, LocationSql.InsertChanged, s => s.Bind(delivery).Bind(iso).Bind(day));
        connection.Execute(LocationSql.DropStage);
    }

    /// <summary>Notes the places of an operator that no feed has any more.</summary>
    /// <returns>Those that were not noted before.</returns>
    public static IReadOnlyList<(string Iso, string Id, string Type)> Retire(EngineConnection connection, string iso, long delivery)
    {
        Run(connection, 1, LocationSql.InsertRetired, s => s.Bind(delivery).Bind(iso));
        return Retired(connection, delivery);
    }

    /// <summary>Places that have retired, all or those of a delivery.</summary>
    public static IReadOnlyList<(string Iso, string Id, string Type)> Retired(EngineConnection connection, long? delivery)
    {
        var found = new List<(string, string, string)>();
        using var find = connection.Prepare(LocationSql.FindRetired).Bind(delivery);
        using var rows = find.Query();
        while (rows.NextChunk())
        {
            for (var i = 0; i < rows.Count; i++)
            {
                found.Add((rows.String(0, i), rows.String(1, i), rows.String(2, i)));
            }
        }

        return found;
    }

    private static void Run(EngineConnection connection, int needed, string sql, Func<EngineStatement, EngineStatement> bind)
    {
        if (needed != 0)
        {
            using var statement = connection.Prepare(sql);
            bind(statement).Run();
        }
    }

    private static void Stage(EngineConnection connection, IReadOnlyList<LocationChange> changes)
    {
        using var appender = connection.Append(LocationSql.Stage);
        var row = 0;
        foreach (var change in changes)
        {
            var entry = change.Entry;
            appender.Ints(0)[row] = change.What;
            SetText(appender, 1, row, change.Id);
            SetText(appender, 2, row, change.Type);
            SetText(appender, 3, row, entry.Name);
            SetText(appender, 4, row, entry.PublisherId);
            SetText(appender, 5, row, entry.Zone);
            SetText(appender, 6, row, entry.Hub);
            SetText(appender, 7, row, entry.Timezone);
            appender.Bytes(8)[row] = entry.IsMapped ? (byte)1 : (byte)0;
            SetDate(appender, 9, row, change.Earliest);
            appender.Ints(10)[row] = change.FirstDay;
            appender.Ints(11)[row] = change.LastDay;
            if (++row == EngineAppender.Capacity)
            {
                appender.Push(row);
                row = 0;
            }
        }

        if (row > 0)
        {
            appender.Push(row);
        }

        appender.Finish();
    }

    private static void SetText(EngineAppender appender, int column, int row, string? text)
    {
        if (text is null)
        {
            appender.SetText(column, row, []);
            appender.SetNull(column, row);
        }
        else
        {
            appender.SetText(column, row, Encoding.UTF8.GetBytes(text));
        }
    }

    private static void SetDate(EngineAppender appender, int column, int row, LocalDate? date)
    {
        appender.Ints(column)[row] = date is { } day ? Period.DaysBetween(EngineTimes.Epoch, day) : 0;
        if (date is null)
        {
            appender.SetNull(column, row);
        }
    }
}
