import { spanAt } from "../charts/spans";
import type { LmpRow } from "../api/types";
import { changeText, difference, direction, priceText } from "../numbers";
import { Swatch } from "../parts/controls";
import type { FeedPrices } from "../prices";
import { dayClockText, dayText, intervalText, parseInstant, zoneName } from "../time";
import { components } from "./NodeCharts";

interface Summary {
  mean: number;
  low: number;
  high: number;
  negative: number;
}

/** Mean over time (longer intervals weigh more), extremes, hours below zero. */
export function summaryOf(prices: FeedPrices | null): Summary | null {
  const known = prices?.spans.filter((s) => s.value !== null) ?? [];
  if (known.length === 0) return null;
  const weight = (s: { from: number; to: number }) => Math.max(1, s.to - s.from);
  const seconds = known.reduce((sum, s) => sum + weight(s), 0);
  return {
    mean: known.reduce((sum, s) => sum + s.value! * weight(s), 0) / seconds,
    low: Math.min(...known.map((s) => s.value!)),
    high: Math.max(...known.map((s) => s.value!)),
    negative: known.filter((s) => s.value! < 0).reduce((sum, s) => sum + weight(s), 0) / 3600,
  };
}

/** The last row that has begun. */
function present(prices: FeedPrices | null, now: number): LmpRow | null {
  const rows = prices?.rows ?? [];
  for (let i = rows.length - 1; i >= 0; i--) if (parseInstant(rows[i]!.interval_start_utc) <= now) return rows[i]!;
  return null;
}

/** The latest price in large, its parts, and the period in figures. */
export function NodeFacts({ dayAhead, realTime, zone, now }: { dayAhead: FeedPrices | null; realTime: FeedPrices | null; zone: string; now: number }) {
  const row = present(realTime, now) ?? present(dayAhead, now) ?? realTime?.rows.at(-1) ?? dayAhead?.rows.at(-1);
  if (!row) return null;
  const start = parseInstant(row.interval_start_utc);
  const isRealTime = row.iso_market === "REAL_TIME";
  const same = isRealTime ? spanAt(dayAhead?.spans ?? [], start)?.value : null;
  return (
    <section class="panel facts">
      <div class="facts-when"><Swatch color={isRealTime ? "--rt" : "--da"} kind="line" />{isRealTime ? "Real-time" : "Day-ahead"} {dayText(start, zone)} {intervalText(start, parseInstant(row.interval_end_utc), zone)} {zoneName(start, zone)}</div>
      <div class={`price-large ${direction(row.lmp) === "down" ? "is-negative" : ""}`} data-fact="price">{priceText(row.lmp)}<small>{row.unit}</small></div>
      <dl class="facts-list">
        {isRealTime && <Fact name="Day-ahead, same hour" color="--da" value={priceText(same)} />}
        {isRealTime && <Fact name="Real-time less day-ahead" value={changeText(difference(row.lmp, same))} tone={direction(difference(row.lmp, same))} />}
        {components.filter((c) => row[c.name] !== null).map((c) => <Fact key={c.name} name={c.label} color={c.color} value={priceText(row[c.name])} />)}
        <Fact name="Known at" value={`${dayClockText(parseInstant(row.known_at), zone)}`} />
      </dl>
      <Period dayAhead={summaryOf(dayAhead)} realTime={summaryOf(realTime)} />
    </section>
  );
}

function Fact({ name, value, color, tone }: { name: string; value: string; color?: string; tone?: string }) {
  return <div><dt>{color && <Swatch color={color} />}{name}</dt><dd class={tone}>{value}</dd></div>;
}

function Period({ dayAhead, realTime }: { dayAhead: Summary | null; realTime: Summary | null }) {
  const rows: readonly (readonly [string, (s: Summary) => string])[] = [
    ["Mean", (s) => priceText(s.mean)], ["Low", (s) => priceText(s.low)], ["High", (s) => priceText(s.high)], ["Hours below zero", (s) => s.negative.toFixed(1)],
  ];
  return (
    <table class="grid facts-period">
      <thead><tr><th>This period</th><th class="num">Day-ahead</th><th class="num">Real-time</th></tr></thead>
      <tbody>
        {rows.map(([name, text]) => (
          <tr key={name}><th scope="row">{name}</th><td class="num">{dayAhead ? text(dayAhead) : "–"}</td><td class="num">{realTime ? text(realTime) : "–"}</td></tr>
        ))}
      </tbody>
    </table>
  );
}
