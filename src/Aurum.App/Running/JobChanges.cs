using Aurum.Market.Text;
using Aurum.Store.Jobs;
using NodaTime;

namespace Aurum.App.Running;

/// <summary>What people may do to a job, whether a process runs it or not.</summary>
internal static class JobChanges
{
    private const int ShortestPrefix = 4;

    private static readonly JobState[] Resumable = [JobState.Paused, JobState.Incomplete, JobState.Cancelled, JobState.Failed];

    /// <summary>The job of an id, or of the beginning of one that no other has.</summary>
    /// <exception cref="BackfillRefusedException">There is none; names the nearest.</exception>
    public static JobRecord Find(JobBook book, string id)
    {
        var jobs = book.All();
        if (jobs.FirstOrDefault(j => j.Id == id) is { } exact)
        {
            return exact;
        }

        var near = jobs.Where(j => id.Length >= ShortestPrefix && j.Id.StartsWith(id, StringComparison.Ordinal)).ToList();
        return near is [var only]
            ? only
            : throw new UnknownJobException(
                $"there is no job '{id}'"
                + (NearestName.To(id, jobs.Select(j => j.Id)) is { } other ? $"; did you mean {other}?" : "; 'aurum jobs' lists all"));
    }

    /// <summary>Pauses or cancels a job that is unfinished; one that is so already stays so.</summary>
    /// <exception cref="BackfillRefusedException">There is no such job, or it is over.</exception>
    public static JobRecord Halt(JobBook book, string id, JobState to, Instant now)
    {
        var job = Find(book, id);
        if (job.State == to)
        {
            return job;
        }

        return book.Move(job.Id, [JobState.Queued, JobState.Running, JobState.Paused], to, "", now)
            ? book.Find(job.Id)!
            : throw new BackfillRefusedException(
                $"job {job.Id} is {book.Find(job.Id)!.State.Word()}: only a queued, running or paused job can be {to.Word()}");
    }

    /// <summary>Queues a job again that was stopped or left days missing; one that is queued or runs stays so.</summary>
    /// <exception cref="BackfillRefusedException">There is no such job, or nothing of it is left to do.</exception>
    public static JobRecord Resume(JobBook book, string id, Instant now)
    {
        var job = Find(book, id);
        if (job.State is JobState.Queued or JobState.Running)
        {
            return job;
        }

        return book.Move(job.Id, Resumable, JobState.Queued, "", now)
            ? book.Find(job.Id)!
            : throw new BackfillRefusedException($"job {job.Id} is completed: nothing of it is left to do");
    }
}

/// <summary>There is no such job.</summary>
internal sealed class UnknownJobException(string message) : Exception(message);
