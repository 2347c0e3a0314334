namespace Aurum.Store.Work;

/// <summary>The right to work on something ended before the work did, and another process may have it: nothing of it is stored.</summary>
public sealed class LeaseLostException(string message) : Exception(message);
