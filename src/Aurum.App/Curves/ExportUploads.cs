using Aurum.Store.Objects;

namespace Aurum.App.Curves;

/// <summary>Brings exported files to a bucket under their paths: <c>s3://aurum-exports/default/asof=2025-09-17/curves_20250917.csv</c>.
/// A file that was not sent has a mark beside it, so that it is sent later, whoever wrote it and however that ended.</summary>
/// <param name="objects">Folder of the bucket.</param>
/// <param name="folder">The local <c>exports</c>.</param>
internal sealed class ExportUploads(IObjectStore objects, string folder)
{
    private const string Mark = ".unsent";

    /// <summary>Notes that a file is about to change or to go.</summary>
    public static void Note(string file) => File.WriteAllBytes(file + Mark, []);

    /// <summary>Sends what is marked, and takes out of the bucket what is gone.</summary>
    /// <returns>Files.</returns>
    /// <exception cref="ObjectStoreException">The bucket has not taken one: it and those after it stay marked.</exception>
    public async Task<int> Send(CancellationToken cancel)
    {
        if (!Directory.Exists(folder))
        {
            return 0;
        }

        var sent = 0;
        foreach (var mark in Directory.EnumerateFiles(folder, "*" + Mark, SearchOption.AllDirectories).Order(StringComparer.Ordinal))
        {
            var file = mark[..^Mark.Length];
            var key = Path.GetRelativePath(folder, file).Replace('\\', '/');
            var stamp = File.GetLastWriteTimeUtc(mark);
            if (File.Exists(file))
            {
                await objects.Upload(key, file, cancel);
            }
            else
            {
                await objects.Delete(key, cancel);
            }

            // Written again meanwhile: the next look sends it.
            if (File.GetLastWriteTimeUtc(mark) == stamp)
            {
                File.Delete(mark);
            }

            sent++;
        }

        return sent;
    }

    /// <summary>Sends what is marked once a minute, until it is cancelled; a failure is told, and tried again.</summary>
    public async Task Run(TimeProvider time, Action<string> tell, CancellationToken cancel)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromMinutes(1), time);
        try
        {
            do
            {
                try
                {
                    await Send(cancel);
                }
                catch (Exception error) when (!cancel.IsCancellationRequested)
                {
                    // Whatever it is: what is marked would wait for the next start otherwise, and nobody would hear of it.
                    tell($"exports: {error.Message}; the next try is in a minute");
                }
            }
            while (await timer.WaitForNextTickAsync(cancel));
        }
        catch (OperationCanceledException) when (cancel.IsCancellationRequested)
        {
            // Stopped as asked: what is marked is sent after the next start.
        }
    }
}
