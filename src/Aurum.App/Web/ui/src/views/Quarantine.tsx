import { useState } from "preact/hooks";
import type { QuarantineRow } from "../api/types";
import type { Loaded } from "../data";
import { Show } from "../parts/states";
import { setFilters } from "../routing";
import { zoneFor, type Clock } from "../settings";
import { dayClockText, parseInstant } from "../time";

const pageRows = 25;

const rowText = (row: unknown): string =>
  typeof row === "string" ? row : row && typeof row === "object"
    ? Object.entries(row).filter(([, v]) => v !== null && v !== "").map(([k, v]) => `${k} ${typeof v === "object" ? JSON.stringify(v) : v}`).join(" · ") : "";

/** Rows that a check turned away, with its reason. They are kept, not stored among the prices. */
export function Quarantine({ loaded, feed, clock }: { loaded: Loaded<QuarantineRow[]>; feed: string | null; clock: Clock }) {
  const [limit, setLimit] = useState(pageRows);
  return (
    <section class="panel" aria-label="Quarantine">
      <div class="panel-head">
        <h2>Quarantine</h2>
        {feed && <span class="muted mono">{feed}</span>}
        {feed && <button type="button" class="link" onClick={() => setFilters({ feed: null, day: null })}>All feeds</button>}
      </div>
      <Show loaded={loaded} height={120} isEmpty={(rows) => rows.length === 0}
        empty={<p class="muted panel-note">No row was turned away{feed ? " of this feed" : ""}. Every row that was read passed its checks.</p>}>
        {(rows) => (
          <>
            <div class="scroll">
              <table class="grid quarantine">
                <thead><tr><th>Feed</th><th>Day</th><th>Check</th><th>Reason</th><th>Row</th><th class="num">Known at</th></tr></thead>
                <tbody>
                  {rows.slice(0, limit).map((row, i) => (
                    <tr key={i}>
                      <th scope="row">{row.feed}</th><td class="muted">{row.day}</td><td class="muted">{row.expectation.replace(/^expect_/, "").replaceAll("_", " ")}</td>
                      <td>{row.reason}</td><td class="row-text" title={rowText(row.row)}>{rowText(row.row)}</td>
                      <td class="num muted">{dayClockText(parseInstant(row.known_at), zoneFor(clock, "UTC"))}</td>
                    </tr>
                  ))}
                </tbody>
              </table>
            </div>
            {rows.length > limit && <button type="button" class="button is-wide" onClick={() => setLimit(limit + 100)}>Show more</button>}
          </>
        )}
      </Show>
    </section>
  );
}
