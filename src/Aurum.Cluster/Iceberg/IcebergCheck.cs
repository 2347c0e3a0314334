using System.Text.Json.Nodes;

namespace Aurum.Cluster.Iceberg;

/// <summary>Looks whether a REST catalog can be used: for <c>aurum doctor</c>.</summary>
public static class IcebergCheck
{
    private const string Engine = "Iceberg";

    /// <summary>Asks for the configuration and the namespaces.</summary>
    public static async Task<IReadOnlyList<EngineFinding>> Run(IcebergOptions options, CancellationToken cancel)
    {
        try
        {
            using var catalog = new RestCatalog(options, TimeProvider.System, static () => 0);
            var found = await catalog.Configuration(cancel);
            var prefix = (found["overrides"]?["prefix"] ?? found["defaults"]?["prefix"])?.GetValue<string>();
            var spaces = await catalog.Namespaces([], cancel);
            var above = prefix is null ? "" : $", prefix {prefix}";
            return [new EngineFinding(
                Engine, EngineState.Well, $"catalog at {options.Uri}{above}: {spaces.Count} namespaces{Missing(found)}")];
        }
        catch (ArgumentException error)
        {
            return [new EngineFinding(Engine, EngineState.Failed, error.Message, "mend the setting")];
        }
        catch (CatalogException error)
        {
            return [new EngineFinding(Engine, EngineState.Failed, error.Message, error.Status switch
            {
                401 or 403 => "check Iceberg:Token, or Iceberg:ClientId, ClientSecret and Scope, and what they may do",
                400 or 404 => "check Iceberg:Uri, Iceberg:Warehouse and Iceberg:Branch",
                _ => "check Iceberg:Uri, and that the catalog runs and can be reached from here",
            })];
        }
    }

    /// <summary>What the catalog lists as its endpoints, and lacks for us; empty where it does not list them.</summary>
    private static string Missing(JsonNode configuration)
    {
        var known = configuration["endpoints"]?.AsArray().Select(static e => e!.GetValue<string>()).ToList();
        const string Commit = "POST /v1/{prefix}/namespaces/{namespace}/tables/{table}";
        return known is null || known.Contains(Commit) ? "" : "; it does not list commits among its endpoints";
    }
}
