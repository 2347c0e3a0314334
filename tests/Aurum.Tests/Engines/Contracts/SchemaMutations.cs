using System.Text.Json.Nodes;

namespace Aurum.Tests.Engines.Contracts;

/// <summary>Random schemas, and what becomes of them when a person changes something.</summary>
internal static class SchemaMutations
{
    private static readonly string[] Primitives = ["null", "boolean", "int", "long", "float", "double", "bytes", "string"];

    /// <summary>Pairs of a reader's and a writer's schema, either of which may be the older one.</summary>
    public static List<(string Reader, string Writer)> Pairs(Random random, int count)
    {
        var pairs = new List<(string, string)>();
        while (pairs.Count < count)
        {
            var schema = Record("R", random, 0);
            var changed = (JsonObject)schema.DeepClone();
            for (var i = random.Next(1, 3); i > 0; i--)
            {
                Change(changed, random);
            }

            pairs.Add(random.Next(2) == 0
                ? (schema.ToJsonString(), changed.ToJsonString())
                : (changed.ToJsonString(), schema.ToJsonString()));
        }

        return pairs;
    }

    private static JsonObject Record(string name, Random random, int depth)
    {
        var fields = new JsonArray();
        for (var i = random.Next(1, 5); i > 0; i--)
        {
            fields.Add(Field($"f{fields.Count}", $"{name}{fields.Count}", random, depth));
        }

        return new JsonObject { ["type"] = "record", ["name"] = name, ["namespace"] = "a.b", ["fields"] = fields };
    }

    private static JsonObject Field(string field, string name, Random random, int depth) =>
        new() { ["name"] = field, ["type"] = Type(name, random, depth) };

    private static JsonNode Type(string name, Random random, int depth) => random.Next(depth > 2 ? 8 : 14) switch
    {
        8 => new JsonObject { ["type"] = "array", ["items"] = Type(name, random, depth + 1) },
        9 => new JsonObject { ["type"] = "map", ["values"] = Type(name, random, depth + 1) },
        10 => new JsonObject { ["type"] = "enum", ["name"] = "E" + name, ["symbols"] = new JsonArray("A", "B", "C") },
        11 => new JsonObject { ["type"] = "fixed", ["name"] = "F" + name, ["size"] = 4 },
        12 => Record("N" + name, random, depth + 1),
        13 => Union(random),
        var primitive => Primitives[primitive],
    };

    private static JsonArray Union(Random random)
    {
        // Numbers apart: avsc can't tell them apart in values without their names.
        string[][] choices =
        [
            ["null", "string"], ["null", "int"], ["null", "long"], ["null", "double"], ["string", "null"], ["null", "string", "long"],
        ];
        return new JsonArray([.. choices[random.Next(choices.Length)].Select(c => JsonValue.Create(c))]);
    }

    private static void Change(JsonObject record, Random random)
    {
        var fields = record["fields"]!.AsArray();
        var at = fields.Count == 0 ? -1 : random.Next(fields.Count);
        switch (random.Next(8))
        {
            case 0:
                var added = Field("g", "G" + random.Next(1000), random, 3);
                if (random.Next(2) == 0)
                {
                    (added["type"], added["default"]) = (new JsonArray("null", "string"), null);
                }

                if (fields.All(f => f!["name"]!.GetValue<string>() != "g"))
                {
                    fields.Insert(random.Next(fields.Count + 1), added);
                }

                break;
            case 1 when fields.Count > 1:
                fields.RemoveAt(at);
                break;
            case 2 when at >= 0 && fields.All(f => f!["name"]!.GetValue<string>() != "h"):
                var renamed = fields[at]!.AsObject();
                if (random.Next(2) == 0)
                {
                    renamed["aliases"] = new JsonArray(renamed["name"]!.GetValue<string>());
                }

                renamed["name"] = "h";
                break;
            case 3 when random.Next(3) == 0:
                record["name"] = "S";
                if (random.Next(2) == 0)
                {
                    record["aliases"] = new JsonArray("a.b.R");
                }

                break;
            case 4 when at >= 0:
                fields.Add(fields[at]!.DeepClone());
                fields.RemoveAt(at);
                break;
            default:
                if (at >= 0)
                {
                    fields[at]!["type"] = Changed(fields[at]!["type"]!, random);
                    fields[at]!.AsObject().Remove("default");
                }

                break;
        }
    }

    private static JsonNode Changed(JsonNode type, Random random)
    {
        switch (type)
        {
            case JsonArray union when random.Next(2) == 0:
                return JsonValue.Create(union[random.Next(union.Count)]!.GetValue<string>());
            case JsonArray union:
                return new JsonArray([.. union.Reverse().Select(b => b!.DeepClone())]);
            case JsonObject complex when complex["type"]!.GetValue<string>() == "enum":
                complex["symbols"] = random.Next(2) == 0 ? new JsonArray("A", "B") : new JsonArray("D", "C", "B", "A");
                if (random.Next(3) == 0)
                {
                    complex["default"] = "A";
                }

                return complex.DeepClone();
            case JsonObject complex when complex["type"]!.GetValue<string>() == "fixed":
                complex["size"] = random.Next(2) == 0 ? 4 : 5;
                return complex.DeepClone();
            case JsonObject complex when complex["type"]!.GetValue<string>() == "record":
                Change(complex, random);
                return complex.DeepClone();
            case JsonObject complex:
                var inner = complex["items"] is null ? "values" : "items";
                complex[inner] = Changed(complex[inner]!, random);
                return complex.DeepClone();
            default:
                return random.Next(3) == 0 && type.GetValue<string>() != "null"
                    ? new JsonArray("null", type.DeepClone())
                    : JsonValue.Create(Primitives[random.Next(Primitives.Length)]);
        }
    }
}
