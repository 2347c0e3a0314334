import { useMemo } from "preact/hooks";
import { Chart, type Line } from "../charts/Chart";
import { spanAt } from "../charts/spans";
import { useData } from "../data";
import type { Market } from "../markets";
import { shortName } from "../markets";
import { changeText, difference, direction, priceText } from "../numbers";
import { Swatch } from "../parts/controls";
import type { Quote } from "../prices";
import { nodeLink } from "../routing";
import { dayStart, hour, intervalText, parseInstant, spanText, zoneName } from "../time";
import { loadHistory } from "./history";

/** The place that stands for its market, or the one pointed at: its price in large, and the day around now. */
export function PriceHead({ market, quote, zone, now, fresh, isWide }: { market: Market; quote: Quote; zone: string; now: number; fresh: number; isWide: boolean }) {
  const from = dayStart(now - 6 * hour, market.zone);
  const to = dayStart(now, market.zone, 1);
  const minute = Math.floor(now / 60);
  const history = useData(`head ${market.code} ${quote.id} ${from} ${to} ${location.search}`,
    (signal) => loadHistory(market.code, quote.id, from, to, signal), `${fresh} ${minute}`);
  const lines = useMemo<Line[]>(() => [
    { label: "Day-ahead", color: "--da", spans: history.data?.dayAhead ?? [], shape: "steps", width: 1.25 },
    { label: "Real-time", color: "--rt", spans: history.data?.realTime ?? [], shape: "steps", width: 1.5 },
  ], [history.data]);
  const row = quote.realTime ?? quote.dayAhead!;
  const start = parseInstant(row.interval_start_utc);
  const end = parseInstant(row.interval_end_utc);
  const dayAhead = spanAt(history.data?.dayAhead ?? [], start)?.value ?? quote.dayAhead?.lmp ?? null;
  const change = difference(row.lmp, row.previous_lmp);
  return (
    <div class="price-head">
      <div class="price-head-text">
        <a class="price-head-name" href={nodeLink(market.code, quote.id)} title={quote.id}>{shortName(quote.id)}</a>
        <span class={`price-large ${direction(row.lmp) === "down" ? "is-negative" : ""}`}>{priceText(row.lmp)}</span>
        <span class={`change ${direction(change)}`}>{changeText(change)}</span>
        <dl class="price-facts">
          <div><dt><Swatch color="--da" kind="line" />DA</dt><dd>{priceText(dayAhead)}</dd></div>
          <div><dt>RT−DA</dt><dd>{changeText(difference(quote.realTime?.lmp, dayAhead))}</dd></div>
        </dl>
      </div>
      <div class="price-head-when">
        <span><Swatch color={quote.realTime ? "--rt" : "--da"} kind="line" />{quote.realTime ? "Real-time" : "Day-ahead"} {intervalText(start, end, zone)} {zoneName(start, zone)}</span>
        <span class={now - end > 2 * hour ? "is-late" : "muted"} title="Since the end of the latest interval">{now > end ? `${spanText(now - end)} old` : ""}</span>
      </div>
      <Chart label={`${quote.id}: day-ahead and real-time price`} height={isWide ? 220 : 132} from={from} to={to} zone={zone} unit="" lines={lines} isSmall={!isWide}
        format={priceText} axisFormat={(v) => String(Math.round(v)).replace("-", "\u2212")} now={now} />
    </div>
  );
}
