using Aurum.Tests.Store;

namespace Aurum.Tests;

/// <summary>The test assembly as a program: what tests start in order to kill it.</summary>
internal static class Program
{
    private static int Main(string[] args) => args is [CrashWriter.Verb, var folder] ? CrashWriter.Run(folder, Console.Out) : 2;
}
