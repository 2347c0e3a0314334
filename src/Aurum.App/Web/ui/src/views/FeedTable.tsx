import type { FeedRow, GapRow } from "../api/types";
import { wholeText, words } from "../numbers";
import { setFilters, usePlace } from "../routing";
import { dateText, day, dayText, minute, parseInstant, spanText } from "../time";
import { isOpen, outcomeClass } from "./Health";

/** All dates from the first to the last, both included, as `2025-07-10`. */
export function datesBetween(from: string, to: string): string[] {
  const dates: string[] = [];
  for (let t = Date.parse(`${from}T00:00Z`); t <= Date.parse(`${to}T00:00Z`); t += day * 1000) dates.push(new Date(t).toISOString().slice(0, 10));
  return dates;
}

const monthNames = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

const isoWeekStart = (date: string): boolean => new Date(`${date}T00:00Z`).getUTCDay() === 1;

/** One row a feed: how far it is, how it went last, and the outcome of each day. A day opens its details. */
export function FeedTable({ feeds, byDay, isLoading, from, to, now, isNarrow }: {
  feeds: FeedRow[]; byDay: ReadonlyMap<string, GapRow>; isLoading: boolean; from: string; to: string; now: number; isNarrow: boolean;
}) {
  const dates = datesBetween(from, to);
  const { query } = usePlace();
  const pick = (event: MouseEvent | KeyboardEvent) => {
    const cell = (event.target as Element).closest<HTMLElement>("[data-day]");
    if (cell) setFilters({ feed: cell.dataset["feed"]!, day: cell.dataset["day"]! }, query.has("feed"));
  };
  return (
    <section class="panel" aria-label="Feeds">
      <div class="scroll">
        <table class="grid feeds" onClick={pick}>
          <thead>
            <tr>
              <th>Feed</th><th class="num" title="Every day up to this one is proven">Complete to</th><th class="num" title="Since an answer last brought data, or the word that there is none">Age</th>
              <th>Last answer</th>{!isNarrow && <th class="num" title="Rows of the day that was asked for last">Rows</th>}<th class="num" title="Days of this calendar that ended without data">Gaps</th>
              <th class="days-head"><div class="days">{dates.map((d) => <i key={d} class={isoWeekStart(d) ? "tick" : ""}>{isoWeekStart(d) ? `${Number(d.slice(8))} ${monthNames[Number(d.slice(5, 7)) - 1]}` : ""}</i>)}</div></th>
            </tr>
          </thead>
          <tbody>{feeds.map((feed) => <Feed key={feed.id} feed={feed} dates={dates} byDay={byDay} isLoading={isLoading} now={now} isNarrow={isNarrow} chosen={query.get("feed") === feed.id ? query.get("day") : null} />)}</tbody>
        </table>
      </div>
    </section>
  );
}

function Feed({ feed, dates, byDay, isLoading, now, isNarrow, chosen }: {
  feed: FeedRow; dates: string[]; byDay: ReadonlyMap<string, GapRow>; isLoading: boolean; now: number; isNarrow: boolean; chosen: string | null;
}) {
  const today = dateText(now, feed.zone);
  const gapOf = (date: string) => byDay.get(`${feed.id} ${date}`);
  const gaps = dates.filter((date) => isOpen(gapOf(date))).length;
  const isOld = (feed.freshness_minutes ?? 0) > 36 * 60;
  return (
    <tr data-feed={feed.id}>
      <th scope="row"><a href={`/health-data?feed=${encodeURIComponent(feed.id)}`} title={feed.title} onClick={(e) => { e.preventDefault(); setFilters({ feed: feed.id, day: null }); }}>{feed.id}</a></th>
      <td class="num muted">{feed.watermark ? dayText(parseInstant(feed.watermark.slice(0, 10)), "UTC") : "–"}</td>
      <td class={isOld ? "num is-late" : "num"}>{feed.freshness_minutes === null ? "–" : spanText(feed.freshness_minutes * minute)}</td>
      <td>
        {feed.last_outcome ? <span class="answer"><i class={`cell ${outcomeClass(feed.last_outcome)}`} />{words(feed.last_outcome)}</span> : <span class="muted">Not asked yet</span>}
        {feed.last_tried_utc && <span class="muted"> {spanText(now - parseInstant(feed.last_tried_utc))}</span>}
      </td>
      {!isNarrow && <td class="num">{wholeText(feed.last_rows)}</td>}
      <td class={gaps > 0 ? "num is-late" : "num muted"}>{gaps}</td>
      <td class="days-cell">
        <div class={isLoading ? "days is-loading" : "days"}>
          {dates.map((date) => <Day key={date} feed={feed.id} date={date} gap={gapOf(date)} isToday={date === today} isChosen={chosen === date} />)}
        </div>
      </td>
    </tr>
  );
}

function Day({ feed, date, gap, isToday, isChosen }: { feed: string; date: string; gap: GapRow | undefined; isToday: boolean; isChosen: boolean }) {
  const text = `${date}: ${gap?.outcome ? words(gap.outcome) : "not asked"}${gap?.rows ? `, ${wholeText(gap.rows)} rows` : ""}`;
  const isPart = gap?.outcome === "Data" && !gap.complete;
  return (
    <button type="button" tabIndex={-1} data-feed={feed} data-day={date} title={text} aria-label={`${feed} ${text}`}
      class={`cell ${outcomeClass(gap?.outcome)}${isPart ? " is-part" : ""}${isToday ? " is-today" : ""}${isChosen ? " is-chosen" : ""}`} />
  );
}
