import { useEffect, useRef, useState } from "preact/hooks";
import { Sparkline } from "../charts/Sparkline";
import { spanAt } from "../charts/spans";
import { shortName, type Market } from "../markets";
import { changeText, difference, direction, priceText, words } from "../numbers";
import { nodeLink, setFilters, usePlace } from "../routing";
import type { Quote } from "../prices";
import { day, hour, intervalText, parseInstant } from "../time";
import { useHistories, type History } from "./history";

/** A quote with the day-ahead price of the same moment, ready for a row. */
interface Line {
  quote: Quote;
  name: string;
  realTime: number | null;
  dayAhead: number | null;
  change: number | null;
  spread: number | null;
  history: History | undefined;
}

type SortKey = "name" | "dayAhead" | "realTime" | "change" | "spread";

const headings: readonly (readonly [SortKey, string, string])[] = [
  ["name", "Place", "Location as the market names it"], ["dayAhead", "DA", "Day-ahead price of the hour of the real-time price"], ["realTime", "RT", "Latest real-time price"],
  ["change", "Chg", "Real-time price against the interval before"], ["spread", "RT−DA", "Real-time less day-ahead"],
];

const pageRows = 60;

function lineOf(quote: Quote, history: History | undefined): Line {
  const at = quote.realTime ? parseInstant(quote.realTime.interval_start_utc) : null;
  const sameHour = at === null ? null : spanAt(history?.dayAhead ?? [], at)?.value;
  const dayAhead = sameHour ?? quote.dayAhead?.lmp ?? null;
  const realTime = quote.realTime?.lmp ?? null;
  return {
    quote, name: shortName(quote.id), realTime, dayAhead, history,
    change: difference(realTime, quote.realTime?.previous_lmp), spread: difference(realTime, dayAhead),
  };
}

function sorted(lines: Line[], key: SortKey | null, isUp: boolean): Line[] {
  if (!key) return lines;
  const value = (line: Line) => (key === "name" ? null : line[key]);
  return [...lines].sort((a, b) => {
    const [x, y] = [value(a), value(b)];
    const order = key === "name" ? a.name.localeCompare(b.name) : x === null ? 1 : y === null ? -1 : x - y;
    return isUp ? order : -order;
  });
}

/** Numbers sort from the greatest, then from the least, then not at all; names from the first, then not at all. */
function nextSort(key: SortKey, sort: string | null): string | null {
  if (key === "name") return sort === key ? null : key;
  if (sort === `-${key}`) return key;
  return sort === key ? null : `-${key}`;
}

export function PriceTable({ market, quotes, zone, now, isWide, point, pointed }: {
  market: Market; quotes: Quote[]; zone: string; now: number; isWide: boolean; point: (id: string) => void; pointed: string | null;
}) {
  const [limit, setLimit] = useState(pageRows);
  const sort = usePlace().query.get("sort");
  const key = headings.find(([k]) => k === sort?.replace("-", ""))?.[0] ?? null;
  const isUp = !sort?.startsWith("-");
  const to = Math.ceil(now / 300) * 300;
  const shownFirst = quotes.slice(0, Math.max(limit, pageRows));
  const histories = useHistories(market.code, shownFirst, to - day, to + hour);
  const lines = sorted(quotes.map((q) => lineOf(q, histories.get(q.id))), key, isUp).slice(0, limit);
  const widest = Math.max(1, ...lines.map((l) => Math.abs(l.spread ?? 0)));
  const choose = (k: SortKey) => setFilters({ sort: nextSort(k, sort) }, true);
  const groups = key ? [["", lines] as const] : groupsOf(lines);
  return (
    <>
      <table class="grid">
        <thead>
          <tr>
            {headings.map(([k, text, title]) => (
              <th key={k} class={k === "name" ? "" : "num"} title={title} aria-sort={k === key ? (isUp ? "ascending" : "descending") : undefined}>
                <button type="button" onClick={() => choose(k)}>{text}{k === key && <span class="sort">{isUp ? "↑" : "↓"}</span>}</button>
              </th>
            ))}
            {isWide && ["Energy", "Congestion", "Loss"].map((text) => <th key={text} class="num">{text}</th>)}
            <th class="num spark-head">24 h</th>
            {isWide && <th class="num">Interval</th>}
          </tr>
        </thead>
        {groups.map(([type, group]) => (
          <tbody key={type}>
            {type && <tr class="group"><th colSpan={isWide ? 10 : 6} scope="colgroup">{words(type)}s</th></tr>}
            {group.map((line) => (
              <Row key={`${line.quote.type} ${line.quote.id}`} market={market} line={line} zone={zone} from={to - day} to={to} widest={widest} isWide={isWide}
                isPointed={pointed === line.quote.id} point={point} />
            ))}
          </tbody>
        ))}
      </table>
      {quotes.length > limit && (
        <button type="button" class="button is-wide" onClick={() => setLimit(limit + pageRows * 2)}>Show more of {quotes.length} places</button>
      )}
    </>
  );
}

function groupsOf(lines: Line[]): (readonly [string, Line[]])[] {
  const groups = new Map<string, Line[]>();
  for (const line of lines) groups.set(line.quote.type, [...(groups.get(line.quote.type) ?? []), line]);
  return [...groups.entries()];
}

function Row({ market, line, zone, from, to, widest, isWide, isPointed, point }: {
  market: Market; line: Line; zone: string; from: number; to: number; widest: number; isWide: boolean; isPointed: boolean; point: (id: string) => void;
}) {
  const { quote } = line;
  const row = quote.realTime ?? quote.dayAhead!;
  return (
    <tr class={isPointed ? "is-pointed" : ""} onPointerEnter={() => point(quote.id)} data-location={quote.id}>
      <th scope="row"><a href={nodeLink(market.code, quote.id)} title={quote.id} onFocus={() => point(quote.id)}>{line.name}</a></th>
      <Price value={line.dayAhead} kind="da" />
      <Price value={line.realTime} kind="rt" />
      <td class={`num ${direction(line.change)}`}>{changeText(line.change)}</td>
      <td class="num spread">
        <span class={`spread-bar ${direction(line.spread)}`} style={{ width: `${(46 * Math.abs(line.spread ?? 0)) / widest}%` }} />
        <span>{changeText(line.spread)}</span>
      </td>
      {isWide && <><td class="num muted">{priceText(row.energy)}</td><td class="num muted">{priceText(row.congestion)}</td><td class="num muted">{priceText(row.loss)}</td></>}
      <td class="spark"><Sparkline main={line.history?.realTime ?? []} behind={line.history?.dayAhead ?? []} from={from} to={to} width={isWide ? 160 : 76} /></td>
      {isWide && <td class="num muted">{intervalText(parseInstant(row.interval_start_utc), parseInstant(row.interval_end_utc), zone)}</td>}
    </tr>
  );
}

/** A price that glows for a moment when it changes; below zero it is marked. */
function Price({ value, kind }: { value: number | null; kind: "da" | "rt" }) {
  const cell = useRef<HTMLTableCellElement>(null);
  const before = useRef(value);
  useEffect(() => {
    if (before.current !== null && value !== null && before.current !== value && kind === "rt") {
      cell.current?.animate([{ backgroundColor: "var(--glow)" }, { backgroundColor: "transparent" }], { duration: 1600, easing: "ease-out" });
    }
    before.current = value;
  }, [value]);
  return <td ref={cell} class={`num price price-${kind}`}>{direction(value) === "down" ? <span class="negative">{priceText(value)}</span> : priceText(value)}</td>;
}
