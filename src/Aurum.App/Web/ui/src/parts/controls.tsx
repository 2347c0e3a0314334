import { linkTo, setFilters } from "../routing";

/** A row of choices of which one holds. Each is a link, so it can be opened, copied and walked with the keyboard. */
export function Choices({ label, name, value, options, first }: {
  label: string; name: string; value: string; options: readonly (readonly [string, string])[]; first?: string;
}) {
  const choose = (event: Event, option: string) => {
    event.preventDefault();
    setFilters({ [name]: option === first ? null : option });
  };
  const query = Object.fromEntries(new URLSearchParams(location.search));
  return (
    <div class="choices" role="group" aria-label={label}>
      {options.map(([option, text]) => (
        <a key={option} class={option === value ? "choice is-on" : "choice"} aria-current={option === value ? "true" : undefined}
          href={linkTo(location.pathname, { ...query, [name]: option === first ? null : option })} onClick={(e) => choose(e, option)}>
          {text}
        </a>
      ))}
    </div>
  );
}

export function Swatch({ color, kind = "box" }: { color: string; kind?: "box" | "line" }) {
  return <i class={`swatch swatch-${kind}`} style={{ background: `var(${color})` }} />;
}
