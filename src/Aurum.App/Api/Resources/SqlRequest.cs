using System.Text.Json.Serialization;

namespace Aurum.App.Api.Resources;

/// <summary>The body of <c>POST /v1/sql</c>.</summary>
/// <param name="Sql">One read-only query.</param>
/// <param name="MaxRows">Rows at most; 10,000 where not given.</param>
internal sealed record SqlRequest(string Sql, int? MaxRows);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow)]
[JsonSerializable(typeof(SqlRequest))]
internal sealed partial class SqlJson : JsonSerializerContext;
