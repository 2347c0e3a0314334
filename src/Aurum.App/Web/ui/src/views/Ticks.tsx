import { useMemo, useState } from "preact/hooks";
import { getJson } from "../api/client";
import type { TickStatus } from "../api/types";
import { useData } from "../data";
import { useNow } from "../live";
import { shortText, wholeText } from "../numbers";
import { Empty, Loading, Show } from "../parts/states";
import { usePlace } from "../routing";
import { useAsOf, useClock, zoneFor } from "../settings";
import { lagText, type Quote } from "../ticks";
import { day } from "../time";
import { mostNamed, usePrices, type Flow } from "../tickstream";
import { DeadLetters } from "./DeadLetters";
import { TickBars } from "./TickBars";
import { TickTable } from "./TickTable";

/** Real-time prices as they come in, the bars that they make, and what did not become a price. */
export function Ticks() {
  return useAsOf() === null
    ? <Live />
    : <Empty title="This view shows now">Real-time prices are not shown as of the past here. <code>/v1/bars?as_of=…</code> has the bars as they were known then.</Empty>;
}

const flows: Record<Flow, string> = { connecting: "Connecting", live: "Each change", sampled: "Once a second", lost: "Connection lost, trying again" };

function Live() {
  const { query } = usePlace();
  const tenant = query.get("tenant");
  const find = (query.get("find") ?? "").toLowerCase();
  const now = useNow(1);
  const status = useData("tick status", (signal) => getJson<{ data: TickStatus }>("/v1/ticks/status", signal).then((a) => a.data), Math.floor(now / 2));
  const [shown, setShown] = useState<readonly string[]>([]);
  const { quotes, flow } = usePrices(tenant, shown);
  const found = useMemo(() => chosen(quotes, find), [quotes, find]);
  const named = quotes.size > mostNamed ? found.slice(0, mostNamed).map((q) => q.row.instrument_id) : [];
  if (named.join(" ") !== shown.join(" ")) setShown(named);
  const instrument = query.get("instrument") ?? found[0]?.row.instrument_id ?? null;
  const zone = zoneFor(useClock(), "UTC");
  return (
    <Show loaded={status} height={480}>
      {(all) => (
        <>
          <div class="toolbar">
            <h1>Real time</h1>
            {tenant && <span class="tag">{tenant}</span>}
            <span class="spring" />
            <span class={`muted flow-${flow}`} data-flow={flow} title="How prices reach this page">{flows[flow]}</span>
          </div>
          <Service status={all} />
          {quotes.size === 0
            ? (all.received === 0 || flow === "connecting" ? <NoTicks isWaiting={all.received > 0} /> : <Empty title={`No prices of ${tenant ?? "default"}`}>What came in is another tenant's, or was no price.</Empty>)
            : (
              <div class="ticks">
                <TickTable quotes={found} total={quotes.size} now={now} chosen={instrument} />
                <div class="ticks-main">
                  {instrument && <TickBars key={`${tenant} ${instrument}`} tenant={tenant} instrument={instrument} quote={quotes.get(instrument) ?? null} zone={zone} />}
                </div>
              </div>
            )}
          {all.received > 0 && <DeadLetters count={all.dead_lettered} zone={zone} />}
        </>
      )}
    </Show>
  );
}

const chosen = (quotes: ReadonlyMap<string, Quote>, find: string): Quote[] =>
  [...quotes.values()].filter((q) => `${q.row.instrument_id} ${q.row.market} ${q.row.source}`.toLowerCase().includes(find))
    .sort((a, b) => (a.row.instrument_id < b.row.instrument_id ? -1 : 1));

/** Throughput, lag, and where every message went. */
function Service({ status }: { status: TickStatus }) {
  const sum = status.accepted + status.duplicate + status.late_amended + status.dead_lettered;
  const isWhole = sum === status.received;
  const isHistory = (status.ingest_lag_seconds ?? 0) > day;
  const figures: readonly (readonly [string, string, string, string])[] = [
    ["Messages a second", shortText(Math.round(status.messages_per_second)), "", "Acknowledged, mean of the last ten seconds"],
    isHistory
      ? ["Lag", "history", "", "What came last was taken in by its connector more than a day ago"]
      : ["Lag", lagText(status.ingest_lag_seconds), (status.ingest_lag_seconds ?? 0) > 60 ? "is-warn" : "", "From when a connector took the newest message in to when it was on disk"],
    ["Newest event", status.newest_event === null ? "–" : `${lagText(status.event_lag_seconds)} ago`, "", status.newest_event ?? ""],
  ];
  const parts: readonly (readonly [string, number, string])[] = [
    ["accepted", status.accepted, ""], ["duplicate", status.duplicate, ""], ["late", status.late_amended, ""], ["dead letters", status.dead_lettered, status.dead_lettered > 0 ? "is-warn" : ""],
  ];
  return (
    <>
      {status.state !== "Running" && (
        <div class="notice notice-bad" role="alert"><strong>{status.state === "Waiting" ? "The journal cannot be written" : "Real-time prices are not taken in"}</strong><p>{status.reason}</p></div>
      )}
      <dl class="totals tick-totals">
        {figures.map(([name, value, tone, title]) => <div key={name} class="panel" title={title}><dt>{name}</dt><dd class={tone}>{value}</dd></div>)}
        <div class="panel conservation" aria-label="Messages">
          <dt>{isWhole ? "Every message is accounted for" : `${wholeText(status.received - sum)} messages are not accounted for`}</dt>
          <dd class={isWhole ? "" : "down"}>
            {wholeText(status.received)} <span class="muted">=</span>
            {parts.map(([name, count, tone], i) => <span key={name} class="part">{i > 0 && <span class="muted">+ </span>}<span class={tone}>{wholeText(count)}</span> <small>{name}</small></span>)}
          </dd>
        </div>
      </dl>
    </>
  );
}

function NoTicks({ isWaiting }: { isWaiting: boolean }) {
  if (isWaiting) return <Loading height={360} />;
  return (
    <Empty title="No real-time prices yet">
      Send messages with <code>aurum ticks send FILE</code> or to <code>POST /v1/ticks</code>. To see the page live now, let a made-up source run: <code>aurum ticks generate --live --every 0.1 --instruments 12 | aurum ticks send -</code>
    </Empty>
  );
}
