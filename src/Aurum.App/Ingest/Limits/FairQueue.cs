using Aurum.Market.Feeds;

namespace Aurum.App.Ingest.Limits;

/// <summary>Requests that wait for one site. While both live and backfill wait, each gets its share of the turns; among the datasets of
/// each, turns go by weight; within a dataset, first come, first served. Nobody waits for ever, and nobody saves up turns.</summary>
/// <remarks>Self-clocked fair queueing: the next turn goes to the one whose turn would end first, where a turn lasts one over the
/// weight. Not safe for several threads by itself; <see cref="SiteGate"/> locks.</remarks>
/// <param name="liveShare">Share of turns that live collection gets while backfill waits too, above 0 and below 1.</param>
internal sealed class FairQueue(double liveShare)
{
    private readonly Lane _live = new(liveShare);
    private readonly Lane _backfill = new(1 - liveShare);
    private double _clock;

    /// <summary>Requests that wait.</summary>
    public int Count => _live.Waiting + _backfill.Waiting;

    /// <param name="feed">Dataset.</param>
    /// <param name="weight">Its weight among the datasets; above 0.</param>
    /// <param name="isLive">Whether it is of live collection.</param>
    public Place Join(FeedId feed, double weight, bool isLive)
    {
        var lane = isLive ? _live : _backfill;
        if (lane.Waiting == 0)
        {
            lane.Passed = Math.Max(lane.Passed, _clock);
        }

        return lane.Join(feed, weight);
    }

    public static void Leave(Place place) => place.Lane.Leave(place);

    /// <summary>Whose turn it is among those that may go; null where none may.</summary>
    public Place? Next(Func<FeedId, bool> mayGo)
    {
        var (live, backfill) = (_live.Next(mayGo), _backfill.Next(mayGo));
        return live is null || (backfill is not null && _backfill.End < _live.End) ? backfill : live;
    }

    /// <summary>The place had its turn. Those that could not go meanwhile keep at most one turn.</summary>
    public void Served(Place place)
    {
        place.Lane.Served(place);
        _clock = Math.Max(_clock, place.Lane.Passed);
        _live.Passed = Math.Max(_live.Passed, _clock - (1 / _live.Weight));
        _backfill.Passed = Math.Max(_backfill.Passed, _clock - (1 / _backfill.Weight));
    }

    /// <summary>One request that waits.</summary>
    internal sealed class Place(Lane lane, Flow flow)
    {
        public Lane Lane { get; } = lane;

        public Flow Flow { get; } = flow;

        public FeedId Feed => Flow.Feed;

        /// <summary>Whether it is the first of its dataset.</summary>
        public bool IsFirst => ReferenceEquals(Flow.Places.First?.Value, this);
    }

    /// <summary>The requests of a dataset.</summary>
    internal sealed class Flow(FeedId feed)
    {
        public FeedId Feed { get; } = feed;

        public LinkedList<Place> Places { get; } = [];

        public double Weight { get; set; } = 1;

        public double Passed { get; set; }

        /// <summary>When its next turn would end.</summary>
        public double End => Passed + (1 / Weight);
    }

    /// <summary>Live, or backfill.</summary>
    internal sealed class Lane(double weight)
    {
        private readonly Dictionary<FeedId, Flow> _flows = [];
        private double _clock;

        public double Weight => weight;

        public double Passed { get; set; }

        public int Waiting { get; private set; }

        public double End => Passed + (1 / weight);

        public Place Join(FeedId feed, double weightOfFeed)
        {
            if (!_flows.TryGetValue(feed, out var flow))
            {
                _flows[feed] = flow = new Flow(feed);
            }

            if (flow.Places.Count == 0)
            {
                flow.Weight = weightOfFeed;
                flow.Passed = Math.Max(flow.Passed, _clock);
            }

            var place = new Place(this, flow);
            flow.Places.AddLast(place);
            Waiting++;
            return place;
        }

        public void Leave(Place place)
        {
            if (place.Flow.Places.Remove(place))
            {
                Waiting--;
            }
        }

        public Place? Next(Func<FeedId, bool> mayGo)
        {
            Flow? best = null;
            foreach (var flow in _flows.Values)
            {
                if (flow.Places.Count > 0 && (best is null || flow.End < best.End) && mayGo(flow.Feed))
                {
                    best = flow;
                }
            }

            return best?.Places.First!.Value;
        }

        public void Served(Place place)
        {
            Passed += 1 / weight;
            place.Flow.Passed += 1 / place.Flow.Weight;
            _clock = Math.Max(_clock, place.Flow.Passed);
            foreach (var flow in _flows.Values)
            {
                flow.Passed = Math.Max(flow.Passed, _clock - (1 / flow.Weight));
            }

            Leave(place);
        }
    }
}
