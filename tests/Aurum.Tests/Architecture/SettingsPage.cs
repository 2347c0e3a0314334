using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.RegularExpressions;
using Aurum.App.Configuration;

namespace Aurum.Tests.Architecture;

/// <summary>Makes the tables of <c>docs/configuration.md</c> and the sample of <c>aurum.json</c> out of the records of options and their
/// comments.</summary>
internal static partial class SettingsPage
{
    public const string Path = "docs/configuration.md";
    public const string SamplePath = "docs/aurum.sample.json";

    /// <summary>What is written by hand ends here.</summary>
    public const string Marker = "<!-- Below this line the page is made of the records of options: AURUM_REWRITE_GOLDEN=1 -->";

    private static readonly JsonSerializerOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>What a sample says where a default says nothing, or not enough to be used.</summary>
    private static readonly Dictionary<string, object> Examples = new(StringComparer.Ordinal)
    {
        ["Vault:Address"] = "https://vault:8200",
        ["Vault:KubernetesRole"] = "aurum",
        ["Vault:Map:0"] = new[]
        {
            "AURUM_EIA_API_KEY=secret/data/aurum/eia:api_key", "AURUM__Kafka__SaslPassword=secret/data/aurum/kafka:password",
        },
        ["Lineage:Url"] = "http://marquez:5000",
        ["Kafka:BootstrapServers"] = "kafka-1:9092,kafka-2:9092,kafka-3:9092",
        ["Registry:Url"] = "http://schema-registry:8081",
        ["Postgres:ConnectionString"] = "Host=postgres;Port=5432;Database=aurum;Username=aurum",
        ["ClickHouse:Url"] = "http://clickhouse:8123",
        ["S3:Endpoint"] = "http://minio:9000",
        ["S3:AccessKey"] = "AURUM_S3_ACCESS_KEY or Vault",
        ["S3:SecretKey"] = "AURUM_S3_SECRET_KEY or Vault",
        ["S3:RawBucket"] = "aurum-raw",
        ["S3:CuratedBucket"] = "aurum-curated",
        ["S3:ExportBucket"] = "aurum-exports",
        ["Iceberg:Uri"] = "http://nessie:19120/iceberg",
        ["LakeFs:Endpoint"] = "http://lakefs:8000",
        ["LakeFs:Repository"] = "aurum",
        ["LakeFs:AccessKey"] = "AURUM_LAKEFS_ACCESS_KEY or Vault",
        ["LakeFs:SecretKey"] = "AURUM_LAKEFS_SECRET_KEY or Vault",
        ["Series:NAME:0"] = new[] { "DGS10", "UNRATE:M" },
    };

    /// <summary>What a sample calls what one names oneself, by the section.</summary>
    private static readonly Dictionary<string, string> Names = new(StringComparer.Ordinal)
    {
        ["Sites"] = "caiso-oasis", ["FeedLimits"] = "caiso/day-ahead-lmp", ["Series"] = "fred",
    };

    public static string Text()
    {
        var page = Repository.Read(Path);
        var marker = page.IndexOf(Marker, StringComparison.Ordinal);
        var text = new StringBuilder(marker < 0 ? "# Configuration\n\n" : page[..marker]).Append(Marker).Append('\n');
        foreach (var section in SettingCatalog.Instance.All.GroupBy(static s => s.Section))
        {
            text.Append($"\n### {(section.Key.Length == 0 ? "General" : section.Key)}\n\n");
            text.Append("| setting | default | range | unit | variables | what it is |\n|---|---|---|---|---|---|\n");
            foreach (var setting in section)
            {
                var note = NoteOf(setting);
                var variables = string.Join(", ", setting.WellKnown.Select(static v => $"`{v}`"));
                var shown = setting.DefaultText.Length == 0 ? "" : $"`{setting.DefaultText}`";
                text.Append($"| `{setting.Key}` | {shown} | {note.Range} | {note.Unit} | {variables} | {note.What} |\n");
            }
        }

        return text.ToString();
    }

    /// <summary>A file with every setting, its default or an example, and what it is.</summary>
    public static string Sample()
    {
        var text = new StringBuilder(
            "// Every setting of Aurum, with its default or an example. Take what you need: an engine is used as soon as its section is\n"
            + "// there.\n{\n");
        var groups = SettingCatalog.Instance.All.GroupBy(static s => s.Key.Split(':')[0]).ToList();
        for (var i = 0; i < groups.Count; i++)
        {
            Write(text, [.. groups[i]], 0, "  ", i == groups.Count - 1);
        }

        return text.Append("}\n").ToString();
    }

    /// <summary>What the comment of a setting says, with range and unit taken out of it; empty where it has none.</summary>
    public static SettingNote NoteOf(Setting setting)
    {
        var what = CommentOf(setting);
        var range = Range().Match(what) is { Success: true } match ? match
            : LooseRange().Match(what) is { Success: true } loose ? loose
            : null;
        var unit = range is null ? ""
            : UnitOfName(setting.Property) ?? UnitAfter(range.Groups[3].Value) ?? UnitBefore(what[..range.Index])
                ?? FirstWord(setting.Property);
        return new SettingNote(range is null ? "" : $"{range.Groups[1].Value} to {range.Groups[2].Value}", unit, what);
    }

    private static void Write(StringBuilder text, List<Setting> settings, int depth, string indent, bool isLast)
    {
        var parts = settings[0].Key.Split(':');
        var end = isLast ? "\n" : ",\n";
        var name = parts[depth] == "NAME" ? Names.GetValueOrDefault(parts[0], "name") : parts[depth];
        if (settings.Count == 1 && (parts.Length == depth + 1 || (parts.Length == depth + 2 && parts[^1] == "0")))
        {
            text.Append($"{indent}// {NoteOf(settings[0]).What}\n");
            text.Append($"{indent}{JsonSerializer.Serialize(name, Plain)}: {Value(settings[0], parts[^1] == "0")}{end}");
            return;
        }

        text.Append($"{indent}{JsonSerializer.Serialize(name, Plain)}: {{\n");
        var groups = settings.GroupBy(s => s.Key.Split(':')[depth + 1]).ToList();
        for (var i = 0; i < groups.Count; i++)
        {
            Write(text, [.. groups[i]], depth + 1, indent + "  ", i == groups.Count - 1);
        }

        text.Append($"{indent}}}{end}");
    }

    private static string Value(Setting setting, bool isList) =>
        Examples.TryGetValue(setting.Key, out var example) ? JsonSerializer.Serialize(example, Plain)
        : setting.Default is null ? isList ? "[]" : "null"
        : setting.Default is TimeSpan or Enum or Uri ? JsonSerializer.Serialize(setting.DefaultText, Plain)
        : JsonSerializer.Serialize(setting.Default, setting.Default.GetType(), Plain);

    private static string CommentOf(Setting setting)
    {
        var file = Repository.Sources.FirstOrDefault(f =>
            f.Namespace == setting.Owner.Namespace && f.Types.Any(t => t.Name == setting.Owner.Name));
        Assert.True(file is not null, $"no file has the type {setting.Owner.FullName}");
        var match = Regex.Match(
            file.Text,
            $@"((?:^ *///[^\n]*\n)+)(?:^ *\[[^\n]*\n)*^ *public (?:required )?[^\n(=;]*\b{setting.Property}\s*\{{",
            RegexOptions.Multiline);
        var comment = CommentMark().Replace(match.Groups[1].Value, " ");
        comment = Summary().Match(comment) is { Success: true } summary ? summary.Groups[1].Value : comment;
        comment = SeeTag().Replace(comment, static m => m.Groups[1].Value.Split('.')[^1]);
        return Blanks().Replace(Tags().Replace(comment, ""), " ").Replace('|', '/').Trim();
    }

    private static string? UnitAfter(string word) => Units().Match(word) is { Success: true } unit ? unit.Value : null;

    private static string? UnitBefore(string text) => LastUnit().Match(text) is { Success: true } unit ? unit.Groups[1].Value : null;

    /// <summary>The unit that a name ends in: TimeoutSeconds, QueueMiB.</summary>
    private static string? UnitOfName(string property) =>
        Units().Match(WordOfName().Match(property).Value.ToLower(CultureInfo.InvariantCulture)) is { Success: true } unit ? unit.Value
        : property.EndsWith("MiB", StringComparison.Ordinal) ? "MiB"
        : property.EndsWith("KiB", StringComparison.Ordinal) ? "KiB"
        : property.EndsWith("Ms", StringComparison.Ordinal) || property.EndsWith("Millis", StringComparison.Ordinal) ? "milliseconds"
        : null;

    /// <summary>What a name counts: RequestsPerMinute.</summary>
    private static string FirstWord(string property) =>
        Units().Match(FirstOfName().Match(property).Value.ToLower(CultureInfo.InvariantCulture)).Value;

    private const string UnitWords =
        "milliseconds|microseconds|seconds|minutes|hours|days|MiB|KiB|GiB|bytes|rows|requests|requests a second|entries|events|ticks"
        + "|threads|tries|files|runs|snapshots|letters|connections|keys|messages|partitions|replicas|prices|streams|records|parts|commands"
        + "|deliveries|errors|workers|items|blocks|points|sessions|versions|times|attempts";

    [GeneratedRegex(@"(?<![\w.])(-?\d[\d,]*(?:\.\d+)?) to (-?\d[\d,]*(?:\.\d+)?)(?![\d,.]*\d)((?: \w+)?)")]
    private static partial Regex Range();

    [GeneratedRegex(@"(-?\d[\d,.]*(?: \([^)]*\))?|[A-Z]\w+) to (-?\d[\d,.]*\d(?: \([^)]*\))?|an? [a-z ]+)((?: \w+)?)")]
    private static partial Regex LooseRange();

    [GeneratedRegex("^[A-Z][a-z]+")]
    private static partial Regex FirstOfName();

    [GeneratedRegex($@"\b(?:{UnitWords})\b")]
    private static partial Regex Units();

    [GeneratedRegex($@", ({UnitWords})[.,;]? *$")]
    private static partial Regex LastUnit();

    [GeneratedRegex(@"[A-Z][a-z]+$")]
    private static partial Regex WordOfName();

    [GeneratedRegex(@"\n? *///")]
    private static partial Regex CommentMark();

    [GeneratedRegex(@"<summary>(.*?)</summary>", RegexOptions.Singleline)]
    private static partial Regex Summary();

    [GeneratedRegex(@"<(?:see|paramref) \w+=""([^""]*)""\s*/>")]
    private static partial Regex SeeTag();

    [GeneratedRegex(@"</?\w+[^>]*>")]
    private static partial Regex Tags();

    [GeneratedRegex(@"\s+")]
    private static partial Regex Blanks();
}
