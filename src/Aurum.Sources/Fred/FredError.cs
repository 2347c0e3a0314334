using Aurum.Market.Feeds;
using Aurum.Sources.Reading;

namespace Aurum.Sources.Fred;

/// <summary>The error that an answer of FRED may carry among its properties.</summary>
internal sealed class FredError
{
    private string? _code;
    private string _message = "";

    /// <summary>What the error means; null where the answer carries none.</summary>
    public ParseResult? Outcome => _code is null ? null : FredRefusal.Of(_code, _message);

    /// <summary>Takes the current property where it is the error's. False, and nothing read, where it is another.</summary>
    public bool TryRead(ref JsonStream json)
    {
        if (json.IsProperty("error_code"u8))
        {
            json.ReadRequired();
            _code = json.Text();
            return true;
        }

        if (json.IsProperty("error_message"u8))
        {
            json.ReadRequired();
            _message = json.Text();
            return true;
        }

        return false;
    }
}
