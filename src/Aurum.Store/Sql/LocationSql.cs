namespace Aurum.Store.Sql;

/// <summary>The registry of places. Changes of a commit come through one temporary table; <c>what</c> is a sum of the
/// flags.</summary>
internal static class LocationSql
{
    /// <summary>Not in the registry yet.</summary>
    public const int Registered = 1;

    /// <summary>Seen on a day before its first version.</summary>
    public const int Earlier = 2;

    /// <summary>Has another name or publisher's id from this day on.</summary>
    public const int Renamed = 4;

    /// <summary>Its publisher's id was not known before.</summary>
    public const int Identified = 8;

    /// <summary>The feed did not have it yet.</summary>
    public const int FirstInFeed = 16;

    /// <summary>The feed did not have it on so early or late a day yet.</summary>
    public const int Widened = 32;

    /// <summary>It had retired, and is there again.</summary>
    public const int Returned = 64;

    /// <summary>What followers are told of.</summary>
    public const int Told = Registered | Earlier | Renamed | Identified | Returned;

    /// <summary>Days of a feed without a place after which it counts as retired.</summary>
    public const int RetiredAfterDays = 7;

    public const string Stage = "stage_locations";

    public const string CreateStage = """
        DROP TABLE IF EXISTS stage_locations; CREATE TEMPORARY TABLE stage_locations (
          what INTEGER NOT NULL, location_id VARCHAR NOT NULL, location_type VARCHAR NOT NULL, name VARCHAR NOT NULL,
          publisher_id VARCHAR,
          zone VARCHAR, hub VARCHAR, timezone VARCHAR NOT NULL, is_mapped BOOLEAN NOT NULL, earliest DATE,
          first_day DATE NOT NULL,
          last_day DATE NOT NULL)
        """;

    public const string DropStage = "DROP TABLE IF EXISTS stage_locations";

    /// <summary>$1 iso, $2 day; from an earlier one where that is known.</summary>
    public const string InsertRegistered = """
        INSERT INTO locations (iso_code, location_id, location_type, name, publisher_id, zone, hub, timezone, effective_from,
        is_mapped)
        SELECT $1, s.location_id, s.location_type, s.name, s.publisher_id, s.zone, s.hub, s.timezone,
          coalesce(s.earliest, CAST($2 AS DATE)), s.is_mapped
        FROM stage_locations s WHERE s.what & 1 <> 0
        """;

    public const string UpdateEarlier = """
        UPDATE locations SET effective_from = $2 FROM stage_locations s
        WHERE s.what & 2 <> 0 AND locations.iso_code = $1 AND locations.location_id = s.location_id
          AND locations.location_type = s.location_type AND locations.effective_from = s.earliest
        """;

    public const string UpdateRenamed = """
        UPDATE locations SET effective_to = CAST($2 AS DATE) - 1 FROM stage_locations s
        WHERE s.what & 4 <> 0 AND locations.iso_code = $1 AND locations.location_id = s.location_id
          AND locations.location_type = s.location_type AND locations.effective_to IS NULL
        """;

    public const string InsertRenamed = """
        INSERT INTO locations (iso_code, location_id, location_type, name, publisher_id, zone, hub, timezone, effective_from,
        is_mapped)
        SELECT $1, s.location_id, s.location_type, s.name, s.publisher_id, s.zone, s.hub, s.timezone, $2, s.is_mapped
        FROM stage_locations s WHERE s.what & 4 <> 0
        """;

    public const string UpdateIdentified = """
        UPDATE locations SET publisher_id = s.publisher_id FROM stage_locations s
        WHERE s.what & 8 <> 0 AND locations.iso_code = $1 AND locations.location_id = s.location_id
          AND locations.location_type = s.location_type AND locations.effective_to IS NULL
        """;

    /// <summary>$1 feed.</summary>
    public const string InsertDays = """
        INSERT INTO location_days (feed, location_id, location_type, first_day, last_day)
        SELECT $1, s.location_id, s.location_type, s.first_day, s.last_day FROM stage_locations s WHERE s.what & 16 <> 0
        """;

    public const string UpdateDays = """
        UPDATE location_days SET first_day = s.first_day, last_day = s.last_day FROM stage_locations s
        WHERE s.what & 32 <> 0 AND location_days.feed = $1 AND location_days.location_id = s.location_id
          AND location_days.location_type = s.location_type
        """;

    public const string FindDays = "SELECT location_id, location_type, first_day, last_day FROM location_days WHERE feed = $1";

    /// <summary>Current versions with the first day of the first version.</summary>
    public const string FindAll = """
        SELECT l.iso_code, l.location_id, l.location_type, l.name, l.publisher_id, l.effective_from, e.earliest, l.is_mapped,
        l.zone, l.hub,
          l.timezone
        FROM locations l JOIN (
          SELECT iso_code, location_id, location_type, min(effective_from) AS earliest
          FROM locations GROUP BY iso_code, location_id, location_type) e
        ON e.iso_code = l.iso_code AND e.location_id = l.location_id AND e.location_type = l.location_type
        WHERE l.effective_to IS NULL
        """;

    public const string Map = """
        UPDATE locations SET is_mapped = true, name = $1, zone = $2, hub = $3, timezone = $4
        WHERE iso_code = $5 AND location_id = $6 AND effective_to IS NULL AND NOT is_mapped
        """;

    /// <summary>$1 day or null: versions of that day, or the current ones; then the filters of the query.</summary>
    public const string List = """
        SELECT l.iso_code, l.location_id, l.location_type, l.name, l.publisher_id, l.zone, l.hub, l.timezone, l.effective_from,
          l.effective_to, l.is_mapped, d.first_day, d.last_day
        FROM locations l LEFT JOIN (
          SELECT f.iso_code, d.location_id, d.location_type, min(d.first_day) AS first_day, max(d.last_day) AS last_day
          FROM location_days d JOIN feeds f ON f.feed = d.feed GROUP BY f.iso_code, d.location_id, d.location_type) d
        ON d.iso_code = l.iso_code AND d.location_id = l.location_id AND d.location_type = l.location_type
        WHERE CASE WHEN CAST($1 AS DATE) IS NULL THEN l.effective_to IS NULL
            ELSE l.effective_from <= CAST($1 AS DATE) AND (l.effective_to IS NULL OR l.effective_to >= CAST($1 AS DATE)) END
          AND (CAST($2 AS VARCHAR) IS NULL OR l.iso_code = $2)
          AND (CAST($3 AS VARCHAR) IS NULL OR l.location_type = $3)
          AND (CAST($4 AS BOOLEAN) IS NULL OR l.is_mapped = $4)
          AND (CAST($5 AS VARCHAR) IS NULL OR strpos(lower(l.location_id), $5) > 0 OR strpos(lower(l.name), $5) > 0)
        ORDER BY l.iso_code, l.location_id, l.location_type, l.effective_from
        LIMIT $6
        """;

    /// <summary>Places of the reference data that have been in rows.</summary>
    public const string Mapped = "SELECT DISTINCT iso_code, location_id FROM locations WHERE is_mapped";

    public const string Retired = """
        SELECT d.location_id, d.location_type, d.last_day, t.through_day
        FROM location_days d, (SELECT max(last_day) AS through_day FROM location_days WHERE feed = $1) t
        WHERE d.feed = $1 AND d.last_day < t.through_day
        ORDER BY d.location_id, d.location_type
        """;

    private const string ChangeColumns =
        "iso_code, location_id, location_type, name, publisher_id, zone, hub, timezone, effective_from, effective_to, is_mapped";

    /// <summary>The versions that delivery $1 made or changed, of operator $2 from day $3.</summary>
    public static readonly string InsertChanged = $"""
        INSERT INTO place_changes (delivery_id, {ChangeColumns}, is_retired)
        SELECT $1, l.iso_code, l.location_id, l.location_type, l.name, l.publisher_id, l.zone, l.hub, l.timezone, l.effective_from,
          l.effective_to, l.is_mapped, false
        FROM locations l JOIN stage_locations s ON s.location_id = l.location_id AND s.location_type = l.location_type
        WHERE l.iso_code = $2 AND s.what & {Told} <> 0
          AND (l.effective_to IS NULL OR (s.what & {Renamed} <> 0 AND l.effective_to = CAST($3 AS DATE) - 1)
            OR (s.what & {Earlier} <> 0 AND l.effective_from = CAST($3 AS DATE)))
        """;

    /// <summary>Places of operator $2 that no feed has had for some of its days, told with delivery $1; those that were told are left
    /// out.</summary>
    public static readonly string InsertRetired = $"""
        INSERT INTO place_changes (delivery_id, {ChangeColumns}, is_retired)
        SELECT $1, l.iso_code, l.location_id, l.location_type, l.name, l.publisher_id, l.zone, l.hub, l.timezone, l.effective_from,
          g.last_day, l.is_mapped, true
        FROM (
          SELECT d.location_id, d.location_type, max(d.last_day) AS last_day
          FROM location_days d JOIN feeds f ON f.feed = d.feed
          JOIN (SELECT feed, max(last_day) AS through_day FROM location_days GROUP BY feed) n ON n.feed = d.feed
          WHERE f.iso_code = $2 GROUP BY d.location_id, d.location_type
          HAVING bool_and(d.last_day <= n.through_day - {RetiredAfterDays})) g
        JOIN locations l ON l.location_id = g.location_id AND l.location_type = g.location_type
        WHERE l.iso_code = $2 AND l.effective_to IS NULL AND NOT EXISTS (
          SELECT 1 FROM place_changes c WHERE c.iso_code = $2 AND c.location_id = g.location_id AND c.location_type = g.location_type
            AND c.is_retired AND c.effective_to = g.last_day)
        """;

    /// <summary>Places whose latest change is that they retired; of delivery $1, or of all where that is null.</summary>
    public const string FindRetired = """
        SELECT iso_code, location_id, location_type FROM place_changes GROUP BY iso_code, location_id, location_type
        HAVING max(delivery_id) FILTER (WHERE is_retired) = max(delivery_id)
          AND (CAST($1 AS BIGINT) IS NULL OR max(delivery_id) = $1)
        """;

    /// <summary>$1 delivery.</summary>
    public static readonly string ChangesOf =
        $"SELECT {ChangeColumns} FROM place_changes WHERE delivery_id = $1 "
        + "ORDER BY location_id, location_type, effective_from, effective_to";
}
