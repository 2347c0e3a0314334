using System.Text;
using Aurum.App.Configuration;

namespace Aurum.App.Ingest;

/// <summary>A file of name=value lines that only its owner may read (mode 0600). Names are those of secrets (<c>eia-api-key</c>) or of
/// variables (<c>KAFKA_SASL_PASSWORD</c>).</summary>
internal static class SecretsFile
{
    /// <summary>All lines of a file, in order; none where there is no name of a file.</summary>
    /// <exception cref="OptionsException">The file is not there, may be read by others, or a line is not name=value.</exception>
    public static IReadOnlyList<KeyValuePair<string, string>> Read(string? file)
    {
        if (file is null)
        {
            return [];
        }

        if (!File.Exists(file))
        {
            throw new OptionsException($"SecretsFile: there is no file '{file}'");
        }

        RefuseReadableByOthers(file);
        var all = new List<KeyValuePair<string, string>>();
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

            all.Add(KeyValuePair.Create(line[..equals].Trim(), line[(equals + 1)..].Trim()));
        }

        return all;
    }

    /// <summary>Writes values into a file: lines of the same name are replaced, all others stay. At no time may others read it, and at no
    /// time is it half written.</summary>
    /// <exception cref="OptionsException">The file that is there may be read by others, or a value has a line end.</exception>
    public static void Write(string file, IReadOnlyList<KeyValuePair<string, string>> values)
    {
        var left = values.ToDictionary(static v => v.Key, static v => v.Value, StringComparer.Ordinal);
        if (left.FirstOrDefault(static v => v.Value.AsSpan().ContainsAny('\n', '\r')).Key is { } several)
        {
            throw new OptionsException(
                $"{several}: expected a value of one line, found several; a file of name=value lines cannot hold it");
        }

        var text = new StringBuilder();
        if (File.Exists(file))
        {
            RefuseReadableByOthers(file);
            foreach (var line in File.ReadLines(file))
            {
                var name = line.IndexOf('=', StringComparison.Ordinal) is var equals and > 0 && line[0] != '#' ? line[..equals].Trim() : "";
                text.Append(left.Remove(name, out var value) ? $"{name}={value}" : line).Append('\n');
            }
        }

        foreach (var (name, value) in values.Where(v => left.ContainsKey(v.Key)))
        {
            text.Append($"{name}={value}\n");
        }

        var full = Path.GetFullPath(file);
        Directory.CreateDirectory(Path.GetDirectoryName(full)!);
        var next = $"{full}.{Environment.ProcessId}.tmp";
        var options = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        using (var stream = new FileStream(next, options))
        {
            stream.Write(Encoding.UTF8.GetBytes(text.ToString()));
            stream.Flush(flushToDisk: true);
        }

        File.Move(next, full, overwrite: true);
    }

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
