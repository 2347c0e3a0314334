using Aurum.Store.Avro;

namespace Aurum.Cluster.Contracts;

/// <summary>All kinds of events, in the order of their names.</summary>
public static class EventContracts
{
    private const string End = ".avsc";

    public static IReadOnlyList<EventContract> All { get; } =
    [
        .. typeof(EventContracts).Assembly.GetManifestResourceNames()
            .Where(static n => n.EndsWith(End, StringComparison.Ordinal))
            .Order(StringComparer.Ordinal)
            .Select(Read),
    ];

    /// <exception cref="ArgumentException">No such contract.</exception>
    public static EventContract Find(string name) => All.FirstOrDefault(c => c.Name == name)
        ?? throw new ArgumentException($"no contract '{name}'; there are {string.Join(", ", All)}", nameof(name));

    private static EventContract Read(string resource)
    {
        using var stream = typeof(EventContracts).Assembly.GetManifestResourceStream(resource)!;
        using var reader = new StreamReader(stream);
        var text = reader.ReadToEnd();
        return new EventContract(resource[..^End.Length], AvroSchemaJson.Read(text), text);
    }
}
