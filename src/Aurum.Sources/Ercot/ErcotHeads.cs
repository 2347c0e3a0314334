using Aurum.Market.Feeds;
using Aurum.Market.Power;

namespace Aurum.Sources.Ercot;

/// <summary>What the beginnings of ERCOT's files have in common.</summary>
internal static class ErcotHeads
{
    /// <summary>The whole of ERCOT, for readings that are not by place.</summary>
    public static readonly Location System = new("ERCOT", LocationType.System);

    public static bool IsJson(FileHead head) => head.FirstLine is ['{' or '[', ..];

    /// <summary>Whether this is a listing of documents of the given report type.</summary>
    public static bool IsListing(FileHead head, string reportTypeId) =>
        head.Has("\"ListDocsByRptTypeRes\"") && head.Has($"\"{reportTypeId}\"");
}
