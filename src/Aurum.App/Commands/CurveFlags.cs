using System.CommandLine;
using Aurum.App.Api.Requests;
using Aurum.App.Api.Rows;
using Aurum.App.Output;
using Microsoft.Extensions.Primitives;
using ParseResult = System.CommandLine.ParseResult;

namespace Aurum.App.Commands;

/// <summary>Options of a command that are the parameters of its endpoint, with words in the place of <c>q</c>.</summary>
internal sealed class CurveFlags
{
    private readonly Argument<string[]> _words;
    private readonly List<(QueryParameter Parameter, Option<string[]> Option)> _options;

    private readonly Option<string?> _knownAt = new("--known-at")
    {
        Description = "as known then: an instant or a date", HelpName = "TIME",
    };

    /// <param name="parameters">Of the endpoint.</param>
    /// <param name="words">What words stand for.</param>
    public CurveFlags(IEnumerable<QueryParameter> parameters, string words)
    {
        _words = new Argument<string[]>("WORD") { Description = words, Arity = ArgumentArity.ZeroOrMore };
        _options = [.. parameters.Where(static p => p.Name != "q").Select(static p => (p, OptionOf(p)))];
    }

    public void AddTo(Command command, Option<RowFormat?> format)
    {
        command.Add(_words);
        command.Add(_knownAt);
        command.Add(format);
        _options.ForEach(o => command.Add(o.Option));
    }

    /// <summary>What was typed, as the query of the endpoint.</summary>
    public Dictionary<string, StringValues> Values(ParseResult parsed)
    {
        var values = _options.Where(o => parsed.GetValue(o.Option) is { Length: > 0 })
            .ToDictionary(static o => o.Parameter.Name, o => new StringValues(parsed.GetValue(o.Option)));
        if (parsed.GetValue(_words) is { Length: > 0 } named)
        {
            values.Add("q", string.Join(' ', named));
        }

        if (parsed.GetValue(_knownAt) is { } known)
        {
            values.Add(RowResource.AsOf.Name, known);
        }

        return values;
    }

    /// <summary><c>shape_feed</c> is <c>--shape-feed</c>; some have shorter names here.</summary>
    private static Option<string[]> OptionOf(QueryParameter parameter)
    {
        var name = parameter.Name switch
        {
            "asof" => "--as-of",
            "curve_key" => "--curve",
            var other => $"--{other.Replace('_', '-')}",
        };
        var option = new Option<string[]>(name)
        {
            Description = parameter.Description,
            HelpName = parameter.Choices.Count > 0 ? string.Join('|', parameter.Choices)
                : parameter.Form == ParameterForm.Date ? "DAY"
                : parameter.Form == ParameterForm.WholeNumber ? "COUNT"
                : "TEXT",
            Arity = ArgumentArity.ZeroOrMore,
        };
        option.CompletionSources.Add([.. parameter.Choices]);
        return option;
    }
}
