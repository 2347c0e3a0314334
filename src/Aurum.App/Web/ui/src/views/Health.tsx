import { useMemo } from "preact/hooks";
import { getAllRows, getRows } from "../api/client";
import type { FeedRow, GapRow, Outcome, QuarantineRow } from "../api/types";
import { useFeeds } from "../collected";
import { useData } from "../data";
import { useCommits, useNews, useNow } from "../live";
import { shortText, wholeText, words } from "../numbers";
import { Choices } from "../parts/controls";
import { Empty, Show } from "../parts/states";
import { usePlace } from "../routing";
import { useAsOf, useClock } from "../settings";
import { dateText, day } from "../time";
import { DayDetails } from "./DayDetails";
import { FeedTable } from "./FeedTable";
import { Quarantine } from "./Quarantine";

const spans: readonly (readonly [string, string])[] = [["14", "14 days"], ["30", "30 days"], ["90", "90 days"]];

export const outcomes: readonly Outcome[] = ["Data", "ProvenEmpty", "NotYetPublished", "Throttled", "Unavailable", "Malformed"];

export const isSettled = (outcome: Outcome | null | undefined): boolean => outcome === "Data" || outcome === "ProvenEmpty";

/** A day that should have data and has none. */
export const isOpen = (gap: GapRow | undefined): boolean =>
  gap !== undefined && gap.outcome !== null && !isSettled(gap.outcome) && gap.outcome !== "NotYetPublished";

export const outcomeClass = (outcome: Outcome | null | undefined): string => `outcome-${(outcome ?? "none").toLowerCase()}`;

/** Whether every feed is where it should be: freshness, the outcome of every day, and rows that were turned away. */
export function Health() {
  const { query } = usePlace();
  const now = useNow(30);
  const asOf = useAsOf();
  const clock = useClock();
  const commits = useCommits(() => true, false, 4);
  const days = spans.some(([d]) => d === query.get("days")) ? Number(query.get("days")) : 30;
  const chosen = query.get("feed");
  const publisher = query.get("publisher") ?? "all";
  const to = dateText((asOf ?? now) + day, "UTC");
  const from = dateText((asOf ?? now) - (days - 2) * day, "UTC");
  const loaded = useFeeds(commits);
  const feeds = { ...loaded, data: loaded.data?.filter((f) => f.collected || f.last_tried_utc !== null) ?? null };
  const gaps = useData(`gaps ${from} ${to}`, (signal) => getAllRows<GapRow>("/v1/gaps", { from, to, all: true }, signal), commits);
  const rejected = useData(`quarantine ${chosen}`,
    (signal) => getRows<QuarantineRow>("/v1/quarantine", { feed: chosen, limit: 200 }, signal), commits);
  const publishers = [...new Set((feeds.data ?? []).map((f) => f.id.split("/")[0]!))].sort();
  const shown = (feeds.data ?? []).filter((f) => publisher === "all" || f.id.startsWith(`${publisher}/`));
  const byDay = useMemo(() => new Map((gaps.data ?? []).map((g) => [`${g.feed} ${g.day}`, g])), [gaps.data]);
  return (
    <>
      <div class="toolbar">
        <h1>Data health</h1>
        <Choices label="Publisher" name="publisher" value={publisher} first="all" options={[["all", "All"], ...publishers.map((p) => [p, p.toUpperCase()] as const)]} />
        <Choices label="Days" name="days" value={String(days)} first="30" options={spans} />
        <span class="spring" />
        <div class="legend"><span class="legend-item"><i class="cell outcome-data is-part" />Data so far</span>{outcomes.map((o) => <span key={o} class="legend-item"><i class={`cell ${outcomeClass(o)}`} />{words(o)}</span>)}</div>
      </div>
      <Totals feeds={feeds.data ?? []} gaps={gaps.data ?? []} />
      <Show loaded={feeds} height={420} isEmpty={(all) => all.length === 0} empty={<Empty title="No feeds">This Aurum was started without feeds.</Empty>}>
        {(all) => (
          <div class={chosen ? "with-drawer" : ""}>
            <FeedTable feeds={shown} byDay={byDay} isLoading={gaps.data === null} from={from} to={to} now={asOf ?? now} isNarrow={chosen !== null} />
            {chosen && <DayDetails feed={all.find((f) => f.id === chosen)} id={chosen} day={query.get("day")} byDay={byDay} now={now} clock={clock} />}
          </div>
        )}
      </Show>
      <Quarantine loaded={rejected} feed={chosen} clock={clock} />
    </>
  );
}

function Totals({ feeds, gaps }: { feeds: FeedRow[]; gaps: GapRow[] }) {
  const { status } = useNews();
  const open = gaps.filter(isOpen).length;
  const good = feeds.filter((f) => isSettled(f.last_outcome) || f.last_outcome === "NotYetPublished").length;
  const figures: readonly (readonly [string, string, string])[] = [
    ["Feeds in order", feeds.length === 0 ? "–" : `${good} of ${feeds.length}`, ""],
    ["Open gaps in these days", wholeText(open), open > 0 ? "is-warn" : ""],
    ["Rows stored", shortText(status?.rows_total), ""],
    ["Files archived", shortText(status?.files_total), ""],
    ...(status?.lake ? [["Deliveries not in the lake", wholeText(Math.max(0, ...status.lake.map((l) => l.deliveries))), ""] as const] : []),
    ["Rows in quarantine", wholeText(status?.quarantined_total), (status?.quarantined_total ?? 0) > 0 ? "is-warn" : ""],
  ];
  return (
    <dl class="totals">
      {figures.map(([name, value, tone]) => <div key={name} class="panel"><dt>{name}</dt><dd class={tone}>{value}</dd></div>)}
    </dl>
  );
}
