using System.Collections.Concurrent;
using System.Globalization;
using Aurum.Market.Feeds;
using Aurum.Sandbox.Aeso;
using Aurum.Sandbox.Caiso;
using Aurum.Sandbox.Ecb;
using Aurum.Sandbox.Eia;
using Aurum.Sandbox.Ercot;
using Aurum.Sandbox.Faults;
using Aurum.Sandbox.Fred;
using Aurum.Sandbox.Ieso;
using Aurum.Sandbox.Isone;
using Aurum.Sandbox.Miso;
using Aurum.Sandbox.Noaa;
using Aurum.Sandbox.Nyiso;
using Aurum.Sandbox.Pjm;
using Aurum.Sandbox.Publishing;
using Aurum.Sandbox.Spp;
using Aurum.Sandbox.Truths;
using Aurum.Sandbox.WorldBank;
using Aurum.Sandbox.Worlds;
using NodaTime;

namespace Aurum.Sandbox.Hosting;

/// <summary>All publishers of one world, the faults they give, and the record of those. What both hosts serve.</summary>
public sealed class SandboxNetwork
{
    private readonly ConcurrentDictionary<string, Counter> _attempts = new();
    private readonly ConcurrentDictionary<string, Counter> _requests = new();

    public SandboxNetwork(World world, FaultPlan? faults = null)
        : this(
            world,
            [
                new CaisoPublisher(world), new EiaPublisher(world), new NyisoPublisher(world), new ErcotPublisher(world),
                new PjmPublisher(world),
                new IesoPublisher(world), new MisoPublisher(world), new SppPublisher(world), new FredPublisher(world),
                new NoaaPublisher(world), new WorldBankPublisher(world), new EcbPublisher(world),
                new AesoPublisher(world), new IsonePublisher(world),
            ],
            TruthSources.Of(world),
            faults)
    {
    }

    /// <summary>A network of some publishers alone.</summary>
    internal SandboxNetwork(
        World world, IReadOnlyList<SandboxPublisher> publishers, IEnumerable<TruthSource> truth, FaultPlan? faults = null)
    {
        World = world;
        Faults = faults ?? FaultPlan.None;
        Truth = new Truth(world, truth);
        Publishers = publishers;
    }

    public World World { get; }

    public FaultPlan Faults { get; }

    /// <summary>What a perfect client would have.</summary>
    public Truth Truth { get; }

    public FaultLog Log { get; } = new();

    public IReadOnlyList<SandboxPublisher> Publishers { get; }

    public SandboxPublisher Publisher(string name) =>
        Publishers.FirstOrDefault(p => p.Name == name)
        ?? throw new ArgumentException(
            $"the sandbox has no publisher '{name}'; it has {string.Join(", ", Publishers.Select(p => p.Name))}", nameof(name));

    /// <summary>Requests that a publisher has had so far.</summary>
    public int RequestsTo(string publisher) => _requests.TryGetValue(publisher, out var counter) ? counter.Value : 0;

    /// <summary>Forgets which requests have come and which faults were given, so that months of them take no memory. A request that
    /// comes again counts as a first one then.</summary>
    public void Forget()
    {
        _attempts.Clear();
        Log.Forget();
    }

    /// <summary>Base address of a site inside the process: a made-up host name that only <see cref="SandboxHandler"/> knows, with the
    /// path of the publisher's own base address.</summary>
    public static Uri BaseAddress(Site site) => BaseAddress(site, new Uri($"http://{PublisherOf(site)}.sandbox"));

    /// <summary>Base address of a site at a host that serves its publisher.</summary>
    public static Uri BaseAddress(Site site, Uri host) => new(host, site.BaseAddress.AbsolutePath.TrimEnd('/'));

    /// <summary>The publisher that a site belongs to: the first part of its name.</summary>
    public static string PublisherOf(Site site) => site.Name.Split('-')[0];

    /// <summary>Answers a request, with its fault where the plan has one.</summary>
    public SandboxResponse Answer(SandboxPublisher publisher, SandboxRequest request, Instant now)
    {
        if (SideDoor.Answer(publisher, request, now) is { } aside)
        {
            return Dated(aside, now);
        }

        var identity = $"{request.Method} {request.PathAndQuery}";
        var attempt = _attempts.GetOrAdd($"{publisher.Name} {identity}", static _ => new Counter()).Next();
        var number = _requests.GetOrAdd(publisher.Name, static _ => new Counter()).Next();
        if (Faults.Choose(publisher.Name, identity, attempt, number) is not { } fault)
        {
            return Dated(publisher.Answer(request, Moment.At(now)), now);
        }

        var (response, detail) = WithFault(publisher, request, now, fault);
        if (detail is not null)
        {
            Log.Add(new FaultRecord(publisher.Name, request.PathAndQuery, number, attempt, fault.Kind, now, detail));
        }

        return response;
    }

    /// <summary>The spoilt answer and what was done; the good one and null where the fault does not fit.</summary>
    private static (SandboxResponse Response, string? Detail) WithFault(
        SandboxPublisher publisher, SandboxRequest request, Instant now, Fault fault)
    {
        if (Breakage.Instead(fault) is { } instead)
        {
            return (Dated(instead, now), $"status {instead.Status}");
        }

        if (fault.Kind == FaultKind.ClockSkew)
        {
            var skewed = now + Duration.FromMinutes(Breakage.SkewMinutes);
            var answer = publisher.Answer(request, Moment.At(now) with { Stamp = skewed });
            return (Dated(answer, skewed), $"{Breakage.SkewMinutes} minutes ahead");
        }

        var tampering = Breakage.TouchesRows(fault.Kind) ? new Tampering(fault) : Tampering.None;
        var response = Dated(publisher.Answer(request, new Moment(now, now, tampering)), now);
        if (!tampering.IsNone)
        {
            return (response, tampering.Detail.Length > 0 ? tampering.Detail : null);
        }

        return Breakage.Spoil(response, fault, now) is { } spoilt ? (spoilt.Response, spoilt.Detail) : (response, null);
    }

    private static SandboxResponse Dated(SandboxResponse response, Instant now) =>
        response.With("Date", now.ToDateTimeOffset().ToString("r", CultureInfo.InvariantCulture));

    private sealed class Counter
    {
        private int _value;

        public int Value => Volatile.Read(ref _value);

        public int Next() => Interlocked.Increment(ref _value);
    }
}
