using System.Text.Json.Nodes;
using Aurum.App.Api.Requests;
using Aurum.App.Api.Responses;
using Aurum.App.Api.Resources;
using Aurum.App.Api.Rows;
using Aurum.Market.Feeds;
using Microsoft.OpenApi;
using NodaTime;

namespace Aurum.App.Api.Documents;

/// <summary>The OpenAPI document at <c>/openapi/v1.json</c> and its page at <c>/docs</c>, made from what the endpoints are mapped
/// with.</summary>
internal static class OpenApi
{
    public static void AddTo(IServiceCollection services) => services.AddOpenApi("v1", options =>
    {
        options.OpenApiVersion = OpenApiSpecVersion.OpenApi3_1;
        options.AddDocumentTransformer((document, _, _) =>
        {
            document.Info = new OpenApiInfo
            {
                Title = "Aurum",
                Version = StatusEndpoints.Version,
                Description =
                "Energy market data: prices, load, generation and series, versioned and checked. Every read takes as_of; every "
                    + "list has a cursor; every problem is an RFC 9457 document that names the field.",
                License = new OpenApiLicense { Name = "MIT", Identifier = "MIT" },
            };
            document.Servers = [];
            return Task.CompletedTask;
        });
        options.AddOperationTransformer((operation, context, _) =>
        {
            foreach (var facts in context.Description.ActionDescriptor.EndpointMetadata.OfType<EndpointFacts>().TakeLast(1))
            {
                Describe(operation, facts);
            }

            foreach (var example in context.Description.ActionDescriptor.EndpointMetadata.OfType<BodyExample>())
            {
                Describe(operation, example);
            }

            return Task.CompletedTask;
        });
        options.AddSchemaTransformer((schema, context, _) =>
        {
            SetValueForm(schema, context.JsonTypeInfo.Type);
            return Task.CompletedTask;
        });
    });

    public static void Map(WebApplication app)
    {
        app.MapOpenApi("/openapi/{documentName}.json");
        app.UseSwaggerUI(page =>
        {
            page.RoutePrefix = "docs";
            page.DocumentTitle = "Aurum API";
            page.SwaggerEndpoint("/openapi/v1.json", "Aurum");
        });
    }

    private static void Describe(OpenApiOperation operation, EndpointFacts facts)
    {
        operation.Parameters ??= [];
        foreach (var parameter in facts.Parameters)
        {
            operation.Parameters.Add(ParameterOf(parameter));
        }

        foreach (var path in operation.Parameters.OfType<OpenApiParameter>().Where(p => p.In == ParameterLocation.Path))
        {
            path.Description ??= PathDescription(path.Name);
        }

        if (facts.Rows is { } rows && operation.Responses?["200"] is OpenApiResponse response)
        {
            var row = RowOf(rows);
            response.Content = new Dictionary<string, OpenApiMediaType>
            {
                ["application/json"] = new OpenApiMediaType { Schema = EnvelopeOf(row) },
                ["application/x-ndjson"] = new OpenApiMediaType { Schema = row },
                ["text/csv"] = new OpenApiMediaType { Schema = new OpenApiSchema { Type = JsonSchemaType.String } },
            };
            if (facts.Parameters.Contains(ResponseFormats.WithParquet))
            {
                response.Content[ResponseFormats.ParquetType] =
                    new OpenApiMediaType { Schema = new OpenApiSchema { Type = JsonSchemaType.String, Format = "binary" } };
            }
        }
    }

    private static void Describe(OpenApiOperation operation, BodyExample example)
    {
        if (operation.RequestBody?.Content?.TryGetValue(example.ContentType, out var type) == true)
        {
            type.Example = example.ContentType == "application/json" ? JsonNode.Parse(example.Text) : JsonValue.Create(example.Text);
        }
    }

    private static string PathDescription(string? name) => name switch
    {
        "provider" => "Publisher: the first part of a feed id, for example caiso.",
        "publisher" => "First part of the feed id, for example caiso.",
        "dataset" => "Second part of the feed id, for example day-ahead-lmp.",
        "iso" => "Market operator, for example NYISO.",
        "scenario_id" => "Scenario, by its id.",
        "run_id" => "Run of a scenario, by its id.",
        "branch" => "Branch of curves, for example eod_20250917.",
        "contract_id" => "Contract, by its id.",
        "valuation_id" => "Valuation, by its id.",
        "id" => "Place, by the publisher's id, for example N.Y.C.; or backfill job, by its id.",
        _ => "",
    };

    private static OpenApiParameter ParameterOf(QueryParameter parameter)
    {
        var schema = SchemaOf(parameter);
        return new OpenApiParameter
        {
            Name = parameter.Name,
            In = ParameterLocation.Query,
            Description = parameter.Description + (parameter.Default.Length == 0 ? "" : $" Default: {parameter.Default}."),
            Example = parameter.Example.Length == 0 ? null : JsonValue.Create(parameter.Example),
            Explode = parameter.MaxValues > 1,
            Schema = parameter.MaxValues == 1
                ? schema
                : new OpenApiSchema { Type = JsonSchemaType.Array, Items = schema, MaxItems = parameter.MaxValues },
        };
    }

    private static OpenApiSchema SchemaOf(QueryParameter parameter) => parameter.Form switch
    {
        ParameterForm.WholeNumber => new()
        {
            Type = JsonSchemaType.Integer,
            Minimum = $"{parameter.Least}",
            Maximum = $"{parameter.Most}",
            Default = int.TryParse(parameter.Default, out var value) ? JsonValue.Create(value) : null,
        },
        ParameterForm.Boolean => new() { Type = JsonSchemaType.Boolean },
        ParameterForm.Date => new() { Type = JsonSchemaType.String, Format = "date" },
        ParameterForm.Choice =>
        new() { Type = JsonSchemaType.String, Enum = [.. parameter.Choices.Select(c => (JsonNode)JsonValue.Create(c))] },
        _ => new() { Type = JsonSchemaType.String, MaxLength = parameter.MaxLength },
    };

    private static OpenApiSchema RowOf(IReadOnlyList<RowField> fields) => new()
    {
        Type = JsonSchemaType.Object,
        Required = new HashSet<string>(fields.Where(f => !f.IsLocalTime).Select(f => f.Name)),
        Properties = fields.ToDictionary(f => f.Name, f => (IOpenApiSchema)new OpenApiSchema
        {
            Description = f.Description,
            Type = TypeOf(f.Form) | (f.IsNullable ? JsonSchemaType.Null : 0),
            Format = f.Form == FieldForm.Time ? "date-time" : null,
        }),
    };

    private static JsonSchemaType TypeOf(FieldForm form) => form switch
    {
        FieldForm.Number => JsonSchemaType.Number,
        FieldForm.Whole => JsonSchemaType.Integer,
        _ => JsonSchemaType.String,
    };

    private static OpenApiSchema EnvelopeOf(OpenApiSchema row) => new()
    {
        Type = JsonSchemaType.Object,
        Required = new HashSet<string> { "meta", "data" },
        Properties = new Dictionary<string, IOpenApiSchema>
        {
            ["meta"] = new OpenApiSchema
            {
                Type = JsonSchemaType.Object,
                Required = new HashSet<string> { "request_id", "query_time_ms", "count", "has_more", "next_cursor" },
                Properties = new Dictionary<string, IOpenApiSchema>
                {
                    ["request_id"] = new OpenApiSchema { Type = JsonSchemaType.String },
                    ["query_time_ms"] = new OpenApiSchema { Type = JsonSchemaType.Number },
                    ["count"] = new OpenApiSchema { Type = JsonSchemaType.Integer },
                    ["has_more"] = new OpenApiSchema { Type = JsonSchemaType.Boolean },
                    ["next_cursor"] = new OpenApiSchema { Type = JsonSchemaType.String | JsonSchemaType.Null },
                    ["as_of"] = new OpenApiSchema { Type = JsonSchemaType.String, Format = "date-time" },
                },
            },
            ["data"] = new OpenApiSchema { Type = JsonSchemaType.Array, Items = row },
        },
    };

    /// <summary>Types that have a JSON form of their own (see <see cref="Responses.JsonForms"/>).</summary>
    private static void SetValueForm(OpenApiSchema schema, Type type)
    {
        var value = Nullable.GetUnderlyingType(type) ?? type;
        var format = value == typeof(Instant) ? "date-time" : value == typeof(LocalDate) ? "date" : null;
        if (format is null && value != typeof(FeedId))
        {
            if (value == typeof(double))
            {
                schema.Type = JsonSchemaType.Number | JsonSchemaType.Null;
                schema.Pattern = null;
            }

            return;
        }

        schema.Type = JsonSchemaType.String | (value == type ? 0 : JsonSchemaType.Null);
        schema.Format = format;
        schema.Properties = null;
        schema.Required = null;
        schema.AnyOf = null;
    }
}
