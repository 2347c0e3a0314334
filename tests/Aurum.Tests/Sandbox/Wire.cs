using System.IO.Compression;
using System.Text;
using Aurum.Sandbox.Faults;
using Aurum.Sandbox.Hosting;
using Aurum.Sandbox.Publishing;
using Aurum.Sandbox.Worlds;
using NodaTime;

namespace Aurum.Tests.Sandbox;

/// <summary>Asks sandbox publishers directly and shows what they send.</summary>
internal static class Wire
{
    public static readonly SandboxNetwork Network = new(new World(11));

    private static readonly Dictionary<string, string> Keys = new()
    {
        ["X-Api-Key"] = "sandbox_key",
        ["Ocp-Apim-Subscription-Key"] = "sandbox_key",
        ["API-KEY"] = "sandbox_key",
        ["Authorization"] = "Bearer sandbox_key",
        ["token"] = "sandbox_key",
    };

    public static SandboxResponse Ask(string publisher, string pathAndQuery, Instant now) =>
        Network.Publisher(publisher).Answer(SandboxRequest.Get(pathAndQuery, Keys), Moment.At(now));

    public static SandboxResponse Ask(string publisher, string pathAndQuery, Instant now, FaultKind tampering) =>
        Network.Publisher(publisher).Answer(
            SandboxRequest.Get(pathAndQuery, Keys), new Moment(now, now, new Tampering(new Fault(tampering, 12345))));

    public static string Text(SandboxResponse response) => Encoding.UTF8.GetString(response.Body.Span);

    /// <summary>Lines of a CSV, line ends taken off.</summary>
    public static string[] Lines(string text) =>
        text.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(l => l.TrimEnd('\r')).ToArray();

    /// <summary>Name and text of the only file in a zip.</summary>
    public static (string Name, string Text) Unzip(ReadOnlyMemory<byte> body)
    {
        using var zip = new ZipArchive(new MemoryStream(body.ToArray()));
        var entry = Assert.Single(zip.Entries);
        using var reader = new StreamReader(entry.Open(), Encoding.UTF8);
        return (entry.FullName, reader.ReadToEnd());
    }

    /// <summary>Text of a sample; of the only file inside where it is a zip.</summary>
    public static string Sample(string publisher, string file)
    {
        var bytes = File.ReadAllBytes(Samples.PathOf(publisher, file));
        return file.EndsWith(".zip", StringComparison.Ordinal) ? Unzip(bytes).Text : Encoding.UTF8.GetString(bytes);
    }

    /// <summary>Distinct values of some columns, in the order of the file.</summary>
    public static string[] Columns(string[] lines, params int[] columns) =>
        lines.Skip(1).Select(l => l.Split(',')).Select(c => string.Join(',', columns.Select(i => c[i]))).Distinct().ToArray();
}
