import { useEffect, useRef, useState } from "preact/hooks";
import { getRows } from "../api/client";
import type { LocationRow } from "../api/types";
import { goTo, nodeLink } from "../routing";
import { words } from "../numbers";
import { Icon } from "./Icon";

const shown = 12;

/** Finds a node, hub or zone of any market by any part of its name. */
export function Search() {
  const [text, setText] = useState("");
  const [found, setFound] = useState<LocationRow[] | null>(null);
  const [at, setAt] = useState(0);
  const [isOpen, setOpen] = useState(false);
  const input = useRef<HTMLInputElement>(null);

  useEffect(() => {
    if (text.trim().length === 0) {
      setFound(null);
      return;
    }
    const abort = new AbortController();
    const timer = setTimeout(() => {
      getRows<LocationRow>("/v1/locations", { q: text.trim(), delivered: true, limit: 60 }, abort.signal)
        .then((rows) => {
          setFound(ranked(rows, text.trim()).slice(0, shown));
          setAt(0);
        })
        .catch(() => { if (!abort.signal.aborted) setFound([]); });
    }, 120);
    return () => {
      clearTimeout(timer);
      abort.abort();
    };
  }, [text]);

  const open = (row: LocationRow | undefined) => {
    if (!row) return;
    setText("");
    setOpen(false);
    input.current?.blur();
    goTo(nodeLink(row.iso_code, row.location_id));
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === "Escape") input.current?.blur();
    if (event.key === "Enter") open(found?.[at]);
    if (event.key !== "ArrowDown" && event.key !== "ArrowUp") return;
    event.preventDefault();
    const count = found?.length ?? 0;
    if (count > 0) setAt((at + (event.key === "ArrowDown" ? 1 : count - 1)) % count);
  };
  const isListed = isOpen && found !== null;
  return (
    <div class="search">
      <Icon name="search" />
      <input ref={input} type="search" placeholder="Find a node, hub or zone" value={text} data-key="/" role="combobox" aria-label="Find a node, hub or zone"
        aria-expanded={isListed} aria-controls="found" aria-activedescendant={isListed && found.length > 0 ? `found-${at}` : undefined}
        autocomplete="off" spellcheck={false} onInput={(e) => setText(e.currentTarget.value)} onKeyDown={onKeyDown}
        onFocus={() => setOpen(true)} onBlur={() => setOpen(false)} />
      <kbd>/</kbd>
      {isListed && (
        <ul class="popover search-list" id="found" role="listbox">
          {found.map((row, i) => (
            <li key={`${row.iso_code} ${row.location_id} ${row.location_type}`} id={`found-${i}`} role="option" aria-selected={i === at} class={i === at ? "is-at" : ""}
              onPointerDown={(e) => { e.preventDefault(); open(row); }} onPointerEnter={() => setAt(i)}>
              <span>{row.location_id}</span><span class="muted">{row.iso_code} {words(row.location_type)}</span>
            </li>
          ))}
          {found.length === 0 && <li class="muted">Nothing is named like “{text.trim()}”. Names are the market's own, for example HB_HOUSTON.</li>}
        </ul>
      )}
    </div>
  );
}

/** Hubs and zones before nodes, names that begin with the text before those that hold it. */
function ranked(rows: LocationRow[], text: string): LocationRow[] {
  const types = ["HUB", "ZONE", "SYSTEM", "AGGREGATE"];
  const rank = (row: LocationRow) =>
    (row.location_id.toLowerCase().startsWith(text.toLowerCase()) ? 0 : 10) + (types.includes(row.location_type) ? types.indexOf(row.location_type) : 9);
  return [...rows].sort((a, b) => rank(a) - rank(b) || a.location_id.localeCompare(b.location_id));
}
