namespace Aurum.Store.Lake;

/// <summary>Another writer has committed what this commit cannot follow. Nothing of it is in the table.</summary>
public sealed class LakeConflictException(string message) : Exception(message);
