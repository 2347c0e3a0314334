using Aurum.Market.Feeds;
using Aurum.Store;
using Aurum.Store.DuckDb;
using Aurum.Store.Jobs;
using Aurum.Store.Rows;
using NodaTime;

namespace Aurum.Tests.Store.Jobs;

public abstract class JobBookTests : IDisposable
{
    private static readonly Instant Now = Instant.FromUtc(2025, 6, 20, 20, 0);
    private static readonly LocalDate First = new(2025, 3, 30);

    private static readonly JobChunk March = new("aaaaaaaaaaaa", StoreFeeds.Prices.Id, First, new LocalDate(2025, 3, 31), null);
    private static readonly JobChunk April = new("bbbbbbbbbbbb", StoreFeeds.Prices.Id, new(2025, 4, 1), new(2025, 4, 3), Now);

    private readonly TestFolder _folder = new();

    public virtual void Dispose()
    {
        _folder.Dispose();
        GC.SuppressFinalize(this);
    }

    /// <summary>Opens the store of this test; again after it was closed.</summary>
    protected virtual AurumStore Open() => DuckDbStores.Open(_folder.Path);

    [Fact]
    public void A_job_is_read_as_it_was_written_and_writing_it_twice_is_writing_it_once()
    {
        using var store = Open();
        var job = Job(JobState.Queued) with { Warnings = ["a day is gone", "another, too"], Why = "because" };
        store.Jobs.Write(job, [March, April]);
        store.Jobs.Write(job, [March, April]);

        Assert.Equivalent(job, Assert.Single(store.Jobs.All()), strict: true);
        Assert.Equivalent(job, store.Jobs.Find(job.Id), strict: true);
        Assert.Null(store.Jobs.Find("000000000000"));
        Assert.Equal([March, April], store.Jobs.Chunks(job.Id).Select(c => c.Chunk));
        var bare = Job(JobState.Queued) with
        {
            Id = "222222222222", Cost = new JobCost(3, 0.5, null), CreatedAt = Now + Duration.FromDays(1),
        };
        store.Jobs.Write(bare, []);
        Assert.Equivalent(bare, store.Jobs.All()[1], strict: true);
        Assert.Equal(default, store.Jobs.Progress(bare.Id));
    }

    [Fact]
    public void A_state_changes_only_from_where_it_may()
    {
        using var store = Open();
        store.Jobs.Write(Job(JobState.Queued), [March]);
        var later = Now + Duration.FromHours(1);
        var id = Job(JobState.Queued).Id;

        Assert.False(store.Jobs.Move(id, [JobState.Running, JobState.Paused], JobState.Completed, "no", later));
        Assert.Equal((JobState.Queued, ""), (store.Jobs.Find(id)!.State, store.Jobs.Find(id)!.Why));
        Assert.True(store.Jobs.Move(id, [JobState.Queued], JobState.Running, "", later));
        Assert.Equal((later, (Instant?)null), (store.Jobs.Find(id)!.StartedAt, store.Jobs.Find(id)!.EndedAt));
        Assert.True(store.Jobs.Move(id, [JobState.Queued, JobState.Running], JobState.Incomplete, "a day is missing", later));
        var ended = store.Jobs.Find(id)!;
        Assert.Equal((JobState.Incomplete, "a day is missing", later), (ended.State, ended.Why, ended.EndedAt!.Value));
        Assert.False(store.Jobs.Move("000000000000", [JobState.Queued], JobState.Running, "", later));
        store.Jobs.Prioritise(id, 2);
        Assert.Equal(2, store.Jobs.Find(id)!.Priority);
    }

    [Fact]
    public void Progress_follows_from_the_ledger()
    {
        using var store = Open();
        var id = Job(JobState.Queued).Id;
        store.Jobs.Write(Job(JobState.Queued), [March, April]);
        Assert.Equal(new JobProgress(5, 0, 0, 0, null), store.Jobs.Progress(id));
        Assert.Equal(["waiting", "waiting"], store.Jobs.Chunks(id).Select(c => c.State));

        Record(store, First, Outcome.ProvenEmpty, isComplete: true);
        Record(store, First.PlusDays(1), Outcome.Data, isComplete: true);
        Record(store, First.PlusDays(3), Outcome.Unavailable, isComplete: false);
        Record(store, First.PlusDays(9), Outcome.Data, isComplete: true);

        Assert.Equal(new JobProgress(5, 2, 1, 0, null), store.Jobs.Progress(id));
        var feed = Assert.Single(store.Jobs.Feeds(id));
        Assert.Equal((StoreFeeds.Prices.Id, First, April.LastDay), (feed.Feed, feed.FirstDay, feed.LastDay));
        Assert.Equal(First.PlusDays(1), feed.Progress.Through);
        Assert.Equal(["done", "begun"], store.Jobs.Chunks(id).Select(c => c.State));

        Record(store, First.PlusDays(2), Outcome.Data, isComplete: true);
        Record(store, First.PlusDays(4), Outcome.Data, isComplete: true);
        Assert.Equal("missing", store.Jobs.Chunks(id)[1].State);
        Assert.Equal(First.PlusDays(2), store.Jobs.Feeds(id)[0].Progress.Through);
        Record(store, First.PlusDays(3), Outcome.Data, isComplete: true);
        Assert.Equal(new JobProgress(5, 5, 0, 0, null), store.Jobs.Progress(id));
        Assert.Equal(April.LastDay, store.Jobs.Feeds(id)[0].Progress.Through);
        Assert.Equal(["done", "done"], store.Jobs.Chunks(id).Select(c => c.State));
    }

    [Fact]
    public void What_ran_when_its_process_died_is_queued_when_the_store_is_opened_again()
    {
        using (var store = Open())
        {
            foreach (var state in Enum.GetValues<JobState>())
            {
                store.Jobs.Write(Job(state) with { Id = $"{(int)state:x12}" }, []);
            }
        }

        using var again = Open();
        Assert.Equal(
            Enum.GetValues<JobState>().Select(s => s == JobState.Running ? JobState.Queued : s),
            again.Jobs.All().OrderBy(j => j.Id, StringComparer.Ordinal).Select(j => j.State));
        Assert.Equal("the process that ran it ended", again.Jobs.Find($"{(int)JobState.Running:x12}")!.Why);
    }

    [Fact]
    public void A_store_of_version_2_gets_the_tables_of_jobs()
    {
        DuckDbStores.Open(_folder.Path).Dispose();
        using (var database = DuckDbDatabase.Open(_folder["aurum.duckdb"]))
        using (var connection = database.Connect())
        {
            connection.Execute("DROP VIEW backfill_progress; DROP VIEW backfill_feed_progress; DROP VIEW backfill_chunk_progress");
            connection.Execute("DROP VIEW backfill_days; DROP TABLE backfill_jobs; DROP TABLE backfill_chunks");
            connection.Execute("UPDATE schema_version SET version = 2");
        }

        using var store = DuckDbStores.Open(_folder.Path);
        store.Jobs.Write(Job(JobState.Queued), [March, April]);
        using var rows = store.Read.Sql("select state, days from backfill_progress");
        Assert.True(rows.NextChunk());
        Assert.Equal(("queued", 5L), (rows.Value(0, 0), rows.Value(1, 0)));
    }

    /// <summary>Words lie on disk and in other people's queries.</summary>
    [Fact]
    public void States_keep_their_words() => Assert.Equal(
        "queued running paused completed incomplete cancelled failed",
        string.Join(' ', Enum.GetValues<JobState>().Select(s => s.Word())));

    private static JobRecord Job(JobState state) => new(
        "111111111111", state, "", 5, [StoreFeeds.Prices.Id, StoreFeeds.NewYork.Id], First, April.LastDay, new JobCost(5, 1.25, 12_345),
        [], Now, Now, null, null);

    private static void Record(AurumStore store, LocalDate day, Outcome outcome, bool isComplete) => store.RecordOutcome(
        StoreFeeds.Prices,
        StoreFeeds.Prices.Day(day),
        Now,
        new DayOutcome(outcome, outcome.IsSettled() ? "" : "no answer", isComplete),
        [],
        []);
}
