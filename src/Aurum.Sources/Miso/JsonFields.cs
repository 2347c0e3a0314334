using System.Text;
using Aurum.Market.Feeds;
using Aurum.Market.Text;
using Aurum.Sources.Reading;

namespace Aurum.Sources.Miso;

/// <summary>The properties of an object that a file repeats: finds known ones by position, remembers unknown ones, and names what is
/// missing. No allocation per object.</summary>
internal sealed class JsonFields
{
    private const int MostUnknown = 256;

    private readonly byte[][] _names;
    private readonly string[] _texts;
    private readonly Utf8Table<string> _unknown = new(MostUnknown);
    private readonly string _list;
    private int _object = -1;
    private uint _seen;

    /// <param name="list">Name of the list, for errors.</param>
    /// <param name="names">Known properties, at most 32, in the order of their positions.</param>
    public JsonFields(string list, params ReadOnlySpan<string> names)
    {
        _list = list;
        ArgumentOutOfRangeException.ThrowIfGreaterThan(names.Length, 32);
        _texts = names.ToArray();
        _names = [.. _texts.Select(Encoding.UTF8.GetBytes)];
    }

    /// <summary>Moves to the value of the next known property of the object that was begun.</summary>
    /// <returns>Its position; -1 at the end of the object.</returns>
    public int Next(ref JsonStream json)
    {
        while (PublicAnswer.Next(ref json))
        {
            var at = PositionOf(json.Property);
            if (at >= 0)
            {
                _seen |= 1u << at;
                json.ReadRequired();
                return at;
            }

            Remember(ref json);
            json.Skip();
        }

        return -1;
    }

    /// <summary>Begins an object: the next one of the list.</summary>
    public void Begin()
    {
        _seen = 0;
        _object++;
    }

    /// <summary>Whether the object that was begun has a property.</summary>
    public bool Has(int position) => (_seen & (1u << position)) != 0;

    /// <exception cref="FeedFormatException">The object lacks one of these properties; names the unknown one that is
    /// nearest.</exception>
    public void Require(string file, params ReadOnlySpan<int> positions)
    {
        foreach (var position in positions)
        {
            if (!Has(position))
            {
                var nearest = NearestName.To(_texts[position], _unknown.Values);
                throw new FeedFormatException(
                    file, $"{_list}[{_object}]", $"a property {_texts[position]}", nearest is null ? "none" : $"none (nearest: {nearest})");
            }
        }
    }

    /// <summary>The error for a value of the current object.</summary>
    public FeedFormatException Unexpected(ref JsonStream json, int position, string expected) =>
        new(json.File, $"{_list}[{_object}]", $"{expected} in {_texts[position]}", $"'{json.Text()}'");

    /// <summary>One note for each property that nobody documented.</summary>
    public IEnumerable<string> Notes(string file) => _unknown.Values.Select(name => $"{file}: unknown property {name}");

    private int PositionOf(ReadOnlySpan<byte> name)
    {
        for (var i = 0; i < _names.Length; i++)
        {
            if (name.SequenceEqual(_names[i]))
            {
                return i;
            }
        }

        return -1;
    }

    private void Remember(ref JsonStream json)
    {
        if (!_unknown.TryGet(json.Property, out _) && _unknown.Count < MostUnknown)
        {
            _unknown.Add(json.Property, Encoding.UTF8.GetString(json.Property));
        }
    }
}
