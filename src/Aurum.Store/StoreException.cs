namespace Aurum.Store;

/// <summary>The store refuses: a newer format, counts that do not add up, a key that would go back in time.</summary>
public sealed class StoreException(string message, Exception? inner = null) : Exception(message, inner);
