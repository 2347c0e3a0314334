using Aurum.Market.Text;
using Aurum.Quality.Checks;
using YamlDotNet.RepresentationModel;

namespace Aurum.Quality.Suites;

/// <summary>Reads one expectation: its type, its arguments (beside the type or under <c>kwargs</c>), severity, mostly and
/// condition.</summary>
internal static class ExpectationReader
{
    private static readonly string[] TypeNames = ["type", "expectation_type"];
    private static readonly string[] ConditionNames = ["when", "row_condition"];
    private static readonly string[] Own =
        [.. TypeNames, "kwargs", "severity", "mostly", .. ConditionNames, "condition_parser", "result_format"];

    public static Expectation Read(YamlEntries entries, string file)
    {
        var typeNode = entries.Find(TypeNames) ?? throw new SuiteFormatException(entries.Place, "a type", "none");
        var typeName = entries.Scalar(typeNode, "an expectation type");
        var type = Vocabulary.Find(typeName) ?? throw new SuiteFormatException(
            entries.PlaceOf(typeNode), "an expectation type", $"'{typeName}'", NearestName.To(typeName, Vocabulary.Names));
        var kwargs = entries.Find("kwargs") is { } node ? new YamlEntries(node, file, "arguments") : null;
        var arguments = new Dictionary<string, Argument>(StringComparer.Ordinal);
        AddArguments(entries, type, arguments);
        if (kwargs is not null)
        {
            AddArguments(kwargs, type, arguments);
        }

        if (type.Parameters.FirstOrDefault(p => p.IsRequired && !arguments.ContainsKey(p.Name)) is { } missing)
        {
            throw new SuiteFormatException(entries.Place, $"{missing.Name} for {type.Name}", "none");
        }

        return new Expectation(
            type.Name, arguments, ReadSeverity(entries, type), ReadMostly(entries, kwargs), ReadCondition(entries, kwargs),
            entries.Place);
    }

    private static void AddArguments(YamlEntries entries, ExpectationType type, Dictionary<string, Argument> arguments)
    {
        foreach (var (key, place, value) in entries.All)
        {
            if (Own.Contains(key) || SuiteReader.IsIgnored(key))
            {
                continue;
            }

            var parameter = type.Parameters.FirstOrDefault(p => p.Name == key);
            if (parameter is null)
            {
                string[] known = [.. type.Parameters.Select(static p => p.Name), "severity", "mostly", "when"];
                throw new SuiteFormatException(
                    place, $"an argument of {type.Name}: {string.Join(", ", known)}", $"'{key}'", NearestName.To(key, known));
            }

            if (!YamlEntries.IsNull(value) && !arguments.TryAdd(key, ReadArgument(entries, parameter, value)))
            {
                throw new SuiteFormatException(place, $"{key} once", "it again");
            }
        }
    }

    private static Argument ReadArgument(YamlEntries entries, Parameter parameter, YamlNode value)
    {
        var place = entries.PlaceOf(value);
        if (parameter.Kind == ParameterKind.List)
        {
            var texts = entries.List(value, "a list").Select(item => entries.Scalar(item, "a value")).ToList();
            return texts.Count > 0
                ? new Argument(texts, true, place)
                : throw new SuiteFormatException(place, "at least one value", "none");
        }

        var text = entries.Scalar(value, "a value");
        var isRight = parameter.Kind switch
        {
            ParameterKind.Number => Text.TryNumber(text, out var number) && !double.IsNaN(number),
            ParameterKind.Bound => (Text.TryNumber(text, out var bound) && !double.IsNaN(bound)) || Text.TryInstant(text, out _),
            ParameterKind.Flag => bool.TryParse(text, out _),
            _ => true,
        };
        return isRight
            ? new Argument([text], false, place)
            : throw new SuiteFormatException(place, Describe(parameter.Kind), $"'{text}'");
    }

    private static string Describe(ParameterKind kind) => kind switch
    {
        ParameterKind.Flag => "true or false",
        ParameterKind.Bound => "a number, a day or an instant",
        _ => "a number",
    };

    private static Severity ReadSeverity(YamlEntries entries, ExpectationType type)
    {
        if (entries.Find("severity") is not { } node)
        {
            return Severity.Batch;
        }

        var text = entries.Scalar(node, "row, batch or warn");
        string[] names = ["row", "batch", "warn"];
        var severity = Array.IndexOf(names, text) is var index and >= 0
            ? (Severity)index
            : throw new SuiteFormatException(entries.PlaceOf(node), "row, batch or warn", $"'{text}'", NearestName.To(text, names));
        return severity != Severity.Row || type.JudgesRows
            ? severity
            : throw new SuiteFormatException(
                entries.PlaceOf(node), $"batch or warn ({type.Name} finds no single row at fault)", "'row'");
    }

    private static double? ReadMostly(YamlEntries entries, YamlEntries? kwargs)
    {
        var holder = entries.Find("mostly") is null ? kwargs : entries;
        if (holder?.Find("mostly") is not { } node || YamlEntries.IsNull(node))
        {
            return null;
        }

        var share = holder.Number("mostly");
        return share is >= 0 and <= 1
            ? share
            : throw new SuiteFormatException(holder.PlaceOf(node), "a share from 0 to 1", $"'{Text.Of(share)}'");
    }

    private static RowCondition? ReadCondition(YamlEntries entries, YamlEntries? kwargs)
    {
        var holder = entries.Find(ConditionNames) is null ? kwargs : entries;
        return holder?.Find(ConditionNames) is { } node && !YamlEntries.IsNull(node)
            ? ConditionParser.Parse(holder.Scalar(node, "a condition"), holder.PlaceOf(node))
            : null;
    }
}
