import type { CurvePin, PpaResult, PpaValuation } from "../api/models";
import { sentence } from "../models";
import { percentText, wholeText } from "../numbers";
import { fullText, parseInstant } from "../time";

/** What it could lose: each figure with the interval in which it is, at 95 %. */
export function Risk({ result }: { result: PpaResult }) {
  if (result.risk === null) return null;
  const text = (metric: string, v: number) => (metric === "probability_of_loss" ? percentText(v) : wholeText(v));
  return (
    <section class="panel scroll" aria-label="Risk">
      <div class="panel-head"><h2>What it could lose</h2><span class="muted">{wholeText(result.risk.paths)} paths, seed {result.risk.seed}; {result.currency}</span></div>
      <table class="grid">
        <thead><tr><th>Present value</th><th class="num">Estimate</th><th class="num">95 % interval</th></tr></thead>
        <tbody>
          {result.risk.statistics.map((s) => (
            <tr key={s.metric} data-metric={s.metric}><th scope="row">{s.label}</th><td class="num price">{text(s.metric, s.value)}</td><td class="num muted">{text(s.metric, s.low)} to {text(s.metric, s.high)}</td></tr>
          ))}
          {result.risk.years.map((y) => (
            <tr key={y.year}><th scope="row">Cashflow at risk 95 %, {y.year}</th><td class="num price">{wholeText(y.cashflow_at_risk95.value)}</td><td class="num muted">{wholeText(y.cashflow_at_risk95.low)} to {wholeText(y.cashflow_at_risk95.high)}</td></tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

/** What the valuation hangs on: with the same, it is the same to the byte. */
export function Manifest({ valuation }: { valuation: PpaValuation }) {
  const pins = [...((valuation.manifest["curves"] as CurvePin[] | undefined) ?? []), ...((valuation.manifest["series"] as CurvePin[] | undefined) ?? [])];
  const said = (name: string) => String(valuation.manifest[name] ?? "");
  const facts: readonly (readonly [string, string])[] = [
    ["Computed", valuation.computed_at ? fullText(Math.floor(parseInstant(valuation.computed_at)), "UTC") : ""], ["Known at", valuation.result.known_at],
    ["Calendars", said("calendar_version")], ["Time zones", said("tzdb_version")], ["Program", said("code_version")], ["Seed", said("seed")],
    ["Result", valuation.version_hash.slice(0, 16)], ["Manifest", valuation.manifest_sha256.slice(0, 16)], ["Asked", valuation.input_sha256.slice(0, 16)],
  ];
  return (
    <section class="panel facts" aria-label="Manifest">
      <h2>What it hangs on</h2>
      <dl class="facts-list manifest">{facts.filter(([, value]) => value).map(([name, value]) => <div key={name}><dt>{name}</dt><dd class="mono">{value}</dd></div>)}</dl>
      {pins.map((pin, i) => <p class="facts-text" key={i}>{String(pin.name ?? pin["feed"] ?? pin.curve_key)} <span class="muted">{[pin["asof_date"], pin["unit"], String(pin["sha256"] ?? "").slice(0, 16)].filter(Boolean).join(", ")}</span></p>)}
    </section>
  );
}

export function Notes({ result }: { result: PpaResult }) {
  return (
    <aside class="panel facts is-short" aria-label="Assumptions">
      <h2>What was assumed</h2>
      {result.notes.map((note) => <p class="facts-text muted" key={note}>{sentence(note)}</p>)}
    </aside>
  );
}
