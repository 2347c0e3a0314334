import { useMemo } from "preact/hooks";
import type { CatalogRow } from "../api/types";
import { Chart, type Line } from "../charts/Chart";
import { amountsAs, difference, direction, unknown, wholeText } from "../numbers";
import type { Observation } from "../observations";
import { day, daysText, dayClockText, fullText, intervalText, parseInstant } from "../time";
import { frequencies } from "./Catalog";

/** `20 Nov 2026`, `20 Nov 14:00–15:00`: days and more by their dates, less by the clock. */
const whenText = ({ span }: Observation, zone: string): string =>
  span.to - span.from >= day - 3600 ? daysText(span.from, span.to, zone) : `${dayClockText(span.from, zone).replace(/ \S+$/, "")} ${intervalText(span.from, span.to, zone)}`;

/** Days and more lie on the provider's calendar, whatever clock is chosen. */
const zoneOf = ({ span }: Observation, zone: string): string => (span.to - span.from >= day - 3600 ? "UTC" : zone);

type Format = (v: number | null | undefined) => string;

/** One way to write all values of a series. */
export const formatOf = (observations: readonly Observation[]): Format => amountsAs(observations.map((o) => o.span.value));

export function SeriesChart({ observations, period, zone, now }: { observations: Observation[]; period: { from: number; to: number }; zone: string; now: number }) {
  const format = useMemo(() => formatOf(observations), [observations]);
  const lines = useMemo<Line[]>(() => [{ label: "Value", color: "--rt", spans: observations.map((o) => o.span), shape: "middles", width: 1.6 }], [observations]);
  return (
    <>
      <div class="panel-head"><h2>Values</h2><span class="muted">{observations.at(-1)!.row.unit}</span></div>
      <Chart label="Values over time" height={360} from={period.from} to={period.to} zone={zoneOf(observations.at(-1)!, zone)} unit="" lines={lines}
        format={format} axisFormat={format} now={now} />
    </>
  );
}

/** The latest value in large, and what the provider says of the series. */
export function SeriesFacts({ observations, entry, zone }: { observations: Observation[]; entry: CatalogRow | null; zone: string }) {
  const known = observations.filter((o) => o.span.value !== null);
  const last = known.at(-1);
  const values = known.map((o) => o.span.value!);
  const change = difference(last?.span.value, known.at(-2)?.span.value);
  const format = amountsAs(values);
  const facts: readonly (readonly [string, string | null | undefined])[] = [
    ["Values in this period", wholeText(known.length)],
    ["Least", format(values.reduce((a, b) => Math.min(a, b), Infinity))],
    ["Mean", format(values.reduce((a, b) => a + b, 0) / values.length)],
    ["Greatest", format(values.reduce((a, b) => Math.max(a, b), -Infinity))],
    ["Unit", entry?.unit ?? last?.row.unit],
    ["Frequency", frequencies[entry?.frequency_code ?? ""]],
    ["Place", entry?.geo_id],
    ["State", entry?.status],
    ["Begins", entry?.start_date],
  ];
  return (
    <aside class="panel facts is-short" aria-label="Facts">
      {last && (
        <>
          <div class="facts-when">{whenText(last, zoneOf(last, zone))}</div>
          <div><span class="price-large" data-fact="value">{format(last.span.value)}<small>{last.row.unit}</small></span></div>
          <div class={`change ${direction(change)}`}>{change !== null && change > 0 ? "+" : ""}{format(change)} <span class="muted">against the value before</span></div>
        </>
      )}
      <dl class="facts-list">
        {facts.filter(([, value]) => value).map(([name, value]) => <div key={name}><dt>{name}</dt><dd>{value}</dd></div>)}
      </dl>
      {entry?.description && <p class="facts-text">{entry.description}</p>}
      {entry?.notes && <p class="facts-text muted">{entry.notes}</p>}
      {entry?.source_url && /^https?:/.test(entry.source_url) && <p class="facts-text"><a href={entry.source_url} target="_blank" rel="noreferrer">At the provider</a></p>}
    </aside>
  );
}

const shownRows = 60;

export function SeriesTable({ observations, zone }: { observations: Observation[]; zone: string }) {
  const latest = [...observations].reverse().slice(0, shownRows);
  const hasIssues = latest.some((o) => o.row.issued_at_utc !== null);
  const format = formatOf(observations);
  const hasFlags = latest.some((o) => o.row.flags !== "");
  return (
    <section class="panel scroll" aria-label="Rows">
      <div class="panel-head"><h2>Latest values</h2><span class="muted">{wholeText(latest.length)} of {wholeText(observations.length)} in this period, of several issues the latest</span></div>
      <table class="grid">
        <thead><tr><th>Period</th><th class="num">Value</th>{hasFlags && <th>Flags</th>}{hasIssues && <th>Issued</th>}<th>Known since</th></tr></thead>
        <tbody>
          {latest.map((o) => (
            <tr key={o.row.interval_start_utc} data-start={o.row.interval_start_utc}>
              <th scope="row">{whenText(o, zoneOf(o, zone))}</th>
              <td class="num price">{format(o.span.value)}</td>
              {hasFlags && <td class="muted">{o.row.flags || unknown}</td>}
              {hasIssues && <td class="time muted">{o.row.issued_at_utc ? fullText(parseInstant(o.row.issued_at_utc), zone) : unknown}</td>}
              <td class="time muted">{fullText(Math.floor(parseInstant(o.row.known_at)), zone)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
