namespace Aurum.App.Commands;

/// <summary>What <c>aurum</c> tells the shell.</summary>
internal static class ExitCodes
{
    public const int Done = 0;

    /// <summary>Not there, or a check failed.</summary>
    public const int Failed = 1;

    /// <summary>Wrong usage or bad input.</summary>
    public const int BadInput = 2;

    /// <summary>A defect of ours.</summary>
    public const int Internal = 3;
}

/// <summary>A command can't go on. The message says why and names the next command.</summary>
internal sealed class CommandException(int exitCode, string message) : Exception(message)
{
    public int ExitCode { get; } = exitCode;
}
