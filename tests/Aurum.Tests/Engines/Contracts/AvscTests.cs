using System.Text.Json;
using Aurum.Cluster.Contracts;
using Aurum.Store.Avro;
using Aurum.Tests.Engines.Interop;
using Aurum.Tests.Store.Avro;

namespace Aurum.Tests.Engines.Contracts;

/// <summary>avsc, which nobody here wrote, reads what we write, writes what we read, and judges as we do.</summary>
public sealed class AvscTests
{
    private const int RowsPerContract = 12;
    private const int Pairs = 600;

    [Fact]
    public async Task Every_contract_is_read_and_written_the_same_by_both()
    {
        var random = new Random(20_251_102);
        var asked = new List<(EventContract Contract, object? Value, string Line)>();
        foreach (var contract in EventContracts.All)
        {
            asked.Add((contract, null, Line(new { op = "canonical", schema = Schema(contract.SchemaText) })));
            for (var i = 0; i < RowsPerContract; i++)
            {
                var value = AvroSamples.Random(contract.Schema, random);
                var hex = Convert.ToHexString(AvroSamples.Bytes(contract.Schema, value));
                asked.Add((contract, value, Line(new { op = "decode", schema = Schema(contract.SchemaText), hex })));
                asked.Add((contract, null, Line(new { op = "encode", schema = Schema(contract.SchemaText) })));
            }
        }

        var answers = await EngineScript.Run("avro.mjs", [], string.Join('\n', asked.Select(a => a.Line)) + "\n");

        Assert.Equal(asked.Count, answers.Count);
        foreach (var ((contract, value, _), answer) in asked.Zip(answers))
        {
            Assert.False(answer.TryGetProperty("error", out var error), $"{contract}: {error}");
            if (answer.TryGetProperty("text", out var text))
            {
                Assert.Equal(AvroCanonicalForm.Of(contract.Schema), text.GetString());
            }
            else if (answer.TryGetProperty("hex", out var hex))
            {
                var reader = new AvroReader(Convert.FromHexString(hex.GetString()!));
                var read = reader.Read(contract.Schema);
                Assert.True(reader.IsAtEnd, contract.Name);
                Assert.True(AvroSamples.IsSame(contract.Schema, read, answer.GetProperty("value")), $"{contract}: {answer}");
            }
            else
            {
                Assert.True(AvroSamples.IsSame(contract.Schema, value, answer.GetProperty("value")), $"{contract}: {answer}");
            }
        }
    }

    [Fact]
    public async Task Changed_schemas_are_compatible_exactly_where_avsc_says_so()
    {
        var pairs = SchemaMutations.Pairs(new Random(4_711), Pairs);
        var lines = pairs.Select(p => Line(new { op = "resolve", schema = Schema(p.Reader), writer = Schema(p.Writer) }));
        var answers = await EngineScript.Run("avro.mjs", [], string.Join('\n', lines) + "\n");

        var (compatible, differences) = (0, new List<string>());
        foreach (var (pair, answer) in pairs.Zip(answers))
        {
            var found = AvroCompatibility.Check(AvroSchemaJson.Read(pair.Reader), AvroSchemaJson.Read(pair.Writer));
            compatible += found.Count == 0 ? 1 : 0;
            if (found.Count == 0 != answer.TryGetProperty("ok", out _))
            {
                var ours = found.Count == 0 ? "compatible" : string.Join("; ", found);
                differences.Add($"{ours} | avsc: {answer}\n  reader {pair.Reader}\n  writer {pair.Writer}");
            }
        }

        Assert.InRange(compatible, Pairs / 5, Pairs * 4 / 5);
        Assert.True(differences.Count == 0, $"{differences.Count} of {Pairs} differ:\n{string.Join('\n', differences.Take(20))}");
    }

    [Fact]
    public async Task Values_become_the_same_in_a_changed_schema_as_with_avsc()
    {
        var random = new Random(815);
        var asked = SchemaMutations.Pairs(random, Pairs)
            .Select(p => (p.Reader, p.Writer, ReaderType: AvroSchemaJson.Read(p.Reader), WriterType: AvroSchemaJson.Read(p.Writer)))
            .Where(p => AvroCompatibility.Check(p.ReaderType, p.WriterType).Count == 0)
            .Select(p => (p.Reader, p.Writer, p.ReaderType, p.WriterType,
                Bytes: AvroSamples.Bytes(p.WriterType, AvroSamples.Random(p.WriterType, random))))
            .ToList();
        var lines = asked.Select(a => Line(
            new { op = "resolve", schema = Schema(a.Reader), writer = Schema(a.Writer), hex = Convert.ToHexString(a.Bytes) }));
        var answers = await EngineScript.Run("avro.mjs", [], string.Join('\n', lines) + "\n");

        var differences = new List<string>();
        foreach (var (pair, answer) in asked.Zip(answers))
        {
            var ours = new AvroResolver(pair.ReaderType, pair.WriterType).Read(pair.Bytes);
            if (!answer.TryGetProperty("value", out var theirs) || !AvroSamples.IsSame(pair.ReaderType, ours, theirs))
            {
                differences.Add($"{answer}\n  reader {pair.Reader}\n  writer {pair.Writer}");
            }
        }

        Assert.InRange(asked.Count, Pairs / 5, Pairs);
        Assert.True(differences.Count == 0, $"{differences.Count} of {asked.Count} differ:\n{string.Join('\n', differences.Take(20))}");
    }

    private static JsonElement Schema(string text) => JsonSerializer.Deserialize<JsonElement>(text);

    private static string Line<T>(T ask) => JsonSerializer.Serialize(ask);
}
