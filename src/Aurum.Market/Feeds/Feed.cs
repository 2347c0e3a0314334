using Aurum.Market.Time;
using NodaTime;

namespace Aurum.Market.Feeds;

/// <summary>A publisher's dataset, as a value: what it is, what to ask for, how to read the
/// answer. No HTTP, no clock, no state.</summary>
public abstract class Feed
{
    public required FeedId Id { get; init; }

    /// <summary>Name for people: <c>CAISO day-ahead locational marginal prices</c>.</summary>
    public required string Title { get; init; }

    /// <summary>The five documented facts.</summary>
    public required FeedFacts Facts { get; init; }

    /// <summary>The clock of the operating days that the feed is planned by.</summary>
    public required DateTimeZone Zone { get; init; }

    public required Schedule Schedule { get; init; }

    /// <summary>The canonical ISO fields of every row; null for statistical series.</summary>
    public IsoContract? Contract { get; init; }

    /// <summary>Quality suite by name: a file in the Suites folder of Aurum.Quality.</summary>
    public required string Suite { get; init; }

    /// <summary>Length of the delivery intervals that tile the operating day; null where stamps are irregular.</summary>
    public int? IntervalMinutes { get; init; }

    /// <summary>Whether rows of other lengths may stand beside the intervals of <see cref="IntervalMinutes"/>: each length is then a
    /// series of its own.</summary>
    public bool HasOtherIntervals { get; init; }

    /// <summary>How readings at instants follow each other through a day; null where intervals tile it or nothing is usual.</summary>
    public ReadingPace? Readings { get; init; }

    /// <summary>Operating days that a file holds whole, the one asked for first; more than one for forecasts.</summary>
    public int WholeDays { get; init; } = 1;

    /// <summary>Hours that each issue of a forecast reaches at least: beyond the instant at which it was made, or where the publisher
    /// does not say that, beyond its first hour. Null where that is not known, and where rows are no forecast.</summary>
    public int? IssueReachHours { get; init; }

    /// <summary>Whether rows must lie inside the operating day asked for; false for forecasts that reach beyond it.</summary>
    public bool RowsLieInDay { get; init; } = true;

    /// <summary>Whether a day without a row can be right. Where it cannot, an answer "no data" means not yet published.</summary>
    public bool MayBeEmpty { get; init; }

    /// <summary>The requests that bring the given operating day. Pure; the instant (now) decides
    /// between a daily file and an archive.</summary>
    public required Func<OperatingDay, Instant, IReadOnlyList<FeedRequest>> Locate { get; init; }

    /// <summary>The request for the next page, from a request and its answer; null where there is none.</summary>
    public Func<FeedRequest, FeedFile, FeedRequest?> NextPage { get; init; } = static (_, _) => null;

    /// <summary>Secrets of the asker that the publisher repeats in a file. An answer's are known to the asker; a file that a
    /// person hands over is archived without these.</summary>
    public Func<FeedFile, IReadOnlyList<string>> EchoedSecrets { get; init; } = static _ => [];

    /// <summary>The outcome that the publisher's words give an answer of status 400 to 499, from the first 4 KiB of its body; null
    /// where they say no more than the status.</summary>
    public Func<string, ParseResult?> Refusal { get; init; } = static _ => null;

    /// <summary>Whether a file that a person hands over looks like this feed's.</summary>
    public required Func<FileHead, bool> Recognizes { get; init; }

    /// <summary>Name of the row table, for example <c>iso_lmp</c>.</summary>
    public abstract string TableName { get; }

    public OperatingDay Day(LocalDate date) => new(date, Zone);

    public abstract TResult Accept<TResult>(IFeedVisitor<TResult> visitor);

    public override string ToString() => Id.Text;
}

/// <summary>A feed whose rows are of one kind.</summary>
public sealed class Feed<TRow> : Feed
    where TRow : struct
{
    public required RowTable<TRow> Table { get; init; }

    /// <summary>Reads a file: all rows go to the output, or one <see cref="FeedFormatException"/>
    /// is thrown and none counts. Pure.</summary>
    public required Func<FeedFile, IRowOutput<TRow>, ParseResult> Parse { get; init; }

    public override string TableName => Table.Name;

    /// <summary>The same feed, asked for by other requests or read by another reader: of all nodes in place of the usual ones.</summary>
    /// <param name="locate">Requests of a day; null: as they are.</param>
    /// <param name="parse">Reader of a file; null: as it is.</param>
    public Feed<TRow> With(
        Func<OperatingDay, Instant, IReadOnlyList<FeedRequest>>? locate = null,
        Func<FeedFile, IRowOutput<TRow>, ParseResult>? parse = null) => new()
    {
        Id = Id,
        Title = Title,
        Facts = Facts,
        Zone = Zone,
        Schedule = Schedule,
        Contract = Contract,
        Suite = Suite,
        IntervalMinutes = IntervalMinutes,
        HasOtherIntervals = HasOtherIntervals,
        Readings = Readings,
        WholeDays = WholeDays,
        IssueReachHours = IssueReachHours,
        RowsLieInDay = RowsLieInDay,
        MayBeEmpty = MayBeEmpty,
        Locate = locate ?? Locate,
        NextPage = NextPage,
        EchoedSecrets = EchoedSecrets,
        Refusal = Refusal,
        Recognizes = Recognizes,
        Table = Table,
        Parse = parse ?? Parse,
    };

    public override TResult Accept<TResult>(IFeedVisitor<TResult> visitor) => visitor.Visit(this);
}

/// <summary>Does something with a feed that depends on its kind of row.</summary>
public interface IFeedVisitor<out TResult>
{
    TResult Visit<TRow>(Feed<TRow> feed)
        where TRow : struct;
}
