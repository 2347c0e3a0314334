using System.Globalization;
using System.Text;
using Aurum.Market.Feeds;
using Aurum.Sources;

namespace Aurum.Benchmarks.Sources.Formats;

/// <summary>Rows a second of every wire format: the publishers' real parsers on answers of the sandbox, beside what people use
/// otherwise and beside a tokeniser alone.</summary>
/// <remarks>
/// <para>Budget: XML at least 3,000,000 rows per CPU-second or half of what the tokeniser alone reaches, JSON at least 2,000,000; what
/// a row more allocates, its place's share included, stands in bench/budgets.json.</para>
/// <para>Baselines read the cells into strings, numbers and objects and stop there: they make no rows, find no places, check no
/// times.</para>
/// </remarks>
public sealed class ParseFormats : IBenchmark
{
    private const int FewestNodes = 16;
    private const int SmallerBy = 8;
    private const int AllocationTries = 3;

    public string Name => "parse";

    public string Title => "Rows from every publisher's wire formats";

    public IReadOnlyList<BenchResult> Run(BenchOptions options)
    {
        var results = new List<BenchResult>();
        foreach (var format in WireFormats.Chosen(options))
        {
            results.AddRange(Measure(options, format));
        }

        return results;
    }

    private IEnumerable<BenchResult> Measure(BenchOptions options, WireFormat format)
    {
        var nodes = Math.Max(FewestNodes, options.Scaled(format.Nodes));
        var days = Math.Max(Math.Min(format.Days, 2), options.Scaled(format.Days));
        var sample = Sample(format, nodes, days);
        var few = Sample(format, nodes / SmallerBy, Math.Max(1, days / SmallerBy));
        var others = Others(format, sample);
        var measured = Race.Run(options, [new Contestant("Aurum", sample.Parse), .. others]);
        var bytes = sample.Bodies.Sum(body => body.Length);
        var input = string.Create(
            CultureInfo.InvariantCulture,
            $"{sample.Rows:N0} rows of {bytes / 1e6:N1} MB in {sample.Bodies.Count} files; "
            + $"{measured[0].ItemsPerCpuSecond * bytes / sample.Rows / 1e6:N0} MB a CPU-second; {format.Feed}");
        for (var i = 1; i < measured.Count; i++)
        {
            var part = i == 1 ? "" : measured[i].Name == "XDocument" ? "/dom" : "/tokeniser";
            yield return BenchResult.OfRates($"{Name}/{format.Name}{part}", "rows", measured[0], measured[i], input)
                with { AllocatedBytesPerItem = AllocatedByRow(sample, few) };
        }
    }

    private static Sample Sample(WireFormat format, int nodes, int days)
    {
        var files = new WireFiles(nodes).Of(format, days);
        return FeedCatalog.Find(new FeedId(format.Feed)).Accept(new SampleOf(files, Encoding.UTF8.GetBytes(format.RowMark)));
    }

    private static IEnumerable<Contestant> Others(WireFormat format, Sample sample)
    {
        Contestant Of(string name, Func<byte[], long> read) => new(name, () =>
        {
            foreach (var body in sample.Bodies)
            {
                read(body);
            }

            return sample.Rows;
        });

        return format.Kind switch
        {
            TextKind.Csv => [Of("CsvHelper", FormatReaders.Csv)],
            TextKind.Xml =>
            [
                Of("XmlReader", FormatReaders.Xml),
                Of("XDocument", FormatReaders.XmlTree),
                Of("Utf8XmlReader alone", FormatReaders.XmlTokens),
            ],
            _ => [Of("JsonSerializer", format.Deserialize!), Of("Utf8JsonReader alone", FormatReaders.JsonTokens)],
        };
    }

    /// <summary>What further rows allocate: a larger sample against a smaller one.</summary>
    private static double AllocatedByRow(Sample large, Sample small)
    {
        // The least of some tries: a collection in between may have emptied the pool of buffers.
        var bytes = Enumerable.Range(0, AllocationTries).Min(_ => Allocated(large) - Allocated(small));
        return Math.Max(0, Math.Round(bytes / (double)Math.Max(1, large.Rows - small.Rows), 4));
    }

    private static long Allocated(Sample sample)
    {
        sample.Parse();
        var before = GC.GetAllocatedBytesForCurrentThread();
        sample.Parse();
        return GC.GetAllocatedBytesForCurrentThread() - before;
    }

    /// <summary>Reads the files once to know what they hold.</summary>
    private sealed class SampleOf(IReadOnlyList<FeedFile> files, byte[] rowMark) : IFeedVisitor<Sample>
    {
        public Sample Visit<TRow>(Feed<TRow> feed)
            where TRow : struct
        {
            var output = new Count<TRow>();
            var bodies = files.Select(Bytes).ToList();
            var marked = rowMark.Length == 0 ? 0 : bodies.Sum(body => (long)body.AsSpan().Count(rowMark));
            long Parse()
            {
                var before = output.Rows;
                foreach (var file in files)
                {
                    var result = feed.Parse(file, output);
                    if (result.Outcome is not (Outcome.Data or Outcome.ProvenEmpty))
                    {
                        throw new InvalidDataException($"{feed.Id}: {result.Why}");
                    }
                }

                return marked > 0 ? marked : output.Rows - before;
            }

            var rows = Parse();
            return output.Rows > 0 ? new Sample(bodies, rows, Parse) : throw new InvalidDataException($"{feed.Id}: the sample has no rows");
        }

        private static byte[] Bytes(FeedFile file)
        {
            using var content = file.Open();
            using var bytes = new MemoryStream();
            content.CopyTo(bytes);
            return bytes.ToArray();
        }
    }

    private sealed class Count<TRow> : IRowOutput<TRow>
        where TRow : struct
    {
        public long Rows { get; private set; }

        public void OnRows(ReadOnlySpan<TRow> rows) => Rows += rows.Length;
    }
}

/// <summary>Files of one form.</summary>
/// <param name="Bodies">Their bytes.</param>
/// <param name="Rows">Rows in all of them.</param>
/// <param name="Parse">Reads all of them with the feed's parser and returns their rows.</param>
internal sealed record Sample(IReadOnlyList<byte[]> Bodies, long Rows, Func<long> Parse);
