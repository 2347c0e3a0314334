using System.CommandLine;
using System.Text.Json;
using Aurum.Curves.Documents;

namespace Aurum.App.Commands;

/// <summary>What a command is given: a file with a contract, <c>-</c> for standard input, or the id of a stored one.</summary>
internal static class PpaFile
{
    /// <summary>Longest file, bytes.</summary>
    private const int MaxBytes = 1 << 20;

    public static Argument<string> Argument(string description) => new("FILE|ID") { Description = description };

    /// <summary>The text of a file; null where there is none of that name and it may be an id.</summary>
    /// <exception cref="CommandException">Too long.</exception>
    public static async Task<string?> ReadOrId(string name, CommandConsole console, CancellationToken cancel) =>
        name == "-" || File.Exists(name) ? await Read(name, console, cancel)
        : name.Contains('.', StringComparison.Ordinal) || name.Contains(Path.DirectorySeparatorChar, StringComparison.Ordinal)
            ? throw NoFile(name)
            : null;

    /// <summary>The text of a file.</summary>
    /// <exception cref="CommandException">There is none, or it is too long.</exception>
    public static async Task<string> Read(string name, CommandConsole console, CancellationToken cancel)
    {
        if (name != "-" && !File.Exists(name))
        {
            throw NoFile(name);
        }

        await using var file = name == "-" ? console.In : File.OpenRead(name);
        var bytes = new byte[MaxBytes + 1];
        var read = await file.ReadAtLeastAsync(bytes, bytes.Length, throwOnEndOfStream: false, cancel);
        return read <= MaxBytes
            ? System.Text.Encoding.UTF8.GetString(bytes, 0, read).TrimStart('\uFEFF')
            : throw new CommandException(ExitCodes.BadInput, $"{name}: expected at most {MaxBytes} bytes, found more");
    }

    /// <summary>The text, where it is JSON.</summary>
    /// <exception cref="DocumentException">It is none.</exception>
    public static string Json(string text)
    {
        try
        {
            using var document = JsonDocument.Parse(text);
            return text;
        }
        catch (JsonException mistake)
        {
            throw new DocumentException([new DocumentError("$", "JSON", mistake.Message)]);
        }
    }

    private static CommandException NoFile(string name) => new(ExitCodes.BadInput, $"{name}: there is no such file");
}
