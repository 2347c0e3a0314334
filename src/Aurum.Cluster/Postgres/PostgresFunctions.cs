namespace Aurum.Cluster.Postgres;

/// <summary>Functions that the store's SQL calls and that PostgreSQL does not have, and those that need the rights of the owner.</summary>
internal static class PostgresFunctions
{
    public static readonly IReadOnlyList<string> All =
    [
        """
        CREATE OR REPLACE FUNCTION round(double precision, integer) RETURNS double precision
        LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
        AS 'SELECT CAST(pg_catalog.round(CAST($1 AS numeric), $2) AS double precision)'
        """,
        """
        CREATE OR REPLACE FUNCTION regexp_extract(text, text, integer) RETURNS text
        LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
        AS 'SELECT coalesce((regexp_match($1, $2))[$3], '''')'
        """,
        """
        CREATE OR REPLACE FUNCTION regexp_full_match(text, text) RETURNS boolean
        LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
        AS 'SELECT $1 ~ (''^(?:'' || $2 || '')$'')'
        """,
        """
        CREATE OR REPLACE FUNCTION epoch_us(timestamptz) RETURNS bigint
        LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
        AS 'SELECT CAST(extract(epoch FROM $1) * 1000000 AS bigint)'
        """,
        """
        CREATE OR REPLACE FUNCTION from_json(text, text) RETURNS json[]
        LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
        AS 'SELECT ARRAY(SELECT json_array_elements(CAST($1 AS json)))'
        """,
        .. ArgMax("integer", "bigint"), .. ArgMax("text", "bigint"), .. ArgMax("integer", "timestamptz"), .. ArgMax("text", "timestamptz"),
        """
        CREATE OR REPLACE FUNCTION strftime(timestamptz, text) RETURNS text
        LANGUAGE sql STABLE STRICT PARALLEL SAFE
        AS 'SELECT to_char($1 AT TIME ZONE ''UTC'', ''"'' || replace(replace(replace(replace(replace(replace($2, ''%Y'', ''"YYYY"''),
          ''%m'', ''"MM"''), ''%d'', ''"DD"''), ''%H'', ''"HH24"''), ''%M'', ''"MI"''), ''%S'', ''"SS"'') || ''"'')'
        """,
        MakeRoom,
    ];

    /// <summary>The value of the row whose number, or time, is the highest; the state is value and number as texts.</summary>
    private static string[] ArgMax(string type, string by) =>
    [
        $"""
        CREATE OR REPLACE FUNCTION arg_max_step(text[], {type}, {by}) RETURNS text[]
        LANGUAGE sql STABLE PARALLEL SAFE
        AS 'SELECT CASE WHEN $2 IS NULL OR $3 IS NULL OR $3 <= CAST($1[2] AS {by}) THEN $1
          ELSE ARRAY[CAST($2 AS text), CAST($3 AS text)] END'
        """,
        $"""
        CREATE OR REPLACE FUNCTION arg_max_{type}(text[]) RETURNS {type}
        LANGUAGE sql IMMUTABLE PARALLEL SAFE AS 'SELECT CAST($1[1] AS {type})'
        """,
        $"""
        CREATE OR REPLACE AGGREGATE arg_max({type}, {by}) (SFUNC = arg_max_step, STYPE = text[], FINALFUNC = arg_max_{type})
        """,
    ];

    /// <summary>Makes the parts of a row table for the months of a stretch of time. A table that is attached takes a weak lock alone:
    /// nobody who reads waits. With the rights of the owner, for tables that are parted alone.</summary>
    private const string MakeRoom = """
        CREATE OR REPLACE FUNCTION make_room(into_table text, first timestamptz, last timestamptz) RETURNS integer
        LANGUAGE plpgsql SECURITY DEFINER SET search_path FROM CURRENT AS $$
        DECLARE
          month timestamptz;
          part text;
          made integer := 0;
        BEGIN
          IF NOT EXISTS (SELECT 1 FROM pg_partitioned_table WHERE partrelid = to_regclass(into_table)) THEN
            RAISE EXCEPTION 'table % has no parts', into_table;
          END IF;
          IF last - first > INTERVAL '200 years' THEN
            RAISE EXCEPTION 'rows of % span from % to %: more than 200 years', into_table, first, last;
          END IF;
          FOR month IN SELECT generate_series(date_trunc('month', first, 'UTC'), date_trunc('month', last, 'UTC'), INTERVAL '1 month') LOOP
            part := into_table || '_' || to_char(month AT TIME ZONE 'UTC', 'YYYYMM');
            IF to_regclass(part) IS NULL THEN
              EXECUTE format('CREATE TABLE %I (LIKE %I INCLUDING DEFAULTS INCLUDING CONSTRAINTS)', part, into_table);
              EXECUTE format(
                'ALTER TABLE %I ATTACH PARTITION %I FOR VALUES FROM (%L) TO (%L)', into_table, part, month,
                (month AT TIME ZONE 'UTC' + INTERVAL '1 month') AT TIME ZONE 'UTC');
              made := made + 1;
            END IF;
          END LOOP;
          RETURN made;
        END $$
        """;
}
