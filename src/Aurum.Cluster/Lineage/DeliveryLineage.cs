using Aurum.Market.Curves;
using Aurum.Market.Feeds;
using Aurum.Store.Reading;
using Aurum.Store.Sinks;
using NodaTime;

namespace Aurum.Cluster.Lineage;

/// <summary>Makes the events of a delivery: what a publisher's answer, or a workbook, has become in the store.</summary>
/// <param name="options">Namespace.</param>
/// <param name="world">Names of feeds, sites and tables.</param>
public sealed class DeliveryLineage(LineageOptions options, LineageWorld world)
{
    private const string SourcePath = "src/Aurum.App/Ingest/Delivery.cs";

    /// <summary>START, and COMPLETE or FAIL. The same delivery has the same run whenever it is told of.</summary>
    /// <param name="delivery">Delivery.</param>
    /// <param name="files">What it is known to have brought: its files and why it ended as it did; null: not known.</param>
    /// <param name="metrics">What is in its columns; empty: not looked at.</param>
    public IReadOnlyList<LineageEvent> EventsOf(
        OutboxEntry delivery, Delivery? files, IReadOnlyDictionary<string, ColumnMetrics> metrics)
    {
        var feed = world.FeedOf(delivery.Feed);
        var job = new LineageJob(
            $"ingest.{delivery.Feed.Text}",
            feed is null ? $"Takes in {delivery.Feed.Text}." : $"Takes in {feed.Title}. Source: {feed.Facts.Source}",
            SourcePath);
        var run = LineageRunId.Of(options.Namespace, job.Name, delivery.Id.ToString(System.Globalization.CultureInfo.InvariantCulture));
        var day = feed is null ? DateTimeZone.Utc : feed.Zone;
        var nominal = new Interval(
            day.AtStartOfDay(delivery.Day).ToInstant(), day.AtStartOfDay(delivery.Day.PlusDays(1)).ToInstant());
        var inputs = Inputs(delivery, files, metrics);
        var began = files?.Files is { Count: > 0 } all
            ? Instant.Min(all.Min(static f => f.ReceivedAt), delivery.KnownAt)
            : delivery.KnownAt;
        var start = new LineageEvent(LineageState.Start, began, run, job) { Nominal = nominal, Inputs = inputs };
        var end = start with
        {
            State = IsWell(delivery.Outcome) ? LineageState.Complete : LineageState.Fail,
            At = delivery.KnownAt,
            Error = IsWell(delivery.Outcome) ? null : $"{delivery.Outcome}: {files?.Why ?? "see the ledger"}",
            Outputs = IsWell(delivery.Outcome) ? [Output(delivery, feed)] : [],
            Metadata = new Dictionary<string, object>
            {
                ["deliveryId"] = delivery.Id,
                ["outcome"] = delivery.Outcome.ToString(),
                ["rowCount"] = delivery.New + delivery.Changed,
                ["newRows"] = delivery.New,
                ["changedRows"] = delivery.Changed,
                ["quarantinedRows"] = delivery.Quarantined,
            },
        };
        return [start, end];
    }

    /// <summary>Looks at the values of a delivery's rows, column by column.</summary>
    public static IReadOnlyDictionary<string, ColumnMetrics> Measure(SinkDelivery delivery, CancellationToken cancel)
    {
        using var rows = delivery.Rows(cancel);
        var columns = rows.Columns.Select(static c => new ColumnMeasure(c.Kind)).ToArray();
        while (rows.NextChunk())
        {
            for (var column = 0; column < columns.Length; column++)
            {
                columns[column].Add(rows, column);
            }
        }

        return rows.Columns.Select((c, i) => KeyValuePair.Create(c.Name, columns[i].Metrics)).ToDictionary();
    }

    /// <summary>What was not there yet is no failure: the job looked, and said so.</summary>
    private static bool IsWell(Outcome outcome) => outcome is Outcome.Data or Outcome.ProvenEmpty or Outcome.NotYetPublished;

    private List<LineageDataset> Inputs(OutboxEntry delivery, Delivery? files, IReadOnlyDictionary<string, ColumnMetrics> metrics)
    {
        if (delivery.Table == CurveTables.Observation.Name)
        {
            return [Landing];
        }

        if (files is null || files.Files.Count == 0)
        {
            return [];
        }

        return
        [
            .. files.Files.GroupBy(f => f.Fetch.IsHandedOver ? $"file\n{f.Fetch.FileName}" : f.Fetch.Site).Select(group =>
            {
                var first = group.First();
                var dataset = !first.Fetch.IsHandedOver && world.SiteOf(first.Fetch.Site) is { } site
                    ? LineageNames.Feed(site, delivery.Feed.Text)
                    : new LineageDataset("file", $"{world.HandedOver}/{first.Fetch.FileName}");
                return dataset with
                {
                    Version = first.Sha256,
                    Files = group.Count(),
                    Bytes = group.Sum(static f => f.SizeBytes),
                    Rows = delivery.New + delivery.Changed + delivery.Quarantined,
                    Metrics = metrics,
                };
            }),
        ];
    }

    private LineageDataset Output(OutboxEntry delivery, Feed? feed) => world.TableOf(delivery.Table) with
    {
        Fields = feed?.Accept(new FieldsOfFeed()) ?? [],
        Version = delivery.Id.ToString(System.Globalization.CultureInfo.InvariantCulture),
        Rows = delivery.New + delivery.Changed,
        Origins = delivery.Table == CurveTables.Observation.Name
            ? [.. CurveTables.Observation.Columns.Select(c => new ColumnOrigin(c.Name, Landing, c.Name))]
            : [],
    };

    /// <summary>What was read of workbooks: merged quotes are those of a branch that passed, column by column.</summary>
    private LineageDataset Landing => world.TableOf(CurveTables.Landing.Name);

    /// <summary>The columns of a feed's rows.</summary>
    private sealed class FieldsOfFeed : IFeedVisitor<IReadOnlyList<LineageField>>
    {
        public IReadOnlyList<LineageField> Visit<TRow>(Feed<TRow> feed)
            where TRow : struct =>
        [
            .. feed.Table.Columns.Select(static c => new LineageField(
                c.Name,
                c switch
                {
                    NumberColumn<TRow> => "number",
                    InstantColumn<TRow> => "instant",
                    _ => "text",
                },
                c.Role == ColumnRole.Key ? "part of the key" : null)),
        ];
    }

    /// <summary>Counts and sums one column.</summary>
    private sealed class ColumnMeasure(ResultKind kind)
    {
        private long _count;
        private long _nulls;
        private double _sum;
        private double _min = double.PositiveInfinity;
        private double _max = double.NegativeInfinity;

        public ColumnMetrics Metrics => _min <= _max
            ? new ColumnMetrics(_count, _nulls, _min, _max, _sum)
            : new ColumnMetrics(_count, _nulls);

        public void Add(RowReader rows, int column)
        {
            for (var row = 0; row < rows.Count; row++)
            {
                if (rows.IsNull(column, row))
                {
                    _nulls++;
                    continue;
                }

                _count++;
                if (kind == ResultKind.Number && rows.Number(column, row) is var value && double.IsFinite(value))
                {
                    _sum += value;
                    _min = Math.Min(_min, value);
                    _max = Math.Max(_max, value);
                }
            }
        }
    }
}
