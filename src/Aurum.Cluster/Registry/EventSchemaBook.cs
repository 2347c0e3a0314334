using System.Collections.Concurrent;
using Aurum.Cluster.Contracts;
using Aurum.Store.Avro;

namespace Aurum.Cluster.Registry;

/// <summary>The schemas of events as the registry numbers them: for writing and for reading. Safe from several threads.</summary>
/// <param name="client">Registry.</param>
/// <param name="options">Whether schemas are registered that it does not have.</param>
public sealed class EventSchemaBook(RegistryClient client, RegistryOptions options)
{
    private readonly ConcurrentDictionary<string, int> _ids = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<int, AvroType> _types = new();
    private readonly ConcurrentDictionary<(int Id, string Contract), AvroResolver> _resolvers = new();

    /// <summary>Asks for the ids of topics that are not known yet. Once they are, the registry may be down.</summary>
    /// <exception cref="RegistryException">A schema is refused or not there, or the registry is down.</exception>
    public async Task Prepare(IEnumerable<EventTopic> topics, CancellationToken cancel)
    {
        foreach (var topic in topics.Where(t => t.Subject is not null && !_ids.ContainsKey(t.Name)))
        {
            var text = topic.Contract.SchemaText;
            _ids[topic.Name] = options.AutoRegister
                ? await client.Register(topic.Subject!, text, cancel)
                : (await client.LookUp(topic.Subject!, text, cancel))?.Id ?? throw new RegistryException(
                    $"the registry has no version of {topic.Subject} with the schema of {topic.Contract}: run 'aurum contracts register'")
                {
                    Status = 404,
                    ErrorCode = RegistryErrors.SchemaNotFound,
                };
        }
    }

    /// <summary>The id of a topic's schema: an <see cref="EventSchemaIds"/>.</summary>
    /// <exception cref="InvalidOperationException">The topic was not prepared.</exception>
    public int IdOf(EventTopic topic) => _ids.TryGetValue(topic.Name, out var id)
        ? id
        : throw new InvalidOperationException($"expected topic {topic} to be prepared before its events are written");

    /// <summary>The schema that a message was written with.</summary>
    public async Task<AvroType> TypeOf(int id, CancellationToken cancel)
    {
        if (!_types.TryGetValue(id, out var type))
        {
            _types[id] = type = await Read(id, 0, cancel);
        }

        return type;
    }

    /// <summary>The value of a message as its contract has it today, whichever version it was written with.</summary>
    /// <exception cref="FormatException">Not such a message, or one that the contract can't be read from.</exception>
    /// <exception cref="RegistryException">Its schema is not known yet, and the registry is down or does not have it.</exception>
    public async Task<AvroRecord> Decode(ReadOnlyMemory<byte> message, EventContract contract, CancellationToken cancel)
    {
        var id = ConfluentFrame.Read(message.Span, out _);
        if (!_resolvers.TryGetValue((id, contract.Name), out var resolver))
        {
            var writer = await TypeOf(id, cancel);
            _resolvers[(id, contract.Name)] = resolver = new AvroResolver(contract.Schema, writer);
        }

        ConfluentFrame.Read(message.Span, out var avro);
        lock (resolver)
        {
            return resolver.Read(avro) as AvroRecord ?? throw new FormatException($"expected a record of {contract}");
        }
    }

    private async Task<AvroType> Read(int id, int depth, CancellationToken cancel)
    {
        var schema = await client.ById(id, cancel);
        return await Parse(schema.Text, schema.References, depth, cancel);
    }

    private async Task<AvroType> Parse(
        string text, IReadOnlyList<RegistryReference> references, int depth, CancellationToken cancel)
    {
        const int mostDepth = 16;
        if (depth > mostDepth)
        {
            throw new FormatException($"expected references between schemas at most {mostDepth} deep");
        }

        var known = new Dictionary<string, AvroType>(StringComparer.Ordinal);
        foreach (var reference in references)
        {
            var version = await client.Version(reference.Subject, reference.Version, cancel);
            foreach (var (name, type) in NamedTypes.Of(await Parse(version.Text, version.References, depth + 1, cancel)))
            {
                known.TryAdd(name, type);
            }
        }

        return AvroSchemaJson.Read(text, known);
    }
}
