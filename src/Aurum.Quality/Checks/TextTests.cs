using System.Text.RegularExpressions;
using Aurum.Quality.Suites;

namespace Aurum.Quality.Checks;

/// <summary>Expectations about texts: each distinct text is looked at once in a run. Unknown (empty) texts are not
/// judged.</summary>
internal static class TextTests
{
    public static readonly ExpectationType InSet = new(
        "expect_column_values_to_be_in_set",
        [new("column", ParameterKind.Column, IsRequired: true), new("value_set", ParameterKind.List, IsRequired: true)],
        CompileInSet);

    public static readonly ExpectationType MatchRegex = new(
        "expect_column_values_to_match_regex",
        [new("column", ParameterKind.Column, IsRequired: true), new("regex", ParameterKind.Text, IsRequired: true)],
        CompileRegex);

    public static readonly ExpectationType LengthsBetween = new(
        "expect_column_value_lengths_to_be_between",
        [
            new("column", ParameterKind.Column, IsRequired: true),
            new("min_value", ParameterKind.Number),
            new("max_value", ParameterKind.Number),
        ],
        CompileLengths);

    /// <summary>Time for one regular expression on one text: a suite cannot hang the gate.</summary>
    private static readonly TimeSpan RegexTimeout = TimeSpan.FromMilliseconds(250);

    private static CheckFactory CompileInSet(ExpectationScope scope)
    {
        var set = scope["value_set"].Texts;
        if (scope.KindOf("column") == ColumnKind.Number)
        {
            return NumberSet.Compile(scope);
        }

        var texts = set.ToHashSet(StringComparer.Ordinal);
        return Compile(
            scope, texts.Contains, $"is not one of {string.Join(", ", set.Take(12))}{(set.Count > 12 ? ", ..." : "")}");
    }

    private static CheckFactory CompileRegex(ExpectationScope scope)
    {
        var pattern = scope["regex"];
        try
        {
            var regex = new Regex(pattern.Texts[0], RegexOptions.CultureInvariant, RegexTimeout);
            return Compile(scope, regex.IsMatch, $"does not match {pattern.Texts[0]}");
        }
        catch (ArgumentException wrong)
        {
            throw new SuiteFormatException(pattern.Place, "a regular expression", $"'{pattern.Texts[0]}' ({wrong.Message})");
        }
    }

    private static CheckFactory CompileLengths(ExpectationScope scope)
    {
        var (min, max) = (scope.Number("min_value", 0), scope.Number("max_value", int.MaxValue));
        return Compile(
            scope,
            text => text.Length >= min && text.Length <= max,
            $"has a length that is not {Text.Of(min)} to {(max == int.MaxValue ? "any" : Text.Of(max))}");
    }

    private static CheckFactory Compile(ExpectationScope scope, Func<string, bool> holds, string fault)
    {
        var slot = scope.Slot("column", ColumnKind.Text);
        return batch => new TextCheck(scope.Expectation, batch, slot, holds, fault);
    }

    private sealed class TextCheck(Expectation expectation, Batch batch, int slot, Func<string, bool> holds, string fault)
        : Check(expectation, batch)
    {
        private readonly TextVerdicts _verdicts = new(batch.Text(slot), holds);

        public override void Test(Span<ulong> scope, Span<ulong> failing)
        {
            Bits.And(scope, Batch.Text(slot).Known);
            _verdicts.MarkFailing(failing, Batch.Count);
        }

        public override string Explain(int row) => $"{Batch.Text(slot).Name} {Batch.Text(slot).Show(row)} {fault}";
    }
}
