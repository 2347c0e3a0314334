import { useEffect, useMemo, useState } from "preact/hooks";
import { getAllRows, urlOf } from "../api/client";
import type { TickBar } from "../api/types";
import { Candles, type Candle } from "../charts/Candles";
import type { Reading } from "../charts/tooltip";
import { useData } from "../data";
import { amountsAs, priceText, unknown, wholeText } from "../numbers";
import { Choices } from "../parts/controls";
import { Icon } from "../parts/Icon";
import { Empty, Show } from "../parts/states";
import { usePlace } from "../routing";
import { useBarEvents } from "../tickstream";
import { intervals, isInterval, isPartial, lengthOf, takeBars, type Interval, type Quote } from "../ticks";
import { clockText, dayText, isoText, parseInstant } from "../time";

/** Bars that are drawn, and kept. */
const mostBars = 120;
const tableRows = 24;

/** Windows that the axis has at least. */
const fewestBars = 20;

const candleOf = (bar: TickBar): Candle => ({
  from: parseInstant(bar.start_utc), to: parseInstant(bar.end_utc), open: bar.open, high: bar.high, low: bar.low, close: bar.close, volume: bar.volume,
  isPartial: isPartial(bar), isRevised: bar.revision > 0,
});

/** Candles of one instrument, which grow as bars close and are revised. */
export function TickBars({ tenant, instrument, quote, zone }: { tenant: string | null; instrument: string; quote: Quote | null; zone: string }) {
  const asked = usePlace().query.get("interval");
  const interval: Interval = isInterval(asked) ? asked : "1m";
  return (
    <section class="panel tick-bars" aria-label="Bars">
      <div class="panel-head">
        <h2 class="tick-name">{instrument}</h2>
        {quote && <span class="muted">{quote.row.market} · {quote.row.currency}/{quote.row.unit}</span>}
        <span class="spring" />
        <Choices label="Interval" name="interval" value={interval} first="1m" options={intervals.map((i) => [i, i] as const)} />
        <a class="button is-icon" aria-label="Bars as CSV" title="Bars of this instrument as CSV" download
          href={urlOf("/v1/bars", { tenant, instrument, interval, limit: 5000, format: "csv" })}><Icon name="download" /></a>
      </div>
      <OfInterval key={interval} tenant={tenant} instrument={instrument} interval={interval} quote={quote} zone={zone} />
    </section>
  );
}

function OfInterval({ tenant, instrument, interval, quote, zone }: { tenant: string | null; instrument: string; interval: Interval; quote: Quote | null; zone: string }) {
  const length = lengthOf(interval);
  const [opened] = useState(() => quote?.at ?? null);
  const isKnown = opened !== null;
  const loaded = useData(isKnown ? `bars ${tenant} ${instrument} ${interval} ${opened}` : null, (signal) =>
    getAllRows<TickBar>("/v1/bars", { tenant, instrument, interval, start: isoText((Math.floor(opened! / length) - mostBars) * length) }, signal));
  const [bars, setBars] = useState<TickBar[]>([]);
  useEffect(() => { if (loaded.data) setBars((known) => takeBars(loaded.data!, known, mostBars)); }, [loaded.data]);
  useBarEvents(tenant, instrument, interval, (bar) => setBars((known) => takeBars(known, [bar], mostBars)));
  const candles = useMemo(() => bars.map(candleOf), [bars]);
  const end = Math.max(candles.at(-1)?.to ?? 0, quote ? (Math.floor(quote.at / length) + 1) * length : 0);
  const from = Math.max(candles[0]?.from ?? end - fewestBars * length, end - mostBars * length);
  const volume = useMemo(() => amountsAs(bars.map((b) => b.volume)), [bars]);
  if (!isKnown) return <Empty title={`No price of ${instrument}`}>It has not sent one yet, or is another tenant's.</Empty>;
  const readings = (c: Candle): Reading[] => {
    const of = (label: string, color: string, text: string) => ({ label, color, text, from: c.from, to: c.to });
    const color = c.close >= c.open ? "--up" : "--down";
    return [
      of("Open", color, priceText(c.open)), of("High", color, priceText(c.high)), of("Low", color, priceText(c.low)), of("Close", color, priceText(c.close)),
      of("Volume", "--faint", volume(c.volume)), ...(c.isRevised ? [of("Revised by late ticks", "--gold", "")] : []),
      ...(c.isPartial ? [of("Not all of its window", "--muted", "")] : []),
    ];
  };
  return (
    <Show loaded={loaded} height={360}>
      {() => (
        <>
          <div class="legend legend-inside">
            <span class="legend-item"><i class="legend-hollow" />Partial: the source began or ended within it</span>
            <span class="legend-item"><i class="legend-mark is-down" />Revised by late ticks</span>
            {quote && <span class="legend-item"><i class="legend-dash" />Last {priceText(quote.row.price)}</span>}
          </div>
          <Candles label={`Candles of ${instrument}, ${interval}`} height={340} from={from} to={Math.max(end, from + fewestBars * length)} zone={zone} unit={quote ? `${quote.row.currency}/${quote.row.unit}` : ""}
            candles={candles} last={quote?.row.price ?? null} format={(v) => priceText(v)} readings={readings} />
          {candles.length === 0
            ? <p class="muted panel-note">No bar of {interval} has closed yet: the first one does half a minute after its window ends.</p>
            : <BarTable bars={bars} zone={zone} volume={volume} />}
        </>
      )}
    </Show>
  );
}

function BarTable({ bars, zone, volume }: { bars: TickBar[]; zone: string; volume: (v: number | null) => string }) {
  return (
    <div class="scroll tick-bar-rows">
      <table class="grid">
        <thead><tr><th>Start</th><th class="num">Open</th><th class="num">High</th><th class="num">Low</th><th class="num">Close</th><th class="num">Volume</th><th class="num">VWAP</th><th class="num">Ticks</th><th>Remarks</th></tr></thead>
        <tbody>
          {[...bars].reverse().slice(0, tableRows).map((bar) => (
            <tr key={bar.start_utc} data-start={bar.start_utc}>
              <th scope="row" class="time"><span class="muted">{dayText(parseInstant(bar.start_utc), zone)}</span> {clockText(parseInstant(bar.start_utc), zone)}</th>
              {[bar.open, bar.high, bar.low].map((v, i) => <td key={i} class="num">{priceText(v)}</td>)}
              <td class={`num price ${bar.close >= bar.open ? "up" : "down"}`}>{priceText(bar.close)}</td>
              <td class="num muted">{bar.volume === null ? unknown : volume(bar.volume)}</td><td class="num muted">{priceText(bar.vwap)}</td><td class="num muted">{wholeText(bar.count)}</td>
              <td>{bar.revision > 0 && <span class="revised">revision {bar.revision}</span>} {isPartial(bar) && <span class="muted">partial</span>}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
