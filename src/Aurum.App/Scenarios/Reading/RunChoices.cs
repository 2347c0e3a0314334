using System.Globalization;
using System.Text.Json;
using Aurum.Curves.Documents;
using Aurum.Curves.Manifests;
using Aurum.Store.Models;

namespace Aurum.App.Scenarios.Reading;

/// <summary>How a caller wants a scenario run.</summary>
internal sealed record RunChoices
{
    public const int MaxKeyLength = 255;

    private const int MaxEnvironment = 50;
    private const int DefaultRetries = 3;
    private const int DefaultMinutes = 60;
    private const int DefaultMemoryMiB = 1_024;

    public static readonly RunChoices Default = new();

    /// <summary>Version of the program that the caller asks for; null: this one.</summary>
    public string? CodeVersion { get; private init; }

    public ulong Seed { get; private init; } = 1;

    public RunPriority Priority { get; init; } = RunPriority.Normal;

    public int TimeoutMinutes { get; private init; } = DefaultMinutes;

    public int MaxMemoryMiB { get; private init; } = DefaultMemoryMiB;

    public IReadOnlyDictionary<string, string> Environment { get; private init; } = new Dictionary<string, string>();

    /// <summary>Members that take the place of the scenario's parameters, as JSON.</summary>
    public string Parameters { get; private init; } = "{}";

    public int MaxRetries { get; private init; } = DefaultRetries;

    public string? IdempotencyKey { get; init; }

    /// <param name="json">The options; empty for the defaults.</param>
    /// <exception cref="DocumentException">Anything is wrong, all at once.</exception>
    public static RunChoices Read(ReadOnlyMemory<byte> json) =>
        json.IsEmpty || json.Span.SequenceEqual("null"u8) ? Default : DocumentReader.Read(json, Of);

    public static RunChoices Of(DocumentReader document) => new()
    {
        CodeVersion = document.OptionalText("code_version"),
        Seed = SeedOf(document),
        Priority = document.ChoiceOr("priority", RunPriority.Normal),
        TimeoutMinutes = document.IntegerOr("timeout_minutes", DefaultMinutes, 1, 1_440, "minutes"),
        MaxMemoryMiB = document.IntegerOr("max_memory_mb", DefaultMemoryMiB, 256, 16_384, "MiB"),
        Environment = EnvironmentOf(document),
        Parameters = document.Raw("parameters") is { } parameters ? ObjectOf(document, parameters) : "{}",
        MaxRetries = document.IntegerOr("max_retries", DefaultRetries, 0, 10, "retries"),
        IdempotencyKey = KeyOf(document),
    };

    /// <summary>How it is run, for the record: what is no part of the input's hash.</summary>
    public string ToJson() => CanonicalJson.Of(JsonSerializer.SerializeToElement(new Dictionary<string, object?>
    {
        ["environment"] = Environment,
        ["parameters"] = JsonDocument.Parse(Parameters).RootElement,
        ["code_version"] = CodeVersion,
        ["seed"] = Seed,
    }));

    /// <summary>Whether a text may name an order.</summary>
    public static bool IsKey(string text) => text.Length is > 0 and <= MaxKeyLength
        && text.All(static c => char.IsAsciiLetterOrDigit(c) || c is '_' or '-' or '.' or ':' or '/');

    private static ulong SeedOf(DocumentReader document)
    {
        if (document.Raw("seed") is not { } value)
        {
            return Default.Seed;
        }

        if (value.ValueKind == JsonValueKind.Number && value.TryGetUInt64(out var seed))
        {
            return seed;
        }

        document.Refuse("seed", string.Create(CultureInfo.InvariantCulture, $"a whole number from 0 to {ulong.MaxValue}"));
        return Default.Seed;
    }

    private static string ObjectOf(DocumentReader document, JsonElement parameters)
    {
        if (parameters.ValueKind == JsonValueKind.Object)
        {
            return CanonicalJson.Of(parameters);
        }

        document.Refuse("parameters", "an object");
        return "{}";
    }

    private static string? KeyOf(DocumentReader document)
    {
        if (document.OptionalText("idempotency_key", MaxKeyLength) is not { } key)
        {
            return null;
        }

        if (!IsKey(key))
        {
            document.Refuse("idempotency_key", $"1 to {MaxKeyLength} letters, digits, '_', '-', '.', ':' and '/'");
        }

        return key;
    }

    private static Dictionary<string, string> EnvironmentOf(DocumentReader document)
    {
        var names = new Dictionary<string, string>(StringComparer.Ordinal);
        if (document.Maybe("environment") is { } environment)
        {
            foreach (var name in environment.Names.Take(MaxEnvironment))
            {
                names[name] = environment.Text(name);
            }
        }

        return names;
    }
}
