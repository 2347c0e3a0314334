namespace Aurum.Store.Objects;

/// <summary>The one place where calls of an object store are waited for: the archive's reading and the lake are synchronous, as their
/// engine is.</summary>
public static class ObjectCalls
{
    /// <summary>Runs a call on the thread pool and waits for it. Calls have their own limits of time, so that this ends.</summary>
    public static T Wait<T>(Func<Task<T>> call) => Task.Run(call).GetAwaiter().GetResult();

    /// <summary>Runs a call on the thread pool and waits for it.</summary>
    public static void Wait(Func<Task> call) => Task.Run(call).GetAwaiter().GetResult();

    /// <summary>All objects of a list.</summary>
    public static IReadOnlyList<ObjectInfo> List(IObjectStore objects, string prefix, CancellationToken cancel) => Wait(async () =>
    {
        var all = new List<ObjectInfo>();
        await foreach (var found in objects.List(prefix, cancel).ConfigureAwait(false))
        {
            all.Add(found);
        }

        return all;
    });
}
