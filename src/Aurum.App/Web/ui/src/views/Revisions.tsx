import { useState } from "preact/hooks";
import type { Loaded } from "../data";
import { changeText, direction, priceText, words } from "../numbers";
import { Show } from "../parts/states";
import type { Revision } from "../prices";
import { linkTo } from "../routing";
import { useAsOf } from "../settings";
import { clockText, dayClockText, isoText } from "../time";

const pageRows = 12;

/** The page reads instants to the millisecond, the store keeps finer ones. */
const millisecond = 0.001;

/** Prices that were published again with another value: old, new, and since when each was known. */
export function Revisions({ loaded, zone }: { loaded: Loaded<Revision[]>; zone: string }) {
  const [limit, setLimit] = useState(pageRows);
  const asOf = useAsOf();
  const query = Object.fromEntries(new URLSearchParams(location.search));
  return (
    <section class="panel" aria-label="Revisions">
      <div class="panel-head"><h2>Revisions</h2>{loaded.data && <span class="muted">{loaded.data.length === 0 ? "" : loaded.data.length}</span>}</div>
      <Show loaded={loaded} height={80} isEmpty={(all) => all.length === 0} empty={<p class="muted panel-note">No price of this period was changed after it was first published.</p>}>
        {(all) => (
          <>
            <ul class="revisions">
              {all.slice(0, limit).map((r) => (
                <li key={`${r.feed} ${r.from} ${r.knownAt}`} class={asOf !== null && r.knownAt > asOf ? "is-later" : ""}>
                  <div class="revision-when"><span>{dayClockText(r.from, zone)}–{clockText(r.to, zone)}</span><span class="muted">{words(r.market)}</span></div>
                  <div class="revision-values">
                    <s>{priceText(r.old)}</s><b>{priceText(r.value)}</b><span class={direction(r.change)}>{changeText(r.change)}</span>
                  </div>
                  <div class="revision-links muted">
                    Corrected {dayClockText(r.knownAt, zone)}
                    <a href={linkTo(location.pathname, { ...query, as_of: isoText(r.knownAt - millisecond) })} title="Show everything as it was known before this correction">before</a>
                    <a href={linkTo(location.pathname, { ...query, as_of: isoText(r.knownAt + millisecond) })} title="Show everything as it was known right after this correction">after</a>
                  </div>
                </li>
              ))}
            </ul>
            {all.length > limit && <button type="button" class="button is-wide" onClick={() => setLimit(limit + 50)}>Show more of {all.length}</button>}
          </>
        )}
      </Show>
    </section>
  );
}
