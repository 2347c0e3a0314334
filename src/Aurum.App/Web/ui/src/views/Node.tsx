import { useMemo } from "preact/hooks";
import { getAllRows, getRows, urlOf } from "../api/client";
import type { LmpRow, LocationRow } from "../api/types";
import { spikesAbove } from "../charts/spans";
import { useData } from "../data";
import { useCommits, useNow } from "../live";
import { marketOf, shortName } from "../markets";
import { words } from "../numbers";
import { Choices } from "../parts/controls";
import { Icon } from "../parts/Icon";
import { PeriodBar } from "../parts/PeriodBar";
import { Empty, Show } from "../parts/states";
import { byFeed, mainFeed, revisionsOf, type FeedPrices } from "../prices";
import { linkTo, usePlace } from "../routing";
import { asOfText, useAsOf, useClock, zoneFor } from "../settings";
import { isoText, parseInstant } from "../time";
import { ComponentChart, PriceChart } from "./NodeCharts";
import { NodeFacts } from "./NodeFacts";
import { NodeTable } from "./NodeTable";
import { Revisions } from "./Revisions";
import { usePeriod } from "./period";

/** One place: its price over time in both markets, what it is made of, and what was corrected afterwards. */
export function Node({ iso, location }: { iso: string; location: string }) {
  const market = marketOf(iso);
  const asOf = useAsOf();
  const ticking = useNow(60);
  const now = asOf ?? ticking;
  const zone = zoneFor(useClock(), market.zone);
  const period = usePeriod(now, market.zone, "2d");
  const filters = { iso, location, start: isoText(period.from), end: isoText(period.to), as_of: asOfText() };
  const commits = useCommits((feed) => feed.startsWith(`${iso.toLowerCase()}/`), asOf !== null, 5);
  const prices = useData(`node ${JSON.stringify(filters)}`, async (signal) => byFeed(await getAllRows<LmpRow>("/v1/iso/lmp", filters, signal)), commits);
  const versions = useData(`revisions ${JSON.stringify({ ...filters, as_of: null })}`,
    async (signal) => revisionsOf(await getAllRows<LmpRow>("/v1/iso/lmp/revisions", { ...filters, as_of: null }, signal, 20_000)), commits);
  const type = useData(`location ${iso} ${location}`, async (signal) =>
    (await getRows<LocationRow>("/v1/locations", { iso, q: location, limit: 50 }, signal)).find((l) => l.location_id === location) ?? null);
  const csv = urlOf("/v1/iso/lmp", { ...filters, format: "csv" });
  return (
    <>
      <div class="toolbar">
        <nav class="crumbs" aria-label="Where"><a href={linkTo("/prices", { iso })}>{iso}</a><span>/</span></nav>
        <h1 title={location}>{shortName(location)}</h1>
        {shortName(location) !== location && <span class="muted mono">{location}</span>}
        {type.data && <span class="tag">{words(type.data.location_type)}</span>}
        <span class="spring" />
        <PeriodBar period={period} marketZone={market.zone} zone={zone} />
        <a class="button" href={csv} download={`${iso}-${location}.csv`} title="All rows of this period as CSV"><Icon name="download" />CSV</a>
      </div>
      <Show loaded={prices} height={560} isEmpty={(feeds) => feeds.length === 0} empty={<NoPrices isPast={asOf !== null} location={location} />}>
        {(feeds) => <NodeContent feeds={feeds} versions={versions} period={period} zone={zone} now={now} />}
      </Show>
    </>
  );
}

function NoPrices({ isPast, location }: { isPast: boolean; location: string }) {
  return (
    <Empty title="No prices in this period">
      {isPast ? `At that time Aurum knew no prices of ${location} for these days. Choose a later as-of, or other days.`
        : `Nothing is stored for ${location} on these days. Go to earlier days, or see Data health for days that are missing.`}
    </Empty>
  );
}

function NodeContent({ feeds, versions, period, zone, now }: {
  feeds: FeedPrices[]; versions: ReturnType<typeof useData<ReturnType<typeof revisionsOf>>>; period: ReturnType<typeof usePeriod>; zone: string; now: number;
}) {
  const dayAhead = mainFeed(feeds, "DAY_AHEAD");
  const realTime = mainFeed(feeds, "REAL_TIME");
  const asked = usePlace().query.get("feed");
  const parts = feeds.find((f) => f.feed === asked) ?? realTime ?? dayAhead ?? feeds[0]!;
  const marks = useMemo(() => (versions.data ?? []).filter((r) => r.feed === parts.feed).map((r) => (r.from + r.to) / 2), [versions.data, parts.feed]);
  const isCut = usePlace().query.get("spikes") === "cut";
  const spikes = useMemo(() => {
    const found = spikesAbove([dayAhead?.spans ?? [], realTime?.spans ?? []], period.from, period.to);
    return found && { ...found, isCut };
  }, [dayAhead, realTime, period.from, period.to, isCut]);
  return (
    <div class="node">
      <div class="node-main">
        <section class="panel">
          <PriceChart feeds={feeds} dayAhead={dayAhead} realTime={realTime} period={period} zone={zone} now={now} marks={marks} spikes={spikes} />
        </section>
        <section class="panel">
          <div class="panel-head">
            <h2>Components</h2>
            <Choices label="Feed" name="feed" value={parts.feed} first={(realTime ?? dayAhead)?.feed} options={feeds.map((f) => [f.feed, feedName(f)] as const)} />
          </div>
          <ComponentChart prices={parts} period={period} zone={zone} now={now} spikes={spikes} />
        </section>
        <NodeTable prices={parts} revised={versions.data ?? []} dayAhead={dayAhead} zone={zone} />
      </div>
      <aside class="node-side">
        <NodeFacts dayAhead={dayAhead} realTime={realTime} zone={zone} now={now} />
        <Revisions loaded={versions} zone={zone} />
      </aside>
    </div>
  );
}

/** `Real-time`, and the rest of the feed's name where a market has several. */
export const feedName = (prices: FeedPrices): string => {
  const first = prices.rows[0];
  const minutes = first ? Math.round((parseInstant(first.interval_end_utc) - parseInstant(first.interval_start_utc)) / 60) : 0;
  const market = words(prices.market);
  if (minutes >= 60 && prices.market === "REAL_TIME") return `${market} hourly`;
  if (minutes === 0) return `${market} ${prices.feed.split("/")[1]!.replaceAll("-", " ")}`;
  return minutes < 60 && !/\d/.test(market) ? `${market} ${minutes} min` : market;
};
