import { useEffect, useRef, useState } from "preact/hooks";
import { changeText, difference, direction, priceText, wholeText } from "../numbers";
import { linkTo, setFilters, usePlace } from "../routing";
import { ageText, mostQuotes, type Quote } from "../ticks";

const pageRows = 100;

/** Flags that a price has without anybody having to worry. */
const quiet = new Set(["valid", "missing_metadata", "low_confidence_classification", "missing_volume", "price_negative"]);

/** The latest price of each instrument. Widths are fixed, so that no change moves anything. */
export function TickTable({ quotes, total, now, chosen }: { quotes: Quote[]; total: number; now: number; chosen: string | null }) {
  const [limit, setLimit] = useState(pageRows);
  const { query } = usePlace();
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== "ArrowDown" && event.key !== "ArrowUp") return;
    const links = [...(event.currentTarget as Element).querySelectorAll("a")];
    const at = links.indexOf(document.activeElement as HTMLAnchorElement);
    const next = links[at + (event.key === "ArrowDown" ? 1 : -1)];
    if (at < 0 || !next) return;
    event.preventDefault();
    next.focus();
    setFilters({ instrument: next.dataset["instrument"] }, true);
  };
  return (
    <section class="panel tick-prices" aria-label="Latest prices">
      <div class="panel-head">
        <h2>Latest prices</h2>
        <span class="muted">{wholeText(quotes.length)}{quotes.length < total ? ` of ${wholeText(total)}` : ""}{total >= mostQuotes ? " (the first)" : ""}</span>
        <span class="spring" />
        <input class="tick-find" type="search" placeholder="Filter" aria-label="Filter instruments" value={query.get("find") ?? ""}
          onInput={(e) => setFilters({ find: e.currentTarget.value || null }, true)} />
      </div>
      <div class="scroll tick-scroll" onKeyDown={onKeyDown}>
        <table class="grid tick-grid">
          <thead><tr><th>Instrument</th><th class="num">Price</th><th class="num" title="Against the price before">Chg</th><th class="num">Bid</th><th class="num">Ask</th><th class="num">Age</th></tr></thead>
          <tbody>
            {quotes.slice(0, limit).map((quote) => <Row key={quote.row.instrument_id} quote={quote} age={now - quote.at} isChosen={quote.row.instrument_id === chosen} />)}
            {quotes.length === 0 && <tr><td colSpan={6} class="muted">Nothing has this in its name.</td></tr>}
          </tbody>
        </table>
      </div>
      {quotes.length > limit && <button type="button" class="button is-wide" onClick={() => setLimit(limit + 2 * pageRows)}>Show more</button>}
    </section>
  );
}

function Row({ quote, age, isChosen }: { quote: Quote; age: number; isChosen: boolean }) {
  const { row } = quote;
  const change = difference(row.price, quote.before);
  const noted = row.flags.filter((flag) => !quiet.has(flag));
  return (
    <tr class={isChosen ? "is-pointed" : ""} data-instrument={row.instrument_id}>
      <th scope="row">
        <a href={linkTo("/ticks", { ...Object.fromEntries(new URLSearchParams(location.search)), instrument: row.instrument_id })} data-instrument={row.instrument_id}
          aria-current={isChosen ? "true" : undefined} title={`${row.instrument_id}\n${row.market}, from ${row.source}\n${row.currency}/${row.unit}${noted.length > 0 ? `\n${noted.join(", ")}` : ""}`}>
          {row.instrument_id}{noted.length > 0 && <span class="noted" aria-label={noted.join(", ")}>!</span>}
        </a>
      </th>
      <Price price={row.price} changes={quote.changes} way={direction(change)} />
      <td class={`num ${direction(change)}`}>{changeText(change)}</td>
      <td class="num muted">{priceText(row.bid)}</td><td class="num muted">{priceText(row.ask)}</td>
      <td class="num muted">{ageText(age)}</td>
    </tr>
  );
}

/** A price that glows for a moment when it changes: in its place, nothing moves. */
function Price({ price, changes, way }: { price: number; changes: number; way: string }) {
  const cell = useRef<HTMLTableCellElement>(null);
  const seen = useRef(changes);
  useEffect(() => {
    if (seen.current === changes) return;
    seen.current = changes;
    if (matchMedia("(prefers-reduced-motion: reduce)").matches) return;
    const color = way === "down" ? "var(--down-soft)" : "var(--glow)";
    cell.current?.animate([{ backgroundColor: color }, { backgroundColor: "transparent" }], { duration: 900, easing: "ease-out" });
  }, [changes]);
  return <td ref={cell} class="num price price-rt">{price < 0 ? <span class="negative">{priceText(price)}</span> : priceText(price)}</td>;
}
