import { useEffect } from "preact/hooks";
import type { FeedRow, GapRow } from "../api/types";
import { wholeText, words } from "../numbers";
import { Icon } from "../parts/Icon";
import { setFilters } from "../routing";
import { zoneFor, type Clock } from "../settings";
import { day, dayClockText, fullText, parseInstant, spanText } from "../time";
import { isSettled, outcomeClass } from "./Health";

const advice: Record<string, string> = {
  NotYetPublished: "It is asked for again by itself once it should be out.",
  Throttled: "It is asked for again by itself when the publisher's limit allows.",
  Unavailable: "It is asked for again by itself, with growing pauses.",
  Malformed: "The file is in the archive and its rows were not stored. When the reader is mended, a replay reads it again.",
};

const moved = (date: string, by: number): string => new Date(Date.parse(`${date}T00:00Z`) + by * day * 1000).toISOString().slice(0, 10);

/** One feed, and one of its days: what was answered, why, and what happens next. */
export function DayDetails({ feed, id, day: date, byDay, now, clock }: {
  feed: FeedRow | undefined; id: string; day: string | null; byDay: ReadonlyMap<string, GapRow>; now: number; clock: Clock;
}) {
  const close = () => setFilters({ feed: null, day: null });
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (event.key === "Escape") close();
      if (date && event.key === "ArrowLeft") setFilters({ day: moved(date, -1) }, true);
      if (date && event.key === "ArrowRight") setFilters({ day: moved(date, 1) }, true);
    };
    addEventListener("keydown", onKey);
    return () => removeEventListener("keydown", onKey);
  }, [date, id]);
  const gap = date ? byDay.get(`${id} ${date}`) : undefined;
  const zone = zoneFor(clock, feed?.zone ?? "UTC");
  return (
    <aside class="panel drawer" aria-label="Details">
      <div class="panel-head">
        <h2>{id}</h2><span class="spring" />
        <button type="button" class="button is-icon" aria-label="Close" title="Close (Esc)" onClick={close}><Icon name="close" /></button>
      </div>
      {feed && <p class="muted">{feed.title}</p>}
      {date && <DayFacts id={id} date={date} gap={gap} zone={zone} now={now} />}
      {feed && (
        <dl class="feed-facts">
          {(["source", "shape", "units", "time", "revisions"] as const).map((name) => feed.facts?.[name] && <div key={name}><dt>{words(name)}</dt><dd>{feed.facts[name]}</dd></div>)}
        </dl>
      )}
    </aside>
  );
}

function DayFacts({ id, date, gap, zone, now }: { id: string; date: string; gap: GapRow | undefined; zone: string; now: number }) {
  return (
    <section class="day-facts">
      <h3>
        <button type="button" class="link" aria-label="Day before" onClick={() => setFilters({ day: moved(date, -1) }, true)}><Icon name="left" /></button>
        {date}
        <button type="button" class="link" aria-label="Day after" onClick={() => setFilters({ day: moved(date, 1) }, true)}><Icon name="right" /></button>
      </h3>
      {gap?.outcome ? (
        <>
          <p class="answer"><i class={`cell ${outcomeClass(gap.outcome)}`} /><b>{words(gap.outcome)}</b>{gap.outcome === "Data" && (gap.complete ? ", complete" : ", more to come")}</p>
          {gap.why && <p class="why">{gap.why}</p>}
          <dl class="facts-list">
            <div><dt>Rows</dt><dd>{wholeText(gap.rows)}</dd></div>
            <div><dt>Attempts</dt><dd>{wholeText(gap.attempts)}</dd></div>
            {gap.last_tried_utc && <div><dt>Last asked</dt><dd title={fullText(parseInstant(gap.last_tried_utc), zone)}>{dayClockText(parseInstant(gap.last_tried_utc), zone)} <span class="muted">{spanText(now - parseInstant(gap.last_tried_utc))} ago</span></dd></div>}
          </dl>
          {!isSettled(gap.outcome) && <p class="muted">{advice[gap.outcome] ?? ""} To ask now: <code>aurum fetch {id} --day {date}</code></p>}
        </>
      ) : <p class="muted">This day was not asked for. To ask now: <code>aurum fetch {id} --day {date}</code></p>}
    </section>
  );
}
