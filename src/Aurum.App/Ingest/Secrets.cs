using System.Diagnostics.CodeAnalysis;
using System.Text;
using Aurum.App.Configuration;
using Aurum.Market.Feeds;

namespace Aurum.App.Ingest;

/// <summary>Secrets by name, from the environment (<c>AURUM_EIA_API_KEY</c>) or from a file of name=value lines that only its owner
/// may read (mode 0600). Never printed, logged or archived.</summary>
internal sealed class Secrets
{
    /// <summary>What the sandbox publishers take for any secret.</summary>
    public const string SandboxValue = "sandbox_key";

    private readonly Dictionary<string, string> _values;
    private readonly string? _fallback;

    private Secrets(Dictionary<string, string> values, string? fallback = null)
    {
        _values = values;
        _fallback = fallback;
    }

    /// <summary>For the sandbox: no real secret is ever sent to it.</summary>
    public static Secrets OfSandbox { get; } = new([], SandboxValue);

    /// <exception cref="OptionsException">The file is not there, may be read by others, or a line is not name=value.</exception>
    public static Secrets Load(string? file, IReadOnlyDictionary<string, string?> environment)
    {
        var values = new Dictionary<string, string>(StringComparer.Ordinal);
        if (file is not null)
        {
            if (!File.Exists(file))
            {
                throw new OptionsException($"SecretsFile: there is no file '{file}'");
            }

            RefuseReadableByOthers(file);
            var number = 0;
            foreach (var line in File.ReadLines(file))
            {
                number++;
                if (line.Length == 0 || line[0] == '#')
                {
                    continue;
                }

                var equals = line.IndexOf('=', StringComparison.Ordinal);
                if (equals <= 0)
                {
                    throw new OptionsException($"{file}:{number}: expected name=value, found a line without '='");
                }

                values[line[..equals].Trim()] = line[(equals + 1)..].Trim();
            }
        }

        foreach (var (name, value) in environment)
        {
            if (name.StartsWith("AURUM_", StringComparison.Ordinal) && value is { Length: > 0 })
            {
                values[name["AURUM_".Length..].ToLowerInvariant().Replace('_', '-')] = value;
            }
        }

        return new Secrets(values);
    }

    public bool TryGet(string name, [MaybeNullWhen(false)] out string value)
    {
        value = _values.GetValueOrDefault(name) ?? _fallback;
        return value is not null;
    }

    /// <summary>User and password as the header Authorization carries them: <c>user:password</c> in UTF-8 and Base64. Empty parts
    /// where a secret is missing.</summary>
    public string Encode(BasicSecret basic)
    {
        _ = TryGet(basic.UserName, out var user);
        _ = TryGet(basic.PasswordName, out var password);
        return Convert.ToBase64String(Encoding.UTF8.GetBytes($"{user}:{password}"));
    }

    /// <summary>Name of the environment variable of a secret: eia-api-key -> AURUM_EIA_API_KEY.</summary>
    public static string VariableOf(string name) => "AURUM_" + name.ToUpperInvariant().Replace('-', '_');

    private static void RefuseReadableByOthers(string file)
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        const UnixFileMode Others = UnixFileMode.GroupRead | UnixFileMode.GroupWrite | UnixFileMode.OtherRead | UnixFileMode.OtherWrite;
        if ((File.GetUnixFileMode(file) & Others) != 0)
        {
            throw new OptionsException($"{file} holds secrets but others may read it: run chmod 600 {file}");
        }
    }
}
