using Aurum.Market.Feeds;

namespace Aurum.Sources.Ieso;

/// <summary>Tells IESO's XML reports by the identifier in their root, or by their title where somebody cut the root's attributes.</summary>
internal static class IesoHeads
{
    public static bool IsReport(FileHead head, string documentId, string title) =>
        head.Has($"docID=\"{documentId}\"") || head.Has($"DocTitle>{title}<");
}
