using System.Collections;
using System.Globalization;
using System.Reflection;
using System.Text.RegularExpressions;
using Aurum.Market.Text;

namespace Aurum.App.Configuration;

/// <summary>Every setting that there is, found by walking the records of options.</summary>
internal sealed partial class SettingCatalog
{
    private const string AnyName = "NAME";
    private const string AnyNumber = "0";
    private const string Hidden = "***";

    /// <summary>Names of secrets within connection strings, as Npgsql has them, and of others.</summary>
    private const string SecretPart = "(?:password|pwd|psw|passwd|sslpassword|secret|token)";

    private readonly Dictionary<string, Setting> _byKey;

    private SettingCatalog()
    {
        var all = new List<Setting>();
        Walk(typeof(AurumOptions), new AurumOptions(), "", all);
        All = all;
        _byKey = all.ToDictionary(static s => s.Key, StringComparer.OrdinalIgnoreCase);
    }

    public static SettingCatalog Instance { get; } = new();

    /// <summary>All settings in the order of the records; <c>DataDirectory</c>, which <c>--data</c> says, is none.</summary>
    public IReadOnlyList<Setting> All { get; }

    /// <summary>The setting that a name means; null where none has it.</summary>
    public Setting? Find(string key)
    {
        var parts = key.Split(':');
        return Candidates(parts, 0).Select(c => _byKey.GetValueOrDefault(c)).FirstOrDefault(static s => s is not null);
    }

    /// <exception cref="OptionsException">There is no such setting; the message names the nearest, and who set it.</exception>
    public void CheckName(SettingValue value)
    {
        if (Find(value.Key) is not null || IsSection(value))
        {
            return;
        }

        var near = NearestName.To(value.Key, _byKey.Keys.Where(static k => !k.Contains($":{AnyName}", StringComparison.Ordinal)));
        throw new OptionsException(
            $"there is no setting '{value.Key}'{(near is null ? "" : $"; did you mean {near}?")} (set by {value.Origin})");
    }

    /// <summary>Whether a setting's value must never be shown. What is named a file or a number of seconds is none.</summary>
    public static bool IsSecret(string key) =>
        SecretName().IsMatch(key[(key.LastIndexOf(':') + 1)..]) && Instance.Find(key)?.Type is null or { IsPrimitive: false };

    /// <summary>A value as it may be shown: secrets hidden, and passwords within addresses and connection strings too. Rather too much is
    /// hidden than a part of a password shown.</summary>
    public static string Shown(string key, string? value) =>
        string.IsNullOrEmpty(value) ? ""
        : IsSecret(key) ? Hidden
        : InAddress().Replace((BeginsAddress().IsMatch(value) ? InQuery() : InConnection()).Replace(value, $"$1{Hidden}"), $"$1{Hidden}@");

    /// <summary>A value as it would be written in JSON, less the quotes.</summary>
    public static string Text(object? value) => value switch
    {
        null => "",
        bool b => b ? "true" : "false",
        string s => s,
        IEnumerable list => string.Join(", ", list.Cast<object>().Select(Text)),
        IFormattable number => number.ToString(null, CultureInfo.InvariantCulture),
        _ => value.ToString() ?? "",
    };

    /// <summary>An object or a list that is written down and empty.</summary>
    private bool IsSection(SettingValue value) =>
        string.IsNullOrEmpty(value.Value) && Candidates(value.Key.Split(':'), 0)
            .Any(c => _byKey.Keys.Any(k => k.StartsWith(c + ":", StringComparison.OrdinalIgnoreCase)));

    /// <summary>A name with its parts, any of them but the first, as what one names oneself.</summary>
    private static IEnumerable<string> Candidates(string[] parts, int at)
    {
        if (at == parts.Length)
        {
            return [""];
        }

        IEnumerable<string> forms = at == 0 ? [parts[0]]
            : int.TryParse(parts[at], NumberStyles.None, CultureInfo.InvariantCulture, out _) ? [parts[at], AnyNumber, AnyName]
            : [parts[at], AnyName];
        return forms.SelectMany(form => Candidates(parts, at + 1).Select(rest => rest.Length == 0 ? form : $"{form}:{rest}"));
    }

    private static void Walk(Type owner, object? defaults, string prefix, List<Setting> all)
    {
        foreach (var property in owner.GetProperties(BindingFlags.Public | BindingFlags.Instance).Where(static p => p.CanWrite))
        {
            if (property.Name == nameof(AurumOptions.DataDirectory) && owner == typeof(AurumOptions))
            {
                continue;
            }

            var type = Nullable.GetUnderlyingType(property.PropertyType) ?? property.PropertyType;
            var value = defaults is null ? null : property.GetValue(defaults);
            Add(new Setting(prefix + property.Name, type, owner, property.Name, value), all);
        }
    }

    private static void Add(Setting setting, List<Setting> all)
    {
        if (IsLeaf(setting.Type))
        {
            all.Add(setting);
        }
        else if (ValueOfDictionary(setting.Type) is { } inner)
        {
            Add(setting with { Key = $"{setting.Key}:{AnyName}", Type = inner, Default = null }, all);
        }
        else if (ItemOfList(setting.Type) is { } item)
        {
            Add(setting with { Key = $"{setting.Key}:{AnyNumber}", Type = item, Default = IsLeaf(item) ? setting.Default : null }, all);
        }
        else
        {
            Walk(setting.Type, setting.Default ?? Activator.CreateInstance(setting.Type), setting.Key + ":", all);
        }
    }

    private static bool IsLeaf(Type type) =>
        type.IsPrimitive || type.IsEnum || type == typeof(string) || type == typeof(decimal) || type == typeof(Uri)
        || type == typeof(TimeSpan);

    private static Type? ValueOfDictionary(Type type) =>
        type.IsGenericType && (type.GetGenericTypeDefinition() == typeof(IReadOnlyDictionary<,>)
            || type.GetGenericTypeDefinition() == typeof(Dictionary<,>))
            ? type.GetGenericArguments()[1]
            : null;

    private static Type? ItemOfList(Type type) =>
        type.IsArray ? type.GetElementType()
        : type.IsGenericType && typeof(IEnumerable).IsAssignableFrom(type) ? type.GetGenericArguments()[0]
        : null;

    [GeneratedRegex(
        "(Password|Token|SecretId|Secret|SecretKey|SecretAccessKey|ApiKey|AccessKey|AccessKeyId|PrivateKey|BasicAuth|UserInfo)$",
        RegexOptions.IgnoreCase)]
    private static partial Regex SecretName();

    /// <summary>A password may hold spaces and further at signs; the last one before the host's end divides.</summary>
    [GeneratedRegex(@"(://[^:/@\s]*:)[^@]*(?:@[^\s/?#,;@]*)*@")]
    private static partial Regex InAddress();

    [GeneratedRegex(@"^\s*[a-z][a-z0-9+.-]*://", RegexOptions.IgnoreCase)]
    private static partial Regex BeginsAddress();

    [GeneratedRegex($@"((?:^|[;\s?&]){SecretPart}\s*=)[^&]*", RegexOptions.IgnoreCase)]
    private static partial Regex InQuery();

    /// <summary>A value goes to the next semicolon, whatever is in it; between quotes also a semicolon and doubled quotes are its own.
    /// </summary>
    [GeneratedRegex(
        $@"((?:^|[;\s?&]){SecretPart}\s*=\s*)(?:""(?:[^""]|"""")*(?:""|$)|'(?:[^']|'')*(?:'|$))?[^;]*",
        RegexOptions.IgnoreCase)]
    private static partial Regex InConnection();
}
