using System.Text.Json;
using Aurum.Market.Text;
using NodaTime;
using NodaTime.Text;

namespace Aurum.Curves.Documents;

/// <summary>Reads an object of a JSON document that a user wrote, field by field, and collects everything that is wrong with it.</summary>
/// <remarks>
/// <para>A getter never throws for the document: what is missing, of another kind or out of range is noted with its path, what is
/// allowed and what was found, and the getter gives its fallback or an empty value. <see cref="Close"/> adds the fields that nobody
/// asked for, with the nearest known name; <see cref="ThrowIfRefused"/> throws all at once.</para>
/// <para>Fields have exact names; a field that stands twice is refused, so is <c>null</c>: what is not there is left out.</para>
/// </remarks>
public sealed class DocumentReader
{
    private const string Missing = "nothing";
    private const int MaxTextLength = 200;

    private readonly DocumentErrors _errors;
    private readonly Dictionary<string, JsonElement> _fields = new(StringComparer.Ordinal);
    private readonly List<string> _known = [];
    private readonly List<DocumentReader> _opened = [];
    private readonly bool _isSilent;

    private DocumentReader(string path, DocumentErrors errors, bool isSilent)
    {
        Path = path;
        _errors = errors;
        _isSilent = isSilent;
    }

    /// <summary>Where the object stands: <c>$.price</c>.</summary>
    public string Path { get; }

    /// <summary>What was found wrong so far, in the whole document.</summary>
    public IReadOnlyList<DocumentError> Errors => _errors.All;

    /// <summary>The names of the object's fields, in the order of the document.</summary>
    public IReadOnlyCollection<string> Names => _fields.Keys;

    /// <summary>Opens an object that was parsed before, with errors of its own.</summary>
    /// <param name="path">Where it stands in what the user wrote.</param>
    public static DocumentReader Of(JsonElement root, string path = "$", DocumentLimits? limits = null)
    {
        var reader = new DocumentReader(path, new DocumentErrors(limits ?? DocumentLimits.Default), root.ValueKind != JsonValueKind.Object);
        reader.Take(root);
        return reader;
    }

    /// <summary>Reads a whole document.</summary>
    /// <param name="json">UTF-8.</param>
    /// <param name="read">Asks for its fields.</param>
    /// <exception cref="DocumentException">No JSON, too long or too deep, or anything wrong with a field: all at once.</exception>
    public static T Read<T>(ReadOnlyMemory<byte> json, Func<DocumentReader, T> read, DocumentLimits? limits = null)
    {
        limits ??= DocumentLimits.Default;
        using var document = DocumentText.Parse(json, limits);
        var root = Of(document.RootElement, "$", limits);
        var value = read(root);
        root.Close();
        root.ThrowIfRefused();
        return value;
    }

    /// <summary>Whether a field is there, whatever it holds. Asking makes it known.</summary>
    public bool Has(string name) => TryGet(name, out _);

    /// <summary>The object in a field. Where it is missing that is noted once, and the reader that is given notes nothing more.</summary>
    public DocumentReader At(string name) => Maybe(name) ?? Absent(name, "an object");

    /// <summary>The object in a field; null where the field is not there.</summary>
    public DocumentReader? Maybe(string name) => TryGet(name, out var value) ? Open($"{Path}.{name}", value) : null;

    public string Text(string name, int maxLength = MaxTextLength)
    {
        Require(name, Expected.Text(maxLength));
        return OptionalText(name, maxLength) ?? "";
    }

    /// <summary>A text; null where the field is not there.</summary>
    public string? OptionalText(string name, int maxLength = MaxTextLength)
    {
        if (!TryGet(name, out var value))
        {
            return null;
        }

        var text = value.ValueKind == JsonValueKind.String ? value.GetString() : null;
        if (string.IsNullOrWhiteSpace(text) || text.Length > maxLength || text.Any(char.IsControl))
        {
            Refuse(name, Expected.Text(maxLength));
            return null;
        }

        return text.Trim();
    }

    /// <summary>A finite number; NaN where it is missing or refused.</summary>
    public double Number(string name, NumberRange range)
    {
        Require(name, $"a number {range}");
        return OptionalNumber(name, range) ?? double.NaN;
    }

    public double NumberOr(string name, double fallback, NumberRange range) => OptionalNumber(name, range) ?? fallback;

    /// <summary>A number; null where the field is not there.</summary>
    public double? OptionalNumber(string name, NumberRange range) =>
        TryGet(name, out var value) ? NumberOf(value, $"{Path}.{name}", range) : null;

    public int Integer(string name, int min, int max, string unit = "")
    {
        Require(name, $"a whole number {new NumberRange(min, max, unit)}");
        return IntegerOr(name, min, min, max, unit);
    }

    public int IntegerOr(string name, int fallback, int min, int max, string unit = "")
    {
        if (!TryGet(name, out var value))
        {
            return fallback;
        }

        if (value.ValueKind == JsonValueKind.Number && value.TryGetInt32(out var number) && number >= min && number <= max)
        {
            return number;
        }

        Refuse(name, $"a whole number {new NumberRange(min, max, unit)}");
        return fallback;
    }

    /// <summary>A day such as <c>2027-01-31</c>.</summary>
    public LocalDate Date(string name)
    {
        Require(name, Expected.Date);
        return OptionalDate(name) ?? Expected.MinDate;
    }

    /// <summary>A day; null where the field is not there.</summary>
    public LocalDate? OptionalDate(string name) => Parsed(name, LocalDatePattern.Iso, Expected.Date) is { } date
        ? Expected.Has(date) ? date : Refused<LocalDate>(name, Expected.Date)
        : null;

    /// <summary>A month such as <c>2027-01</c>.</summary>
    public YearMonth Month(string name)
    {
        Require(name, Expected.Month);
        return OptionalMonth(name) ?? Expected.MinDate.ToYearMonth();
    }

    /// <summary>A month; null where the field is not there.</summary>
    public YearMonth? OptionalMonth(string name) => Parsed(name, YearMonthPattern.Iso, Expected.Month) is { } month
        ? Expected.Has(month.OnDayOfMonth(1)) ? month : Refused<YearMonth>(name, Expected.Month)
        : null;

    /// <summary>One of an enumeration's values, by its name in small letters with underscores.</summary>
    public T Choice<T>(string name)
        where T : struct, Enum
    {
        Require(name, Expected.OneOf(ChoiceNames<T>.All));
        return OptionalChoice<T>(name) ?? default;
    }

    public T ChoiceOr<T>(string name, T fallback)
        where T : struct, Enum => OptionalChoice<T>(name) ?? fallback;

    /// <summary>One of the values; null where the field is not there or refused.</summary>
    public T? OptionalChoice<T>(string name)
        where T : struct, Enum =>
        OneOf(name, ChoiceNames<T>.All) is { } text && ChoiceNames<T>.TryParse(text, out var value) ? value : null;

    /// <summary>One of a list of texts, letter for letter; null where the field is not there or refused.</summary>
    public string? OneOf(string name, IReadOnlyList<string> allowed)
    {
        if (!TryGet(name, out var value))
        {
            return null;
        }

        var text = value.ValueKind == JsonValueKind.String ? value.GetString()! : null;
        if (text is not null && allowed.Contains(text))
        {
            return text;
        }

        var nearest = text is null ? null : NearestName.To(text, allowed);
        Refuse(name, Expected.OneOf(allowed) + (nearest is null ? "" : $" (nearest: {nearest})"));
        return null;
    }

    public bool FlagOr(string name, bool fallback)
    {
        if (!TryGet(name, out var value))
        {
            return fallback;
        }

        if (value.ValueKind is not (JsonValueKind.True or JsonValueKind.False))
        {
            Refuse(name, "true or false");
            return fallback;
        }

        return value.ValueKind == JsonValueKind.True;
    }

    /// <summary>A list of objects, each read by <paramref name="read"/>; empty where it is missing or refused.</summary>
    public IReadOnlyList<T> List<T>(string name, int minCount, int maxCount, Func<DocumentReader, T> read) =>
        Items(name, minCount, maxCount, "objects", (value, path) => read(Open(path, value)));

    /// <summary>A list of numbers; NaN stands for what was refused.</summary>
    public IReadOnlyList<double> Numbers(string name, int minCount, int maxCount, NumberRange range) =>
        Items(name, minCount, maxCount, "numbers", (value, path) => NumberOf(value, path, range) ?? double.NaN);

    /// <summary>A list of texts.</summary>
    public IReadOnlyList<string> Texts(string name, int minCount, int maxCount, int maxLength = MaxTextLength) =>
        Items(name, minCount, maxCount, "texts", (value, path) =>
        {
            if (value.ValueKind == JsonValueKind.String && value.GetString() is { Length: > 0 } text && text.Length <= maxLength)
            {
                return text;
            }

            Add(path, Expected.Text(maxLength), FoundText.Of(value));
            return "";
        });

    /// <summary>A list of whatever, an item at a time with its path.</summary>
    public IReadOnlyList<T> Items<T>(string name, int minCount, int maxCount, string what, Func<JsonElement, string, T> read)
    {
        var expected = minCount == maxCount ? $"a list of {minCount} {what}" : $"a list of {minCount} to {maxCount} {what}";
        if (!TryGet(name, out var value))
        {
            if (minCount > 0)
            {
                Require(name, expected);
            }

            return [];
        }

        if (value.ValueKind != JsonValueKind.Array || value.GetArrayLength() < minCount || value.GetArrayLength() > maxCount)
        {
            Refuse(name, expected);
            return [];
        }

        var items = new List<T>(value.GetArrayLength());
        foreach (var item in value.EnumerateArray())
        {
            items.Add(read(item, $"{Path}.{name}[{items.Count}]"));
        }

        return items;
    }

    /// <summary>Whatever a field holds; null where it is not there.</summary>
    public JsonElement? Raw(string name) => TryGet(name, out var value) ? value : null;

    /// <summary>Opens an item that <see cref="Raw"/> or <see cref="Items"/> gave, as part of this document.</summary>
    public DocumentReader Open(string path, JsonElement value)
    {
        var child = new DocumentReader(path, _errors, _isSilent || value.ValueKind != JsonValueKind.Object);
        child.Take(value);
        _opened.Add(child);
        return child;
    }

    /// <summary>Notes that what a field holds is not allowed; what was found is taken from the document.</summary>
    public void Refuse(string name, string expected) =>
        Add($"{Path}.{name}", expected, _fields.TryGetValue(name, out var value) ? FoundText.Of(value) : Missing);

    /// <summary>Notes that what a field holds does not go with the rest.</summary>
    public void Refuse(string name, string expected, string found) => Add($"{Path}.{name}", expected, found);

    /// <summary>Notes that something at a path of this document is not allowed.</summary>
    public void RefuseAt(string path, string expected, string found) => Add(path, expected, found);

    /// <summary>Notes the fields that nobody asked for, here and in all objects that were opened from here.</summary>
    public void Close()
    {
        foreach (var name in _fields.Keys.Except(_known))
        {
            var nearest = NearestName.To(name, _known);
            var hint = nearest is null ? "" : $" (nearest: {nearest})";
            var expected = $"only fields that are known here: {string.Join(", ", _known)}{hint}";
            Add($"{Path}.{FoundText.Cut(name)}", expected, $"unknown field '{FoundText.Cut(name)}'");
        }

        foreach (var child in _opened)
        {
            child.Close();
        }
    }

    /// <summary>Makes all fields of this object known: where its kind is wrong, nobody can tell which of them are.</summary>
    public void Forgive() => _known.AddRange(_fields.Keys);

    /// <exception cref="DocumentException">Anything is wrong.</exception>
    public void ThrowIfRefused()
    {
        if (Errors.Count > 0)
        {
            throw new DocumentException([.. Errors]);
        }
    }

    private void Take(JsonElement value)
    {
        if (value.ValueKind != JsonValueKind.Object)
        {
            if (value.ValueKind != JsonValueKind.Undefined)
            {
                _errors.Add(new DocumentError(Path, "an object", FoundText.Of(value)));
            }

            return;
        }

        foreach (var field in value.EnumerateObject())
        {
            if (!_fields.TryAdd(field.Name, field.Value))
            {
                Add($"{Path}.{field.Name}", "a field once", "the field twice");
            }
        }
    }

    private DocumentReader Absent(string name, string expected)
    {
        Require(name, expected);
        return new DocumentReader($"{Path}.{name}", _errors, isSilent: true);
    }

    private void Require(string name, string expected)
    {
        if (!TryGet(name, out _))
        {
            Add($"{Path}.{name}", expected, Missing);
        }
    }

    private bool TryGet(string name, out JsonElement value)
    {
        if (!_known.Contains(name))
        {
            _known.Add(name);
        }

        return _fields.TryGetValue(name, out value);
    }

    private double? NumberOf(JsonElement value, string path, NumberRange range)
    {
        if (value.ValueKind == JsonValueKind.Number && value.TryGetDouble(out var number) && double.IsFinite(number)
            && range.Contains(number))
        {
            return number;
        }

        Add(path, $"a number {range}", FoundText.Of(value));
        return null;
    }

    private T? Parsed<T>(string name, IPattern<T> pattern, string expected)
        where T : struct
    {
        if (!TryGet(name, out var value))
        {
            return null;
        }

        return value.ValueKind == JsonValueKind.String && pattern.Parse(value.GetString()!).TryGetValue(default, out var parsed)
            ? parsed
            : Refused<T>(name, expected);
    }

    private T? Refused<T>(string name, string expected)
        where T : struct
    {
        Refuse(name, expected);
        return null;
    }

    private void Add(string path, string expected, string found)
    {
        if (!_isSilent)
        {
            _errors.Add(new DocumentError(path, expected, found));
        }
    }
}
