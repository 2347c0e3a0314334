import { useMemo } from "preact/hooks";
import type { CurveBranch, CurveChange, CurveLoad, CurveRow } from "../api/types";
import { Chart, type Line } from "../charts/Chart";
import type { Forward } from "../charts/forward";
import { spanAt } from "../charts/spans";
import type { Reading } from "../charts/tooltip";
import { deliveryOf, nameOf, spansOf, stripColors, stripsOf } from "../curves";
import { changeText, difference, direction, percentText, priceText, unknown, wholeText } from "../numbers";
import { Swatch } from "../parts/controls";
import { fullText, parseInstant } from "../time";

const zone = "UTC";

const stripNames: readonly (readonly [CurveRow["tenor_type"], string])[] = [["CALENDAR", "Calendar years"], ["SEASON", "Seasons"], ["QUARTER", "Quarters"]];

const fine = (v: number | null | undefined): string =>
  v === null || v === undefined ? unknown : `${v < 0 ? "\u2212" : ""}${Math.abs(v).toFixed(3)}`;

/** Whoever wants to know where a price is from points at it. */
function notesAt(rows: readonly CurveRow[], t: number): Reading[] {
  const at = (r: CurveRow) => { const d = deliveryOf(r); return d !== null && d.from <= t && t < d.to; };
  const here = rows.filter(at);
  const month = here.find((r) => r.tenor_type === "MONTHLY");
  const reading = (label: string, color: string, text: string, r: CurveRow): Reading => ({ label, color, text, ...deliveryOf(r)! });
  return [
    ...(month ? [reading("Bid / ask", "--rt", `${fine(month.bid)} / ${fine(month.ask)}`, month)] : []),
    ...here.filter((r) => r.tenor_type !== "MONTHLY").map((r) => reading(r.tenor_label, stripColors[r.tenor_type] ?? "--faint", fine(r.mid), r)),
    ...(month ? [reading(`${month.sheet_name}!${month.sheet_cell}`, "--faint", month.source_file, month)] : []),
    ...(month && month.revision > 1 ? [reading("Revision", "--faint", String(month.revision), month)] : []),
  ];
}

export function ForwardChart({ rows, ghost, before }: { rows: CurveRow[]; ghost: CurveRow[]; before: string | null }) {
  const lines = useMemo<Line[]>(() => [
    ...(ghost.length > 0 ? [{ label: before!, color: "--muted", spans: spansOf(ghost, "mid"), shape: "steps" as const, width: 1.2, dash: [4, 3] }] : []),
    { label: rows[0]!.asof_date, color: "--rt", spans: spansOf(rows, "mid"), shape: "steps" as const, width: 1.8 },
  ], [rows, ghost]);
  const forward = useMemo<Forward>(() => ({ low: spansOf(rows, "bid"), high: spansOf(rows, "ask"), strips: stripsOf(rows) }), [rows]);
  const months = lines.at(-1)!.spans;
  const kinds = [...new Set(rows.map((r) => r.tenor_type))];
  return (
    <>
      <div class="panel-head"><h2>{nameOf(rows[0]!)}</h2><span class="muted">{rows[0]!.units_raw}</span></div>
      <div class="legend legend-inside">
        <span class="legend-item"><Swatch color="--rt" kind="line" />{rows[0]!.asof_date}, with bid and ask</span>
        {before && <span class="legend-item"><Swatch color="--muted" kind="line" />{before}</span>}
        {stripNames.filter(([type]) => kinds.includes(type)).map(([type, name]) => <span key={type} class="legend-item"><Swatch color={stripColors[type]!} kind="line" />{name}</span>)}
      </div>
      <Chart label="Forward curve by delivery month" height={380} from={months[0]?.from ?? 0} to={months.at(-1)?.to ?? 1} zone={zone} unit="" lines={lines}
        forward={forward} notes={(t) => notesAt(rows, t)} format={fine} axisFormat={(v) => priceText(v)} />
    </>
  );
}

export function CurveFacts({ rows, ghost, curve, load }: { rows: CurveRow[]; ghost: CurveRow[]; curve: CurveRow; load: CurveLoad | null }) {
  const first = rows.filter((r) => r.tenor_type === "MONTHLY")[0];
  const then = first ? spanAt(spansOf(ghost, "mid"), deliveryOf(first)!.from) : null;
  const change = difference(first?.mid, then?.value);
  const facts: readonly (readonly [string, string | null | undefined])[] = [
    ["Vendor", curve.vendor], ["Asset class", curve.asset_class], ["Region", curve.region], ["Market", curve.market], ["Block", curve.block],
    ["Gas leg", curve.spark_location], ["Unit", curve.units_raw], ["Months", wholeText(rows.filter((r) => r.tenor_type === "MONTHLY").length)],
    ["Strips", wholeText(rows.filter((r) => r.tenor_type !== "MONTHLY").length)], ["Corrected quotes", wholeText(rows.filter((r) => r.revision > 1).length)],
    ["First cell", first ? `${first.sheet_name}!${first.sheet_cell}` : null], ["Tag", load?.tag],
    ["Known", first ? fullText(Math.floor(parseInstant(first.known_at)), zone) : null],
  ];
  return (
    <aside class="panel facts is-short" aria-label="Facts">
      {first && (
        <>
          <div class="facts-when">{first.tenor_label}, as of {first.asof_date}</div>
          <div><span class="price-large" data-fact="price">{fine(first.mid)}<small>{curve.units_raw}</small></span></div>
          <div class={`change ${direction(change)}`}>{changeText(change, 3)} <span class="muted">{then ? "against the day before" : "no day before"}</span></div>
        </>
      )}
      <dl class="facts-list">{facts.filter(([, value]) => value).map(([name, value]) => <div key={name}><dt>{name}</dt><dd class="is-breakable">{value}</dd></div>)}</dl>
      {load && <Checks load={load} />}
    </aside>
  );
}

/** What the suites said of a workbook. */
export function Checks({ load }: { load: CurveLoad }) {
  const held = Object.entries(load.quarantined);
  return (
    <div class="checks" aria-label="Checks">
      <div class="facts-when">Checks of {load.file}</div>
      {load.checks.length === 0 && <p class="facts-text"><span class="tag is-good">pass</span> Nothing to be said.</p>}
      {load.checks.map((check) => (
        <p class="facts-text" key={`${check.suite}/${check.name}`} title={check.examples.join("\n")}>
          <span class={`tag ${check.status.toLowerCase() === "fail" ? "is-bad" : "is-warn"}`}>{check.status.toLowerCase()}</span> {check.name.split("(")[0]!.replace(/^expect_/, "").replaceAll("_", " ")}: {wholeText(check.failed)} of {wholeText(check.checked)}
          {check.examples[0] && <span class="muted check-example">{check.examples[0]}</span>}
        </p>
      ))}
      {held.map(([reason, count]) => <p class="facts-text" key={reason}><span class="tag is-warn">held back</span> {wholeText(count)} {reason.replaceAll("_", " ")}</p>)}
    </div>
  );
}

const kinds: Record<CurveChange["kind"], string> = { market_move: "Market move", source_correction: "Source correction", roll: "Roll", unchanged: "Unchanged" };

export function ChangeTable({ changes, against }: { changes: CurveChange[] | null; against: string | null }) {
  if (against === null) return null;
  const counts = Object.entries(kinds).map(([kind, text]) => [text, (changes ?? []).filter((c) => c.kind === kind).length] as const).filter(([, count]) => count > 0);
  const sorted = [...(changes ?? [])].sort((a, b) => Number(a.tenor_type !== "MONTHLY") - Number(b.tenor_type !== "MONTHLY") || (a.contract_month ?? "").localeCompare(b.contract_month ?? ""));
  return (
    <section class="panel scroll curve-changes" aria-label="Changes">
      <div class="panel-head"><h2>Changes against {against}</h2><span class="muted">{counts.map(([text, count]) => `${text.toLowerCase()} ${wholeText(count)}`).join(" · ")}</span></div>
      <table class="grid">
        <thead><tr><th>Delivery</th><th class="num">Before</th><th class="num">Now</th><th class="num">Change</th><th class="num">%</th><th>Kind</th></tr></thead>
        <tbody>
          {sorted.map((c) => (
            <tr key={`${c.tenor_type} ${c.tenor_label}`} data-tenor={c.tenor_label}>
              <th scope="row">{c.tenor_label}</th>
              <td class="num">{fine(c.mid_a)}</td>
              <td class="num price">{fine(c.mid_b)}</td>
              <td class={`num ${direction(c.diff_abs)}`}>{c.diff_abs === null ? unknown : changeText(c.diff_abs, 3)}</td>
              <td class={`num ${direction(c.diff_abs)}`}>{percentText(c.diff_pct, 2)}</td>
              <td class="muted">{kinds[c.kind]}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

const shownBranches = 30;

export function Branches({ branches }: { branches: CurveBranch[] }) {
  const waiting = branches.filter((b) => b.state === "open").length;
  return (
    <section class="panel scroll" aria-label="Branches">
      <div class="panel-head"><h2>Branches and tags</h2><span class="muted">{waiting > 0 ? waiting === 1 ? "one waits for somebody" : `${wholeText(waiting)} wait for somebody` : "none waits"}</span></div>
      <table class="grid branches">
        <thead><tr><th>Branch</th><th>State</th><th>Tag</th><th>Workbooks</th><th>Why</th></tr></thead>
        <tbody>
          {branches.slice(0, shownBranches).map((b) => (
            <tr key={`${b.branch} ${b.opened_at}`} data-branch={b.branch}>
              <th scope="row">{b.branch}</th>
              <td><span class={`tag ${b.state === "open" ? "is-bad" : b.state === "merged" ? "is-good" : ""}`}>{b.state}</span></td>
              <td>{b.tag ?? unknown}</td>
              <td>{b.loads.map((l) => <div key={l.sha256}>{l.file} <span class="muted">{wholeText(l.rows)} rows, {l.gate}</span></div>)}</td>
              <td class="why">{b.why ?? unknown}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
