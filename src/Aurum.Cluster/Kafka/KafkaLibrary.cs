using System.Globalization;
using System.Runtime.InteropServices;
using Confluent.Kafka;

namespace Aurum.Cluster.Kafka;

/// <summary>Finds librdkafka, the native client behind Confluent.Kafka, before it is used for the first time.</summary>
/// <remarks>Tried in this order: the file that <c>AURUM_LIBRDKAFKA</c> names, the one beside the program (the native package), the one
/// that <c>eng/build-librdkafka.sh</c> left in <c>~/.cache/aurum/librdkafka/VERSION/</c>, the system's. The first that is
/// <see cref="Least"/> or newer is taken: an older one fails late, with the first consumer, whose settings it does not know, or in the
/// middle of the first read of a group.</remarks>
public static unsafe class KafkaLibrary
{
    /// <summary>Environment variable with the path of the library.</summary>
    public const string Variable = "AURUM_LIBRDKAFKA";

    /// <summary>Oldest version that has all that is used here: major, minor and patch, a byte each, and a byte of the release. 2.2.0 was
    /// the first with <c>fetch.queue.backoff.ms</c> and with changes of single settings of a topic.</summary>
    internal const int Least = 0x02_02_00_ff;

    private const string Build = "eng/build-librdkafka.sh builds it";

    private static readonly Lock Turn = new();
    private static nint _handle;
    private static string _file = "";

    /// <summary>Loads the library, once a process; cheap afterwards.</summary>
    /// <returns>Version and file, for people: <c>2.15.1 (beside the program)</c>.</returns>
    /// <exception cref="BrokerException">There is none, or only older ones; the message says which, and what to do.</exception>
    public static string Load()
    {
        lock (Turn)
        {
            if (_handle == 0)
            {
                (_handle, _file) = Find(Environment.GetEnvironmentVariable(Variable), Candidates(), Try);
                NativeLibrary.SetDllImportResolver(typeof(Library).Assembly, static (name, _, _) =>
                    name.Contains("rdkafka", StringComparison.Ordinal) ? _handle : 0);
            }

            return $"{Text(VersionOf(_handle))} ({_file})";
        }
    }

    /// <summary>Address of a function of the library.</summary>
    internal static nint Function(string name)
    {
        Load();
        return NativeLibrary.GetExport(_handle, name);
    }

    /// <summary>The first library that is new enough.</summary>
    /// <param name="named">File that somebody named: it alone is tried; null or empty: none.</param>
    /// <param name="candidates">Files to try, and what they are called for people.</param>
    /// <param name="probe">Loads a file and says its version; null where it can't be loaded.</param>
    internal static (nint Handle, string File) Find(
        string? named, IEnumerable<(string File, string Name)> candidates, Func<string, (nint Handle, int Version)?> probe)
    {
        if (!string.IsNullOrEmpty(named))
        {
            return probe(named) is var (handle, version)
                ? version >= Least ? (handle, named) : throw TooOld($"{Text(version)} ({named}, from {Variable})")
                : throw new BrokerException(
                    $"{Variable}: expected the path of librdkafka, found '{named}', which cannot be loaded; {Build}", isRetryable: false);
        }

        var older = new List<string>();
        foreach (var (file, name) in candidates)
        {
            if (probe(file) is var (handle, version))
            {
                if (version >= Least)
                {
                    return (handle, name);
                }

                older.Add($"{Text(version)} ({name})");
            }
        }

        throw older.Count > 0
            ? TooOld(string.Join(", ", older))
            : new BrokerException(
                $"Kafka needs librdkafka {Text(Least)} or newer, and none is here; {Build}, or set {Variable} to its path",
                isRetryable: false);
    }

    private static BrokerException TooOld(string found) => new(
        $"Kafka needs librdkafka {Text(Least)} or newer, found {found}; {Build}, or set {Variable} to the path of a newer one",
        isRetryable: false);

    private static IEnumerable<(string File, string Name)> Candidates()
    {
        var (file, numbered) = OperatingSystem.IsWindows() ? ("librdkafka.dll", "librdkafka.dll")
            : OperatingSystem.IsMacOS() ? ("librdkafka.dylib", "librdkafka.1.dylib")
            : ("librdkafka.so", "librdkafka.so.1");
        var here = AppContext.BaseDirectory;
        yield return (Path.Combine(here, "runtimes", RuntimeInformation.RuntimeIdentifier, "native", file), "beside the program");
        yield return (Path.Combine(here, file), "beside the program");
        var home = Environment.GetEnvironmentVariable("XDG_CACHE_HOME") is { Length: > 0 } set
            ? set
            : Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".cache");
        var cache = Path.Combine(home, "aurum", "librdkafka");
        if (Directory.Exists(cache))
        {
            foreach (var folder in Directory.EnumerateDirectories(cache).OrderDescending(StringComparer.Ordinal))
            {
                yield return (Path.Combine(folder, file), folder);
            }
        }

        yield return (numbered, "the system's");
    }

    private static (nint Handle, int Version)? Try(string file) =>
        NativeLibrary.TryLoad(file, out var handle) && NativeLibrary.TryGetExport(handle, "rd_kafka_version", out _)
            ? (handle, VersionOf(handle))
            : null;

    private static int VersionOf(nint handle) =>
        ((delegate* unmanaged[Cdecl]<int>)NativeLibrary.GetExport(handle, "rd_kafka_version"))();

    private static string Text(int version) => string.Create(
        CultureInfo.InvariantCulture, $"{version >> 24 & 0xff}.{version >> 16 & 0xff}.{version >> 8 & 0xff}");
}
