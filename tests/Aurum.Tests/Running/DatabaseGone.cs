using Aurum.Store.Engines;

namespace Aurum.Tests.Running;

/// <summary>The error of a database that is away, or that refuses.</summary>
internal sealed class DatabaseGone(string message, bool isTransient = true) : EngineException(message, sql: null)
{
    public override bool IsTransient => isTransient;

    public override bool NeedsPerson => !isTransient;
}
