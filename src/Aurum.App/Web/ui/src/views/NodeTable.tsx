import { useState } from "preact/hooks";
import { spanAt } from "../charts/spans";
import { changeText, difference, direction, priceText, wholeText } from "../numbers";
import type { FeedPrices, Revision } from "../prices";
import { dayClockText, dayText, intervalText, parseInstant, zoneName } from "../time";
import { feedName } from "./Node";
import { components } from "./NodeCharts";

const pageRows = 48;

/** The rows behind the charts, newest first. */
export function NodeTable({ prices, dayAhead, revised, zone }: { prices: FeedPrices; dayAhead: FeedPrices | null; revised: Revision[]; zone: string }) {
  const [limit, setLimit] = useState(pageRows);
  const parts = components.filter((c) => prices.rows.some((row) => row[c.name] !== null));
  const changed = new Map(revised.filter((r) => r.feed === prices.feed).map((r) => [r.from, r]));
  const comparesDayAhead = dayAhead !== null && prices.market !== "DAY_AHEAD";
  const rows = [...prices.rows].reverse().slice(0, limit);
  const clocks = new Set([prices.rows[0], prices.rows.at(-1)].flatMap((row) => (row ? [zoneName(parseInstant(row.interval_start_utc), zone)] : [])));
  return (
    <section class="panel" aria-label="Rows">
      <div class="panel-head"><h2>{feedName(prices)} prices</h2><span class="muted mono">{prices.feed}</span><span class="spring" /><span class="muted">{wholeText(prices.rows.length)} intervals, {prices.rows[0]?.unit}</span></div>
      <div class="scroll">
        <table class="grid">
          <thead>
            <tr>
              <th>Interval {[...clocks].join(", ")}</th><th class="num">Price</th>
              {comparesDayAhead && <th class="num">RT−DA</th>}
              {parts.map((c) => <th key={c.name} class="num">{c.label}</th>)}
              <th class="num">Known at</th><th>Revision</th>
            </tr>
          </thead>
          <tbody>
            {rows.map((row) => {
              const start = parseInstant(row.interval_start_utc);
              const spread = comparesDayAhead ? difference(row.lmp, spanAt(dayAhead.spans, start)?.value) : null;
              const change = changed.get(start);
              return (
                <tr key={row.interval_start_utc} data-start={row.interval_start_utc}>
                  <th scope="row" class="time"><span class="muted">{dayText(start, zone)}</span> {intervalText(start, parseInstant(row.interval_end_utc), zone)}</th>
                  <td class="num price">{direction(row.lmp) === "down" ? <span class="negative">{priceText(row.lmp)}</span> : priceText(row.lmp)}</td>
                  {comparesDayAhead && <td class={`num ${direction(spread)}`}>{changeText(spread)}</td>}
                  {parts.map((c) => <td key={c.name} class="num muted">{priceText(row[c.name])}</td>)}
                  <td class="num muted">{dayClockText(parseInstant(row.known_at), zone)}</td>
                  <td>{change && change.value === row.lmp ? <span class="revised">was {priceText(change.old)}</span> : row.revision > 1 ? <span class="revised">{row.revision}</span> : ""}</td>
                </tr>
              );
            })}
          </tbody>
        </table>
      </div>
      {prices.rows.length > limit && <button type="button" class="button is-wide" onClick={() => setLimit(limit + 240)}>Show earlier intervals</button>}
    </section>
  );
}
