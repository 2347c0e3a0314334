import { useMemo } from "preact/hooks";
import { urlOf } from "../api/client";
import type { ScenarioDifference, ScenarioOutput, ScenarioRun } from "../api/models";
import { BarRows } from "../charts/BarRows";
import { Chart, type Line } from "../charts/Chart";
import { waterfall } from "../charts/parts";
import type { Reading } from "../charts/tooltip";
import { deliveryOf } from "../curves";
import type { Loaded } from "../data";
import { bandOf, spansOf, tenorsOf, type NamedCurve } from "../models";
import { changeText, direction, percentText, priceText, unknown, wholeText } from "../numbers";
import { Swatch } from "../parts/controls";
import { Show } from "../parts/states";
import { setFilters } from "../routing";
import { fullText, parseInstant } from "../time";

const zone = "UTC";

type Priced = Parameters<typeof spansOf>[0];

/** What drivers did to the month under the cursor. */
function notesAt(rows: readonly ScenarioOutput[], t: number): Reading[] {
  const row = rows.find((r) => { const d = deliveryOf(r); return r.tenor_type === "MONTHLY" && d !== null && d.from <= t && t < d.to; });
  if (!row) return [];
  const place = deliveryOf(row)!;
  return [
    { label: "Band", color: "--rt", text: `${priceText(row.band_lower)} to ${priceText(row.band_upper)}`, ...place },
    ...row.attribution.filter((p) => p.delta !== 0).map((p) => ({ label: p.component, color: p.delta > 0 ? "--up" : "--down", text: changeText(p.delta), ...place })),
  ];
}

export function FanChart({ curve, rows, scenario, against, differences }: {
  curve: NamedCurve; rows: ScenarioOutput[]; scenario: string; against: string | null; differences: ScenarioDifference[] | null;
}) {
  const lines = useMemo<Line[]>(() => [
    { label: "As it is", color: "--muted", spans: spansOf(rows as unknown as Priced, "base"), shape: "steps", width: 1.2, dash: [4, 3] },
    ...(against && differences ? [{ label: against, color: "--da", spans: spansOf(differences as unknown as Priced, "value_b"), shape: "steps" as const, width: 1.6 }] : []),
    { label: scenario, color: "--rt", spans: spansOf(rows as unknown as Priced, "value"), shape: "steps", width: 1.8 },
  ], [rows, scenario, against, differences]);
  const band = useMemo(() => bandOf(rows), [rows]);
  const months = lines.at(-1)!.spans;
  return (
    <>
      <div class="panel-head"><h2>{curve.name}</h2><span class="muted">{curve.unit}, as of {rows[0]!.asof_date}</span></div>
      <div class="legend legend-inside">
        <span class="legend-item"><Swatch color="--rt" kind="line" />{scenario}, with its band</span>
        {against && <span class="legend-item"><Swatch color="--da" kind="line" />{against}</span>}
        <span class="legend-item"><Swatch color="--muted" kind="line" />As it is</span>
      </div>
      <Chart label="Scenario by delivery month" height={360} from={months[0]?.from ?? 0} to={months.at(-1)?.to ?? 1} zone={zone} unit="" lines={lines}
        forward={band} notes={(t) => notesAt(rows, t)} format={priceText} axisFormat={(v) => priceText(v)} />
    </>
  );
}

/** From the price as it is to that of the scenario, driver by driver. */
export function Waterfall({ row, unit }: { row: ScenarioOutput; unit: string }) {
  const bars = useMemo(() => waterfall(["As it is", row.base], row.attribution, ["Scenario", row.value], priceText, changeText), [row]);
  return (
    <section class="panel" aria-label="Drivers">
      <div class="panel-head"><h2>{row.tenor_label}</h2><span class="muted">{unit}</span></div>
      <BarRows label="What each driver moves" rows={bars} />
    </section>
  );
}

export function TenorTable({ rows, chosen, unit }: { rows: ScenarioOutput[]; chosen: string; unit: string }) {
  return (
    <section class="panel scroll curve-changes" aria-label="Periods">
      <div class="panel-head"><h2>Periods</h2><span class="muted">{unit}; strips are the means of their months by hours</span></div>
      <table class="grid">
        <thead><tr><th>Delivery</th><th class="num">As it is</th><th class="num">Scenario</th><th class="num">Change</th><th class="num">%</th><th class="num">Band</th></tr></thead>
        <tbody>
          {rows.map((r) => (
            <tr key={`${r.tenor_type} ${r.tenor_label}`} data-tenor={r.tenor_label} class={r.tenor_label === chosen ? "is-pointed is-choosable" : "is-choosable"} onClick={() => setFilters({ tenor: r.tenor_label }, true)}>
              <th scope="row"><button type="button" class="link" onClick={() => setFilters({ tenor: r.tenor_label }, true)}>{r.tenor_label}</button></th>
              <td class="num">{priceText(r.base)}</td>
              <td class="num price">{priceText(r.value)}</td>
              <td class={`num ${direction(r.value - r.base)}`}>{changeText(r.value - r.base)}</td>
              <td class={`num ${direction(r.value - r.base)}`}>{percentText(r.base === 0 ? null : (r.value - r.base) / Math.abs(r.base))}</td>
              <td class="num muted">{priceText(r.band_lower)} to {priceText(r.band_upper)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

/** Two scenarios side by side, with what makes the difference. */
export function Differences({ loaded, name }: { loaded: Loaded<ScenarioDifference[]>; name: string }) {
  return (
    <section class="panel scroll curve-changes" aria-label="Differences">
      <div class="panel-head"><h2>{name} against this</h2></div>
      <Show loaded={loaded} height={160} isEmpty={(all) => all.length === 0} empty={<p class="panel-note muted">{name} has no prices of this curve.</p>}>
        {(all) => (
          <table class="grid">
            <thead><tr><th>Delivery</th><th class="num">This</th><th class="num">{name}</th><th class="num">Difference</th><th>By</th></tr></thead>
            <tbody>
              {tenorsOf(all).map((d) => (
                <tr key={`${d.tenor_type} ${d.tenor_label}`} data-tenor={d.tenor_label}>
                  <th scope="row">{d.tenor_label}</th>
                  <td class="num">{priceText(d.value_a)}</td>
                  <td class="num price">{priceText(d.value_b)}</td>
                  <td class={`num ${direction(d.diff_abs)}`}>{changeText(d.diff_abs)}</td>
                  <td class="muted">{d.attribution.map((p) => `${p.component} ${changeText(p.delta)}`).join(", ") || unknown}</td>
                </tr>
              ))}
            </tbody>
          </table>
        )}
      </Show>
    </section>
  );
}

/** What the outputs hang on, and what was assumed. */
export function RunFacts({ run, row, tenant }: { run: ScenarioRun; row: ScenarioOutput; tenant: string | null }) {
  const facts: readonly (readonly [string, string | null])[] = [
    ["Curves as of", row.asof_date], ["Scenario version", String(run.scenario_version)], ["Done", run.completed_at ? fullText(Math.floor(parseInstant(run.completed_at)), zone) : null],
    ["Prices", wholeText(run.output_rows)], ["Run", run.id], ["Input", run.input_hash.slice(0, 16)], ["Output", run.output_hash?.slice(0, 16) ?? null],
  ];
  return (
    <aside class="panel facts is-short" aria-label="Run">
      <h2>The run</h2>
      <dl class="facts-list">{facts.filter(([, value]) => value).map(([name, value]) => <div key={name}><dt>{name}</dt><dd class="is-breakable">{value}</dd></div>)}</dl>
      {run.explanation.map((said) => <p class="facts-text muted" key={said}>{said}</p>)}
      <p class="facts-text"><a href={urlOf(`/v1/scenarios/runs/${run.id}/manifest`, { tenant })} target="_blank" rel="noopener">Manifest</a>: the curves and settings with which it gives the same bytes again.</p>
    </aside>
  );
}
