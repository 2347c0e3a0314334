import { useEffect, useRef, useState } from "preact/hooks";
import { serverNow } from "../live";
import { setFilters } from "../routing";
import { useAsOf } from "../settings";
import { day, fullText, hour, isoText, localInput, parseLocal, zoneName } from "../time";
import { Icon } from "./Icon";

const steps: readonly (readonly [string, number])[] = [["1 hour ago", hour], ["6 hours ago", 6 * hour], ["1 day ago", day], ["2 days ago", 2 * day], ["7 days ago", 7 * day]];

/** Chooses the instant as of which everything is shown: what was known then, corrections that came later left out. */
export function AsOf({ zone }: { zone: string }) {
  const asOf = useAsOf();
  const [isOpen, setOpen] = useState(false);
  const box = useRef<HTMLDivElement>(null);
  const choose = (t: number | null) => {
    setFilters({ as_of: t === null ? null : isoText(Math.floor(t)) });
    setOpen(false);
  };
  useEffect(() => {
    if (!isOpen) return;
    const close = (event: Event) => {
      if (event instanceof KeyboardEvent ? event.key === "Escape" : !box.current?.contains(event.target as Node)) setOpen(false);
    };
    addEventListener("pointerdown", close);
    addEventListener("keydown", close);
    return () => {
      removeEventListener("pointerdown", close);
      removeEventListener("keydown", close);
    };
  }, [isOpen]);
  return (
    <div class="as-of" ref={box}>
      <button type="button" class={asOf === null ? "button as-of-button" : "button as-of-button is-past"} aria-expanded={isOpen} aria-haspopup="dialog"
        data-key="a" onClick={() => setOpen(!isOpen)}>
        <Icon name="clock" /> {asOf === null ? "As of now" : `As of ${fullText(asOf, zone)}`}
      </button>
      {isOpen && <AsOfDialog zone={zone} asOf={asOf} choose={choose} />}
    </div>
  );
}

function AsOfDialog({ zone, asOf, choose }: { zone: string; asOf: number | null; choose: (t: number | null) => void }) {
  const [text, setText] = useState(localInput(asOf ?? serverNow(), zone));
  const input = useRef<HTMLInputElement>(null);
  useEffect(() => input.current?.focus(), []);
  const t = parseLocal(text, zone);
  const submit = (event: Event) => {
    event.preventDefault();
    if (!Number.isNaN(t)) choose(t);
  };
  return (
    <form class="popover" role="dialog" aria-label="As of" onSubmit={submit}>
      <p class="popover-title">Show what was known at</p>
      <div class="popover-row">
        <input ref={input} type="datetime-local" aria-label="As of" value={text} onInput={(e) => setText(e.currentTarget.value)} />
        <span class="muted">{Number.isNaN(t) ? "" : zoneName(t, zone)}</span>
        <button type="submit" class="button is-primary" disabled={Number.isNaN(t)}>Show</button>
      </div>
      <div class="popover-steps">
        {steps.map(([label, ago]) => <button key={label} type="button" class="button" onClick={() => choose(serverNow() - ago)}>{label}</button>)}
      </div>
      {asOf !== null && <button type="button" class="button is-wide" onClick={() => choose(null)}>Back to now</button>}
    </form>
  );
}

/** Says in every view that it shows the past. */
export function PastNotice({ zone }: { zone: string }) {
  const asOf = useAsOf();
  if (asOf === null) return null;
  return (
    <div class="past-notice" role="status">
      <Icon name="clock" />
      <span>As it was known on <b>{fullText(asOf, zone)}</b>. Later prices and corrections are left out; live updates are paused.</span>
      <button type="button" class="link" onClick={() => setFilters({ as_of: null })}>Back to now</button>
    </div>
  );
}
