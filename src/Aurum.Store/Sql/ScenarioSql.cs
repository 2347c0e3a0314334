namespace Aurum.Store.Sql;

/// <summary>Tables, views and statements of scenarios. Rows are only ever added.</summary>
internal static class ScenarioSql
{
    public static readonly IReadOnlyList<string> Tables =
    [
        """
        CREATE TABLE IF NOT EXISTS scenario_versions (
          tenant_id VARCHAR NOT NULL, scenario_id VARCHAR NOT NULL, version INTEGER NOT NULL, name VARCHAR NOT NULL,
          description VARCHAR, status VARCHAR NOT NULL, assumptions VARCHAR NOT NULL, parameters VARCHAR NOT NULL, tags VARCHAR NOT NULL,
          created_at TIMESTAMPTZ NOT NULL, updated_at TIMESTAMPTZ NOT NULL)
        """,
    ];

    /// <summary>A scenario is active once it was run: a run makes no new version.</summary>
    public static readonly IReadOnlyList<string> Views =
    [
        """
        CREATE OR REPLACE VIEW scenarios AS
        SELECT v.tenant_id, v.scenario_id, v.version, v.name, v.description,
          CASE WHEN v.status = 'created' AND r.scenario_id IS NOT NULL THEN 'active' ELSE v.status END AS status, v.assumptions,
          v.parameters, v.tags, v.created_at, v.updated_at
        FROM (
          SELECT *, row_number() OVER (PARTITION BY tenant_id, scenario_id ORDER BY version DESC) AS place FROM scenario_versions) v
        LEFT JOIN (SELECT DISTINCT scenario_id FROM scenario_run_rows) r ON r.scenario_id = v.scenario_id
        WHERE v.place = 1 AND v.status <> 'deleted'
        """,
    ];

    private const string Columns =
        "tenant_id, scenario_id, version, name, description, status, assumptions, parameters, tags, created_at, updated_at";

    /// <summary>$1 tenant, $2 scenario, $3 version, $4 name, $5 description, $6 status, $7 assumptions, $8 parameters, $9 tags, $10
    /// created, $11 updated.</summary>
    public const string InsertVersion = $"""
        INSERT INTO scenario_versions ({Columns}) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)
        """;

    /// <summary>$1 scenario.</summary>
    public const string Has = "SELECT count(*) FROM scenario_versions WHERE scenario_id = $1";

    /// <summary>$1 tenant, $2 scenario.</summary>
    public const string Find = $"SELECT {Columns} FROM scenarios WHERE tenant_id = $1 AND scenario_id = $2";

    /// <summary>$1 tenant, $2 scenario, $3 version.</summary>
    public const string FindVersion = $"""
        SELECT {Columns} FROM scenario_versions WHERE tenant_id = $1 AND scenario_id = $2 AND version = $3
        """;

    /// <summary>$1 tenant, $2 status, $3 part of the name, $4 tag, $5 created from, $6 created before, $7 after, each null for any, $8
    /// rows at most. Newest first.</summary>
    public const string List = $"""
        SELECT {Columns} FROM scenarios
        WHERE tenant_id = $1 AND (CAST($2 AS VARCHAR) IS NULL OR status = $2)
          AND (CAST($3 AS VARCHAR) IS NULL OR strpos(lower(name), lower($3)) > 0)
          AND (CAST($4 AS VARCHAR) IS NULL OR strpos(chr(10) || tags || chr(10), chr(10) || $4 || chr(10)) > 0)
          AND (CAST($5 AS TIMESTAMPTZ) IS NULL OR created_at >= $5) AND (CAST($6 AS TIMESTAMPTZ) IS NULL OR created_at < $6)
          AND (CAST($7 AS VARCHAR) IS NULL OR scenario_id < $7)
        ORDER BY scenario_id DESC LIMIT $8
        """;
}
