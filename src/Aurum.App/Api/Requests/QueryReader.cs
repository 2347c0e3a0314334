using System.Globalization;
using Aurum.Market.Text;
using NodaTime;

namespace Aurum.App.Api.Requests;

/// <summary>Reads the query string of a request by its written-out parameters. Whatever does not fit is a
/// <see cref="RequestFormatException"/> that names the parameter, what was expected and what was found.</summary>
public sealed class QueryReader
{
    private readonly IQueryCollection _query;
    private readonly IReadOnlyList<QueryParameter> _parameters;

    /// <exception cref="RequestFormatException">An unknown name, a repeated parameter, an empty or too long value.</exception>
    public QueryReader(IQueryCollection query, IReadOnlyList<QueryParameter> parameters)
    {
        _query = query;
        _parameters = parameters;
        foreach (var (name, values) in query)
        {
            var parameter = parameters.FirstOrDefault(p => p.Name == name) ?? throw Unknown(name);
            if (values.Count > parameter.MaxValues)
            {
                throw new RequestFormatException(name,
                    parameter.MaxValues == 1 ? "one value" : $"at most {parameter.MaxValues} values",
                    $"{values.Count} values");
            }

            foreach (var value in values)
            {
                CheckText(parameter, value ?? "");
            }
        }
    }

    /// <summary>The parameters' values that choose rows, in the order of the parameters; empty values are left out.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Filters =>
        [.. _parameters.Where(p => p.IsFilter && _query.ContainsKey(p.Name))
            .Select(p => KeyValuePair.Create(p.Name, string.Join(',', Texts(p.Name).Order(StringComparer.Ordinal))))];

    public string? Text(string name) => _query.TryGetValue(Known(name).Name, out var values) ? values[0] : null;

    public IReadOnlyList<string> Texts(string name) => _query.TryGetValue(Known(name).Name, out var values) ? [.. values!] : [];

    public int WholeNumber(string name)
    {
        var parameter = Known(name);
        var text = Text(name) ?? parameter.Default;
        return int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var value) && value >= parameter.Least
            && value <= parameter.Most
            ? value
            : throw new RequestFormatException(name, $"a whole number from {parameter.Least} to {parameter.Most}", Quoted(text));
    }

    /// <summary>Whether this endpoint has a parameter of the name at all.</summary>
    public bool Has(string name) => _parameters.Any(p => p.Name == name);

    public bool Boolean(string name) => Text(name) switch
    {
        null or "false" => false,
        "true" => true,
        var text => throw new RequestFormatException(name, "true or false", Quoted(text)),
    };

    /// <summary>One of the parameter's choices, as they are written (case aside); null where not given.</summary>
    /// <summary>Whether a parameter may have a value.</summary>
    public bool Takes(string name, string choice) => Known(name).Choices.Contains(choice);

    public string? Choice(string name)
    {
        var parameter = Known(name);
        if (Text(name) is not { } text)
        {
            return null;
        }

        return parameter.Choices.FirstOrDefault(c => c.Equals(text, StringComparison.OrdinalIgnoreCase))
            ?? throw new RequestFormatException(name, $"one of {string.Join(", ", parameter.Choices)}", Quoted(text));
    }

    /// <summary>An instant; a date is midnight at its start in the given zone.</summary>
    public Instant? Time(string name, DateTimeZone zone) => Parsed(name) is not { } time ? null
        : time.Date is { } date ? zone.AtStartOfDay(date).ToInstant()
        : time.Instant;

    /// <summary>An instant; a date is the end of that day in UTC.</summary>
    public Instant? AsOf(string name = "as_of") => Parsed(name) is not { } time ? null
        : time.Date is { } date ? TimeText.EndOf(date)
        : time.Instant;

    /// <summary>Whether the parameter is given and is a date rather than an instant.</summary>
    public bool IsDate(string name) => Parsed(name) is { Date: not null };

    public LocalDate? Date(string name) => Text(name) is not { } text ? null
        : TimeText.TryParse(text, out _, out var date) && date is { } day ? day
        : throw new RequestFormatException(name, "a date like 2025-11-02", Quoted(text));

    private static string Quoted(string text) => $"'{text}'";

    private static void CheckText(QueryParameter parameter, string value)
    {
        if (value.Length == 0)
        {
            throw new RequestFormatException(parameter.Name, "a value (leave the parameter out for none)", "''");
        }

        if (value.Length > parameter.MaxLength)
        {
            throw new RequestFormatException(parameter.Name, $"at most {parameter.MaxLength} characters",
                $"{value.Length} characters");
        }

        if (value.AsSpan().ContainsAnyInRange('\0', '\u001f'))
        {
            throw new RequestFormatException(parameter.Name, "text without control characters", "a control character");
        }
    }

    private (Instant Instant, LocalDate? Date)? Parsed(string name)
    {
        if (Text(name) is not { } text)
        {
            return null;
        }

        // A plus sign that was not escaped arrives as a blank.
        return TimeText.TryParse(text.Replace(' ', '+'), out var instant, out var date)
            ? (instant, date)
            : throw new RequestFormatException(name, $"{TimeText.Forms} (years {TimeText.FirstYear} to {TimeText.LastYear})",
                Quoted(text));
    }

    private QueryParameter Known(string name) =>
        _parameters.FirstOrDefault(p => p.Name == name)
        ?? throw new InvalidOperationException($"this endpoint has no parameter '{name}'");

    private RequestFormatException Unknown(string name)
    {
        var names = string.Join(", ", _parameters.Select(p => p.Name));
        var nearest = NearestName.To(name, _parameters.Select(p => p.Name));
        var expected = _parameters.Count == 0 ? "no query parameters here"
            : nearest is null ? $"one of the parameters {names}"
            : $"one of the parameters {names}; did you mean {nearest}?";
        return new RequestFormatException(name, expected, $"the unknown parameter '{name}'");
    }
}
