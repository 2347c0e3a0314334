using Aurum.Market.Feeds;

namespace Aurum.Sources.Caiso;

/// <summary>The error element of an OASIS answer, which comes with status 200 and inside a zip.</summary>
/// <param name="Code">ERR_CODE: 1000 no data, 1015 still in processing, others for requests that OASIS does not take.</param>
/// <param name="Description">ERR_DESC, OASIS' own words.</param>
internal sealed record OasisError(string Code, string Description)
{
    public ParseResult ToResult()
    {
        var why = $"OASIS error {Code}: {Description}";
        return Code switch
        {
            "1000" => ParseResult.ProvenEmpty(why),
            "1015" => ParseResult.NotYetPublished(why),
            _ when Description.Contains("in processing", StringComparison.OrdinalIgnoreCase) => ParseResult.NotYetPublished(why),
            _ => ParseResult.Unavailable(why),
        };
    }
}
