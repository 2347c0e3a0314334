namespace Aurum.Store.Avro;

/// <summary>One reason why a reader cannot read what a writer wrote.</summary>
/// <param name="Path">Place in the schemas: <c>/fields/mw/type</c>.</param>
/// <param name="Rule">The rule that is broken: TYPE_MISMATCH, MISSING_UNION_BRANCH, ...</param>
/// <param name="Reader">What the reader expects there.</param>
/// <param name="Writer">What the writer wrote there.</param>
public sealed record AvroIncompatibility(string Path, string Rule, string Reader, string Writer)
{
    /// <summary><c>/fields/mw: READER_FIELD_MISSING_DEFAULT_VALUE: ...</c>.</summary>
    public override string ToString() => $"{(Path.Length == 0 ? "/" : Path)}: {Rule}: reader expects {Reader}, writer has {Writer}";
}

/// <summary>Whether data of one schema can be read with another, by the rules of schema resolution.</summary>
/// <remarks>Source: "Schema Resolution" in the Avro specification 1.11. Rules are named as the Java implementation names them.</remarks>
public sealed class AvroCompatibility
{
    public const string TypeMismatch = "TYPE_MISMATCH";
    public const string NameMismatch = "NAME_MISMATCH";
    public const string SizeMismatch = "FIXED_SIZE_MISMATCH";
    public const string MissingSymbols = "MISSING_ENUM_SYMBOLS";
    public const string MissingBranch = "MISSING_UNION_BRANCH";
    public const string MissingDefault = "READER_FIELD_MISSING_DEFAULT_VALUE";
    public const string DecimalMismatch = "DECIMAL_MISMATCH";

    /// <summary>Reasons that are told.</summary>
    private const int MaxFound = 100;

    /// <summary>Pairs of types that are compared: real schemas have thousands.</summary>
    private const int MaxSteps = 1_000_000;

    /// <summary>Pairs that hold, or are being looked at: a type that holds itself is taken to hold inside of itself.</summary>
    private readonly HashSet<(AvroType Reader, AvroType Writer)> _holding = [];

    /// <summary>The same pairs in the order in which they came.</summary>
    private readonly List<(AvroType Reader, AvroType Writer)> _order = [];
    private readonly List<AvroIncompatibility> _found = [];
    private int _steps;

    private AvroCompatibility()
    {
    }

    /// <summary>All reasons, in the order of the reader's fields; none: it can be read.</summary>
    /// <exception cref="FormatException">The schemas are too involved to be compared.</exception>
    public static IReadOnlyList<AvroIncompatibility> Check(AvroType reader, AvroType writer)
    {
        var check = new AvroCompatibility();
        check.Compare(reader, writer, "");
        return [.. check._found.Take(MaxFound)];
    }

    /// <summary>Whether the reader's name, or one of its aliases, is the writer's. Namespaces of names do not count, those of aliases
    /// do.</summary>
    internal static bool HasName(AvroType reader, AvroType writer) =>
        reader.Name == writer.Name || reader.Aliases.Contains(writer.FullName);

    /// <summary>The writer's field that a field of the reader is read from, by name or alias; null: there is none.</summary>
    internal static AvroField? FieldOf(AvroField reader, AvroType writer) =>
        writer.Find(reader.Name) ?? reader.Aliases.Select(writer.Find).FirstOrDefault(static f => f is not null);

    /// <summary>Whether a number or text of the writer becomes one of the reader.</summary>
    internal static bool IsPromoted(AvroKind reader, AvroKind writer) => (writer, reader) switch
    {
        (AvroKind.Int, AvroKind.Long or AvroKind.Float or AvroKind.Double) => true,
        (AvroKind.Long, AvroKind.Float or AvroKind.Double) => true,
        (AvroKind.Float, AvroKind.Double) => true,
        (AvroKind.String, AvroKind.Bytes) or (AvroKind.Bytes, AvroKind.String) => true,
        _ => false,
    };

    private bool Compare(AvroType reader, AvroType writer, string path)
    {
        if (!_holding.Add((reader, writer)))
        {
            return true;
        }

        if (++_steps > MaxSteps)
        {
            throw new FormatException($"expected schemas that are compared in at most {MaxSteps} steps");
        }

        var (before, depth) = (_found.Count, _order.Count);
        _order.Add((reader, writer));
        CompareNew(reader, writer, path);
        if (_found.Count == before)
        {
            return true;
        }

        // What was found to hold inside of it was so under the assumption that it holds itself.
        foreach (var pair in _order.Skip(depth))
        {
            _holding.Remove(pair);
        }

        _order.RemoveRange(depth, _order.Count - depth);
        return false;
    }

    private void CompareNew(AvroType reader, AvroType writer, string path)
    {
        switch (reader.Kind, writer.Kind)
        {
            case (_, AvroKind.Union):
                for (var i = 0; i < writer.Branches.Count; i++)
                {
                    Compare(reader, writer.Branches[i], $"{path}/{i}");
                }

                break;
            case (AvroKind.Union, _):
                if (!reader.Branches.Any(branch => Holds(branch, writer)))
                {
                    Add(path, MissingBranch, $"one of {string.Join(", ", reader.Branches)}", writer.ToString());
                }

                break;
            case var (expected, found) when expected != found:
                if (!IsPromoted(expected, found))
                {
                    Add(path, TypeMismatch, reader.ToString(), writer.ToString());
                }

                break;
            case (AvroKind.Array, _):
                Compare(reader.Items!, writer.Items!, $"{path}/items");
                break;
            case (AvroKind.Map, _):
                Compare(reader.Items!, writer.Items!, $"{path}/values");
                break;
            case (AvroKind.Record, _):
                CompareRecords(reader, writer, path);
                break;
            case (AvroKind.Enum, _):
                CompareEnums(reader, writer, path);
                break;
            case (AvroKind.Fixed, _):
                CompareFixed(reader, writer, path);
                break;
            default:
                CompareDecimals(reader, writer, path);
                break;
        }
    }

    /// <summary>Whether a pair holds, without noting why it does not.</summary>
    private bool Holds(AvroType reader, AvroType writer)
    {
        var before = _found.Count;
        var holds = Compare(reader, writer, "");
        _found.RemoveRange(before, _found.Count - before);
        return holds;
    }

    private void CompareRecords(AvroType reader, AvroType writer, string path)
    {
        if (!HasName(reader, writer))
        {
            Add($"{path}/name", NameMismatch, reader.FullName, writer.FullName);
            return;
        }

        foreach (var field in reader.Fields)
        {
            if (FieldOf(field, writer) is { } written)
            {
                Compare(field.Type, written.Type, $"{path}/fields/{field.Name}/type");
            }
            else if (!field.HasDefault)
            {
                Add(
                    $"{path}/fields/{field.Name}", MissingDefault, $"a field {field.Name} of {field.Type} without default",
                    "no such field");
            }
        }
    }

    private void CompareEnums(AvroType reader, AvroType writer, string path)
    {
        if (!HasName(reader, writer))
        {
            Add($"{path}/name", NameMismatch, reader.FullName, writer.FullName);
            return;
        }

        var missing = writer.Symbols.Except(reader.Symbols).ToList();
        if (missing.Count > 0 && reader.DefaultSymbol is null)
        {
            Add($"{path}/symbols", MissingSymbols, $"symbols {string.Join(", ", reader.Symbols)}", $"also {string.Join(", ", missing)}");
        }
    }

    private void CompareFixed(AvroType reader, AvroType writer, string path)
    {
        if (!HasName(reader, writer))
        {
            Add($"{path}/name", NameMismatch, reader.FullName, writer.FullName);
        }
        else if (reader.SizeBytes != writer.SizeBytes)
        {
            Add($"{path}/size", SizeMismatch, $"{reader.SizeBytes} bytes", $"{writer.SizeBytes} bytes");
        }
        else
        {
            CompareDecimals(reader, writer, path);
        }
    }

    /// <summary>Two decimals have the same digits before and after the point, or are two different numbers.</summary>
    private void CompareDecimals(AvroType reader, AvroType writer, string path)
    {
        if (reader.Decimal is { } expected && writer.Decimal is { } found && expected != found)
        {
            Add(
                $"{path}/logicalType", DecimalMismatch, $"{expected.Precision} digits, {expected.Scale} of them decimals",
                $"{found.Precision} digits, {found.Scale} of them decimals");
        }
    }

    private void Add(string path, string rule, string reader, string writer)
    {
        _found.Add(new AvroIncompatibility(path, rule, reader, writer));
    }
}
