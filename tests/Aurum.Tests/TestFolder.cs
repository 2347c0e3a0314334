namespace Aurum.Tests;

/// <summary>A folder of one's own that goes away in the end.</summary>
internal sealed class TestFolder : IDisposable
{
    /// <summary>Where Linux keeps files in memory.</summary>
    private const string Memory = "/dev/shm";

    private const long RoomInMemoryBytes = 4L << 30;

    private static int _count;

    public TestFolder()
        : this(Directory.CreateTempSubdirectory("aurum-test-").FullName)
    {
    }

    private TestFolder(string path) => Path = path;

    public string Path { get; }

    /// <summary>A folder in memory where there are some gigabytes of it, else as any other: for tests that write much and do not ask
    /// whether it reaches a disk.</summary>
    public static TestFolder InMemory()
    {
        var hasRoom = OperatingSystem.IsLinux() && Directory.Exists(Memory)
            && new DriveInfo(Memory).AvailableFreeSpace > RoomInMemoryBytes;
        var name = $"aurum-test-{Environment.ProcessId}-{Interlocked.Increment(ref _count)}";
        return hasRoom ? new TestFolder(Directory.CreateDirectory(System.IO.Path.Combine(Memory, name)).FullName) : new TestFolder();
    }

    public string this[string name] => System.IO.Path.Combine(Path, name);

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
