import { useState } from "preact/hooks";
import { getAllRows } from "../api/client";
import type { LatestRow } from "../api/types";
import { useMarkets } from "../collected";
import { useData } from "../data";
import { useCommits, useNow } from "../live";
import { marketOf, type Market } from "../markets";
import { direction } from "../numbers";
import { Choices } from "../parts/controls";
import { Empty, Loading, Show } from "../parts/states";
import { quotesOf, type Quote } from "../prices";
import { linkTo, usePlace } from "../routing";
import { asOfText, useAsOf, useClock, zoneFor } from "../settings";
import { PriceHead } from "./PriceHead";
import { PriceTable } from "./PriceTable";

const kinds: readonly (readonly [string, string])[] = [["hubs", "Hubs and zones"], ["nodes", "Nodes"]];

/** Latest prices of every market, side by side. */
export function Prices() {
  const { query } = usePlace();
  const iso = query.get("iso") ?? "all";
  const kind = query.get("kind") ?? "hubs";
  const only = query.get("only") ?? "all";
  const markets = useMarkets("iso_lmp");
  const shown = iso === "all" ? (markets ?? []) : [marketOf(iso)];
  return (
    <>
      <div class="toolbar">
        <h1>Prices</h1>
        <Choices label="Market" name="iso" value={iso} first="all" options={[["all", "All markets"], ...(markets ?? []).map((m) => [m.code, m.code] as const)]} />
        <Choices label="Places" name="kind" value={kind} first="hubs" options={kinds} />
        <Choices label="Prices" name="only" value={only} first="all" options={[["all", "All prices"], ["negative", "Negative"]]} />
      </div>
      {markets === null && iso === "all" && <Loading height={480} />}
      {markets?.length === 0 && <Empty title="No prices are collected">No publisher of prices is switched on. <code>aurum up --publishers</code> names those to collect.</Empty>}
      <div class={shown.length === 1 ? "panels panels-one" : "panels"}>
        {shown.map((market) => (
          <MarketPanel key={market.code} market={market} kind={kind} only={only} isWide={shown.length === 1} maxPlaces={shown.length > fullPanels ? shortPanel : null} />
        ))}
      </div>
    </>
  );
}

/** So many markets are shown with all their places; of more, each shows its first ones. */
const fullPanels = 3;
const shortPanel = 8;

const isNode = (quote: Quote): boolean => quote.type === "NODE" || quote.type === "RESOURCE" || quote.type === "OTHER";

const isNegative = (quote: Quote): boolean => direction(quote.realTime?.lmp) === "down" || direction(quote.dayAhead?.lmp) === "down";

function MarketPanel({ market, kind, only, isWide, maxPlaces }: { market: Market; kind: string; only: string; isWide: boolean; maxPlaces: number | null }) {
  const asOf = useAsOf();
  const now = useNow(30);
  const zone = zoneFor(useClock(), market.zone);
  const feeds = `${market.code.toLowerCase()}/`;
  const commits = useCommits((feed) => feed.startsWith(feeds), asOf !== null);
  const [pointed, setPointed] = useState<string | null>(null);
  const latest = useData(`latest ${market.code} ${asOf}`,
    (signal) => getAllRows<LatestRow>("/v1/iso/lmp/latest", { iso: market.code, as_of: asOfText() }, signal), commits);
  const all = latest.data ? quotesOf(latest.data) : [];
  const quotes = all.filter((q) => isNode(q) === (kind === "nodes") && (only === "all" || isNegative(q)));
  const reference = market.reference.map((id) => all.find((q) => q.id === id)).find((q) => q) ?? all[0];
  const headed = all.find((q) => q.id === pointed) ?? reference;
  return (
    <section class="panel" aria-label={`${market.code} prices`} data-iso={market.code}>
      <div class="panel-head">
        <h2>{market.code}</h2><span class="muted">{market.name}</span><span class="spring" />
        <span class="muted">{(headed?.realTime ?? headed?.dayAhead)?.unit}</span>
      </div>
      <Show loaded={latest} height={480} isEmpty={() => all.length === 0} empty={<NoPrices market={market} isPast={asOf !== null} />}>
        {() => (
          <>
            {headed && <PriceHead market={market} quote={headed} zone={zone} now={asOf ?? now} fresh={commits} isWide={isWide} />}
            {quotes.length === 0
              ? <NoQuotes isNegative={only === "negative"} kind={kind} market={market} />
              : <PriceTable market={market} quotes={maxPlaces ? quotes.slice(0, maxPlaces) : quotes} zone={zone} now={asOf ?? now} isWide={isWide} point={setPointed} pointed={headed?.id ?? null} />}
            {maxPlaces && quotes.length > maxPlaces && <a class="button is-wide" href={linkTo("/prices", { iso: market.code, kind: kind === "hubs" ? null : kind, only: only === "all" ? null : only })}>All {quotes.length} places of {market.code}</a>}
          </>
        )}
      </Show>
    </section>
  );
}

function NoQuotes({ isNegative, kind, market }: { isNegative: boolean; kind: string; market: Market }) {
  if (isNegative) return <Empty title="No negative prices">Nothing is below zero now. Choose All prices to see the others.</Empty>;
  return kind === "nodes"
    ? <Empty title="No nodes">What is stored of {market.code} covers hubs and zones only.</Empty>
    : <Empty title="No hubs and zones">What is stored of {market.code} covers nodes only.</Empty>;
}

function NoPrices({ market, isPast }: { market: Market; isPast: boolean }) {
  return isPast
    ? <Empty title="Nothing was known yet">Aurum had no prices of {market.code} at that time. Choose a later as-of.</Empty>
    : <Empty title="No prices yet">They appear here as soon as the first file is stored. <a href={linkTo("/health-data")}>Data health</a> shows what is being fetched; <code>aurum fetch {market.code.toLowerCase()}/day-ahead-lmp</code> asks for a day at once.</Empty>;
}
