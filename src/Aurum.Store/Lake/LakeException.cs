namespace Aurum.Store.Lake;

/// <summary>A lake table is damaged, of a kind that is not understood, or asked for what it has not. The message names the file.</summary>
public sealed class LakeException(string message, Exception? inner = null) : Exception(message, inner);
