namespace Aurum.Store.Ticks;

/// <summary>A partition is another holder's, or was committed past by somebody: nothing of the commit is stored.</summary>
public sealed class LaneLostException(string message) : Exception(message);
