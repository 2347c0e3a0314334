using System.Text.Json;
using Aurum.App.Api.Documents;
using Aurum.App.Api.Limits;
using Aurum.App.Api.Requests;
using Aurum.App.Api.Responses;
using Aurum.App.Api.Rows;

namespace Aurum.App.Api.Resources;

/// <summary><c>POST /v1/sql</c>: one read-only query over the store, for people on this machine and for <c>aurum
/// sql</c>.</summary>
internal static class SqlEndpoint
{
    private static readonly QueryParameter[] Parameters = [ResponseFormats.Parameter];

    public static void Map(IEndpointRouteBuilder v1) => v1.MapPost("/sql", Post).WithTags("operations")
        .Accepts<SqlRequest>("application/json")
        .Describe("Sql", "SQL",
            "One read-only query. Answers clients on this machine only, unless the server was told otherwise. The body must be JSON, "
            + "so that no web page elsewhere can send it.", Parameters)
        .Produces<IReadOnlyList<Dictionary<string,
            object?>>>(StatusCodes.Status200OK, "application/json", "text/csv", "application/x-ndjson")
        .Produces<ProblemShape>(StatusCodes.Status403Forbidden, Problem.ContentType)
        .Produces<ProblemShape>(StatusCodes.Status413PayloadTooLarge, Problem.ContentType)
        .Produces<ProblemShape>(StatusCodes.Status415UnsupportedMediaType, Problem.ContentType);

    private static async Task<Page> Post(HttpContext context, RowServices services, ApiOptions options)
    {
        if (!options.SqlFromNetwork)
        {
            NearClients.Require(context);
        }

        var format = ResponseFormats.Read(new QueryReader(context.Request.Query, Parameters), context.Request);
        var asked = await ReadAsync(context);
        var maxRows = asked.MaxRows ?? Math.Min(10_000, options.SqlMaxRows);
        if (maxRows < 1 || maxRows > options.SqlMaxRows)
        {
            throw new RequestFormatException("max_rows", $"a whole number from 1 to {options.SqlMaxRows}", $"{maxRows}");
        }

        if (string.IsNullOrWhiteSpace(asked.Sql))
        {
            throw new RequestFormatException("sql", "the text of a query", "nothing");
        }

        try
        {
            return Run(asked.Sql, maxRows, format, services, context.RequestAborted);
        }
        catch (ArgumentException refusal)
        {
            throw new RequestFormatException("sql", "one read-only query that the engine takes", refusal.Message);
        }
    }

    private static Page Run(string sql, int maxRows, ResponseFormat format, RowServices services, CancellationToken cancel)
    {
        var started = services.Api.Time.GetTimestamp();
        var data = new PooledBytes();
        try
        {
            using var reader = services.Store.Sql(sql, maxRows, cancel);
            var count = SqlRows.Write(data, format, reader, cancel);
            return new Page
            {
                Data = data,
                Format = format,
                Count = count,
                IsTruncated = reader.IsTruncated,
                QueryMilliseconds = services.Api.Time.GetElapsedTime(started).TotalMilliseconds,
            };
        }
        catch
        {
            data.Dispose();
            throw;
        }
    }

    private static async Task<SqlRequest> ReadAsync(HttpContext context)
    {
        NearClients.RequireJson(context, "{\"sql\": \"...\"}");
        try
        {
            return await JsonSerializer.DeserializeAsync(context.Request.Body, SqlJson.Default.SqlRequest, context.RequestAborted)
                ?? throw new RequestFormatException("body", "{\"sql\": \"...\"}", "null");
        }
        catch (JsonException mistake)
        {
            throw new RequestFormatException("body", "JSON like {\"sql\": \"SELECT 1\", \"max_rows\": 100}", mistake.Message);
        }
    }
}
