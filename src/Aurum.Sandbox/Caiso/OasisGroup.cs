using Aurum.Sandbox.Worlds;

namespace Aurum.Sandbox.Caiso;

/// <summary>One group of an OASIS answer: a series of one operating day.</summary>
/// <param name="Cells">Cells that do not change from row to row, by column name.</param>
/// <param name="Item">DATA_ITEM of the XML.</param>
/// <param name="Resource">RESOURCE_NAME of the XML; empty where it has none.</param>
/// <param name="Place">Priced place; null for other reports.</param>
internal sealed record OasisGroup(IReadOnlyDictionary<string, string> Cells, string Item, string Resource, Place? Place);

/// <summary>Groups whose values are worked out together: the five parts of a node's price, or one group alone.</summary>
/// <param name="Groups">In the order in which they are written.</param>
/// <param name="Fill">Puts the values of each interval of the span into one array a group, in units of the last printed decimal.</param>
internal sealed record OasisBlock(IReadOnlyList<OasisGroup> Groups, Action<OasisSpan, long[][]> Fill);
