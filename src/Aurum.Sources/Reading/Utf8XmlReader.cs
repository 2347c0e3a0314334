using System.Buffers;
using System.Text;
using Aurum.Market.Feeds;

namespace Aurum.Sources.Reading;

/// <summary>Reads XML from a stream, forward only, as UTF-8 in place: elements, their attributes and their text, for publishers'
/// reports.</summary>
/// <remarks>
/// <para>Names come without their namespace prefix. Comments and processing instructions are passed over. No document
/// type, no entities but the five of XML and numeric ones: nothing expands, nothing is fetched.</para>
/// <para>Tags must match; the first that does not is a <see cref="FeedFormatException"/> with file and line. Spans are valid until
/// the next read.</para>
/// </remarks>
public sealed class Utf8XmlReader : IDisposable
{
    private static readonly SearchValues<byte> EndOfName = SearchValues.Create(" \t\r\n/><&\"'="u8);
    private static readonly SearchValues<byte> QuoteOrEnd = SearchValues.Create("\"'<>"u8);

    private readonly XmlBuffer _input;
    private readonly XmlNameStack _open;
    private readonly ArrayBufferWriter<byte> _decoded = new();
    private int _nameStart;
    private int _nameLength;
    private int _attributesStart;
    private int _attributesLength;
    private int _textStart;
    private int _textLength;
    private bool _textIsDecoded;
    private bool _endIsPending;
    private bool _hadRoot;

    /// <param name="stream">Bytes of the file; stays open.</param>
    /// <param name="file">Name for errors.</param>
    /// <param name="limits">Depth and size.</param>
    public Utf8XmlReader(Stream stream, string file, XmlLimits? limits = null)
    {
        limits ??= XmlLimits.Default;
        File = file;
        _input = new XmlBuffer(stream, file, limits.MaxTokenBytes);
        _open = new XmlNameStack(limits.MaxDepth);
    }

    public string File { get; }

    public XmlToken Token { get; private set; }

    /// <summary>Elements that are open; the one that has just started counts, the one that has just ended does not.</summary>
    public int Depth => _open.Depth;

    /// <summary>Line of the current position, from 1. Counted when asked for.</summary>
    public long Line => _input.Line;

    /// <summary>Local name of the element that has just started or ended.</summary>
    public ReadOnlySpan<byte> Name => _input.Slice(_nameStart, _nameLength);

    /// <summary>The text that was just found, entities resolved.</summary>
    public ReadOnlySpan<byte> Text => _textIsDecoded ? _decoded.WrittenSpan : _input.Slice(_textStart, _textLength);

    /// <summary>Value of an attribute of the element that has just started, entities resolved; empty where it has none of that name.
    /// Names are compared as they stand, with their prefix.</summary>
    public ReadOnlySpan<byte> Attribute(ReadOnlySpan<byte> name) =>
        Decoded(XmlAttributes.Find(_input.Slice(_attributesStart, _attributesLength), name, this));

    /// <summary>Moves to the next start, end or text that is not blank. False at the end of a complete document.</summary>
    public bool Read()
    {
        Token = XmlToken.None;
        if (_endIsPending)
        {
            _endIsPending = false;
            _open.Pop();
            Token = XmlToken.End;
            return true;
        }

        while (true)
        {
            if (TryRead())
            {
                if (Token != XmlToken.None)
                {
                    return true;
                }
            }
            else if (!_input.Ended)
            {
                _input.Fill();
            }
            else
            {
                CheckEnd();
                return false;
            }
        }
    }

    /// <summary>After a start: the text of the element, which has no elements inside; moves behind its end.</summary>
    public ReadOnlySpan<byte> ReadText()
    {
        while (!_endIsPending)
        {
            var rest = _input.Rest;
            var name = _open.Top;
            var length = rest.IndexOfAny((byte)'<', (byte)'&');
            if (length >= 0 && rest.Length > length + name.Length + 2)
            {
                if (rest[length] != '<' || rest[length + 1] != '/' || rest[length + name.Length + 2] != '>'
                    || !rest.Slice(length + 2, name.Length).SequenceEqual(name))
                {
                    break;
                }

                _input.Take(length + name.Length + 3);
                _open.Pop();
                Token = XmlToken.End;
                return rest[..length];
            }

            if (_input.Ended)
            {
                break;
            }

            _input.Fill();
        }

        return ReadTextInPieces();
    }

    /// <summary>After a start: passes over everything up to the element's end.</summary>
    public void Skip()
    {
        var depth = Depth;
        while (Depth >= depth)
        {
            Read();
        }
    }

    /// <summary>The error at the current position.</summary>
    public FeedFormatException Unexpected(string expected, string found) => new(File, $"{Line}", expected, found);

    public void Dispose() => _input.Dispose();

    private ReadOnlySpan<byte> Decoded(ReadOnlySpan<byte> text)
    {
        if (!text.Contains((byte)'&'))
        {
            return text;
        }

        _decoded.ResetWrittenCount();
        XmlEntities.Decode(text, _decoded, this);
        return _decoded.WrittenSpan;
    }

    private ReadOnlySpan<byte> ReadTextInPieces()
    {
        var depth = Depth;
        var name = Encoding.UTF8.GetString(_open.Top);
        var pieces = new ArrayBufferWriter<byte>();
        while (Read() && Token != XmlToken.End)
        {
            if (Token == XmlToken.Start)
            {
                throw Unexpected($"text only in {name}", $"<{Encoding.UTF8.GetString(Name)}>");
            }

            pieces.Write(Text);
        }

        return Depth < depth ? pieces.WrittenSpan : throw Unexpected($"</{name}>", "the end of the file");
    }

    /// <summary>Takes one piece of the input. False where it is not all there yet.</summary>
    private bool TryRead()
    {
        var rest = _input.PassBlanks();
        var tag = rest.Length > 0 && rest[0] == '<' ? 0 : rest.IndexOf((byte)'<');
        if (tag < 0)
        {
            return false;
        }

        if (tag > 0)
        {
            TakeText(rest[..tag]);
            return true;
        }

        if (rest.Length < 2)
        {
            return false;
        }

        return rest[1] switch
        {
            (byte)'/' => TryReadEnd(rest),
            (byte)'?' => TryReadInstruction(rest),
            (byte)'!' => TryReadBang(rest),
            _ => TryReadStart(rest),
        };
    }

    private void TakeText(ReadOnlySpan<byte> text)
    {
        if (text.IndexOfAnyExcept(" \t\r\n"u8) >= 0)
        {
            if (Depth == 0)
            {
                throw Unexpected("an element", $"'{Encoding.UTF8.GetString(text)}'");
            }

            _textIsDecoded = text.Contains((byte)'&');
            _textStart = _input.Position;
            _textLength = text.Length;
            if (_textIsDecoded)
            {
                _decoded.ResetWrittenCount();
                XmlEntities.Decode(text, _decoded, this);
            }

            Token = XmlToken.Text;
        }

        _input.Take(text.Length);
    }

    private bool TryReadEnd(ReadOnlySpan<byte> rest)
    {
        var end = rest.IndexOf((byte)'>');
        if (end < 0)
        {
            return false;
        }

        var name = rest[2..end].TrimEnd(" \t\r\n"u8);
        if (Depth == 0 || !name.SequenceEqual(_open.Top))
        {
            throw Unexpected(
                Depth == 0 ? "the end of the document" : $"</{Encoding.UTF8.GetString(_open.Top)}>", $"</{Encoding.UTF8.GetString(name)}>");
        }

        SetName(2, name);
        _input.Take(end + 1);
        _open.Pop();
        Token = XmlToken.End;
        return true;
    }

    private bool TryReadStart(ReadOnlySpan<byte> rest)
    {
        var nameEnd = rest[1..].IndexOfAny(EndOfName) + 1;
        if (nameEnd == 0)
        {
            return false;
        }

        var name = rest[1..nameEnd];
        var end = rest[nameEnd] == '>' ? nameEnd : EndOfTag(rest, nameEnd);
        if (end < 0)
        {
            return false;
        }

        if (name.IsEmpty || (uint)(name[0] - '0') <= 9 || name[0] == '-')
        {
            throw Unexpected("the name of an element", $"'{Encoding.UTF8.GetString(rest[..(end + 1)])}'");
        }

        if (Depth == 0 && _hadRoot)
        {
            throw Unexpected("one root element", $"a second one, <{Encoding.UTF8.GetString(name)}>");
        }

        if (_open.IsFull)
        {
            throw Unexpected($"at most {Depth} elements inside each other", "more");
        }

        _hadRoot = true;
        SetName(1, name);
        _open.Push(name);
        _endIsPending = rest[end - 1] == '/';
        (_attributesStart, _attributesLength) = (_input.Position + nameEnd, Math.Max(0, end - nameEnd - (_endIsPending ? 1 : 0)));
        _input.Take(end + 1);
        Token = XmlToken.Start;
        return true;
    }

    /// <summary>Position of the &gt; that closes a tag with attributes; -1 where it is not there yet.</summary>
    private int EndOfTag(ReadOnlySpan<byte> rest, int from)
    {
        while (true)
        {
            var step = rest[from..].IndexOfAny(QuoteOrEnd);
            if (step < 0)
            {
                return -1;
            }

            from += step;
            if (rest[from] == '>')
            {
                return from;
            }

            if (rest[from] == '<')
            {
                throw Unexpected("the end of a tag", "'<'");
            }

            var close = rest[(from + 1)..].IndexOf(rest[from]);
            if (close < 0)
            {
                return -1;
            }

            from += close + 2;
        }
    }

    private bool TryReadInstruction(ReadOnlySpan<byte> rest)
    {
        var end = rest.IndexOf("?>"u8);
        if (end < 0)
        {
            return false;
        }

        var text = Encoding.Latin1.GetString(rest[..end]);
        if (text.StartsWith("<?xml ", StringComparison.Ordinal) && text.Contains("encoding", StringComparison.Ordinal)
            && !text.Contains("utf-8", StringComparison.OrdinalIgnoreCase)
            && !text.Contains("us-ascii", StringComparison.OrdinalIgnoreCase))
        {
            throw Unexpected("UTF-8 text", text);
        }

        _input.Take(end + 2);
        return true;
    }

    private bool TryReadBang(ReadOnlySpan<byte> rest)
    {
        if (rest.StartsWith("<!--"u8))
        {
            var end = rest[4..].IndexOf("-->"u8);
            _input.Take(end < 0 ? 0 : end + 7);
            return end >= 0;
        }

        if (rest.StartsWith("<![CDATA["u8) && Depth > 0)
        {
            var end = rest[9..].IndexOf("]]>"u8);
            if (end < 0)
            {
                return false;
            }

            (_textStart, _textLength, _textIsDecoded) = (_input.Position + 9, end, false);
            Token = XmlToken.Text;
            _input.Take(end + 12);
            return true;
        }

        return rest.Length < 9 && !_input.Ended ? false : throw Unexpected("elements and text", "a document type or other declaration");
    }

    /// <summary>Remembers where the local part of a name stands.</summary>
    private void SetName(int offset, ReadOnlySpan<byte> name)
    {
        var colon = name.IndexOf((byte)':') + 1;
        _nameStart = _input.Position + offset + colon;
        _nameLength = name.Length - colon;
    }

    private void CheckEnd()
    {
        if (Depth > 0)
        {
            throw Unexpected($"</{Encoding.UTF8.GetString(_open.Top)}>", "the end of the file");
        }

        if (!_hadRoot || _input.Rest.IndexOfAnyExcept(" \t\r\n"u8) >= 0)
        {
            throw Unexpected("a whole XML document", _hadRoot ? "text behind it" : "the end of the file");
        }
    }
}
