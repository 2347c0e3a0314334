import { useMemo } from "preact/hooks";
import { getAllRows, urlOf } from "../api/client";
import type { CurveBranch, CurveChange, CurveRow } from "../api/types";
import { datesOf, loadOf, nameOf, vendorNames, vendorsOf } from "../curves";
import { useData } from "../data";
import { useCommits } from "../live";
import { Choices } from "../parts/controls";
import { Icon } from "../parts/Icon";
import { Empty, Show } from "../parts/states";
import { setFilters, usePlace } from "../routing";
import { asOfText, useAsOf } from "../settings";
import { parseInstant } from "../time";
import { Branches, ChangeTable, CurveFacts, ForwardChart } from "./CurveParts";

/** Forward curves of vendors: one curve of a date, what changed in it, and how it came. */
export function Curves() {
  const { query } = usePlace();
  const asOf = useAsOf();
  const commits = useCommits((feed) => feed.includes("/eod-curves"), asOf !== null, 5);
  const branches = useData("curve branches", (signal) => getAllRows<CurveBranch>("/v1/curves/branches", {}, signal), commits);
  const known = useMemo(() => (branches.data ?? []).filter((b) => asOf === null || parseInstant(b.opened_at) <= asOf), [branches.data, asOf]);
  const vendors = vendorsOf(known);
  const vendor = vendors.includes(query.get("vendor") ?? "") ? query.get("vendor")! : vendors[0] ?? "";
  const dates = datesOf(known, vendor);
  const day = dates.includes(query.get("asof") ?? "") ? query.get("asof")! : dates[0] ?? null;
  return (
    <Show loaded={branches} height={480} isEmpty={(all) => all.length === 0} empty={<NoCurves />}>
      {() => (day === null
        ? <><Head vendor={vendor} vendors={vendors} dates={dates} day={day} branches={known} /><Empty title={`No curves of ${vendor} were merged`}>Its workbooks wait on a branch, or came later than the as-of that is shown.</Empty><Branches branches={known} /></>
        : <Desk key={`${vendor} ${day}`} vendor={vendor} vendors={vendors} dates={dates} day={day} branches={known} commits={commits} />)}
    </Show>
  );
}

function NoCurves() {
  return (
    <Empty title="No forward curves yet">
      Load a vendor's end-of-day workbook with <code>aurum curves load FILE.xlsx</code>, or make one up: <code>aurum sandbox workbooks --as-of 2025-09-17</code>.
    </Empty>
  );
}

function Head({ vendor, vendors, dates, day, branches }: { vendor: string; vendors: string[]; dates: string[]; day: string | null; branches: CurveBranch[] }) {
  const waiting = branches.filter((b) => b.state === "open");
  return (
    <div class="toolbar">
      <h1>Forward curves</h1>
      <Choices label="Vendor" name="vendor" value={vendor} first={vendors[0]} options={vendors.map((v) => [v, vendorNames[v] ?? v] as const)} />
      {waiting.length > 0 && <span class="tag is-bad" title={waiting.map((b) => `${b.branch}: ${b.why ?? ""}`).join("\n")}>{waiting.map((b) => b.branch).slice(0, 3).join(", ")} not merged</span>}
      <span class="spring" />
      <label class="field">As-of date
        <select aria-label="As-of date" value={day ?? ""} onChange={(e) => setFilters({ asof: e.currentTarget.value === dates[0] ? null : e.currentTarget.value })}>
          {dates.map((d) => <option key={d} value={d}>{d}</option>)}
        </select>
      </label>
    </div>
  );
}

function Desk({ vendor, vendors, dates, day, branches, commits }: {
  vendor: string; vendors: string[]; dates: string[]; day: string; branches: CurveBranch[]; commits: number | string;
}) {
  const { query } = usePlace();
  const list = useData(`curves ${vendor} ${day} ${asOfText()}`, (signal) =>
    getAllRows<CurveRow>("/v1/curves", { vendor, asof: day, tenor_label: day.slice(0, 7), as_of: asOfText() }, signal), commits);
  const curves = useMemo(() => [...(list.data ?? [])].sort((a, b) => a.asset_class.localeCompare(b.asset_class) || nameOf(a).localeCompare(nameOf(b))), [list.data]);
  const curve = curves.find((c) => c.curve_key === query.get("curve")) ?? curves.find((c) => c.location === "Dutch_TTF") ?? curves[0] ?? null;
  return (
    <>
      <Head vendor={vendor} vendors={vendors} dates={dates} day={day} branches={branches} />
      <Show loaded={list} height={480} isEmpty={(all) => all.length === 0} empty={<Empty title={`Nothing is known of ${day}`}>At the as-of that is shown Aurum had no curves of this date.</Empty>}>
        {() => (
          <div class="curve-bar">
            <CurveChoice curves={curves} curve={curve!} />
            <Choices label="Compared with" name="against" value={query.get("against") === "first" ? "first" : "day"} first="day" options={[["day", "Day before"], ["first", "First merge"]]} />
            <span class="spring" />
            <a class="button" href={urlOf("/v1/curves", { vendor, asof: day, curve_key: curve!.curve_key, as_of: asOfText(), format: "csv" })} download={`${day}-${nameOf(curve!).replaceAll(/\W+/g, "-")}.csv`} title="The quotes of this curve as CSV"><Icon name="download" />CSV</a>
          </div>
        )}
      </Show>
      {curve && <OneCurve key={curve.curve_key} curve={curve} day={day} before={dates[dates.indexOf(day) + 1] ?? null} branches={branches} commits={commits} />}
      <Branches branches={branches} />
    </>
  );
}

function CurveChoice({ curves, curve }: { curves: CurveRow[]; curve: CurveRow }) {
  const classes = [...new Set(curves.map((c) => c.asset_class))];
  return (
    <select class="curve-choice" aria-label="Curve" value={curve.curve_key} onChange={(e) => setFilters({ curve: e.currentTarget.value })}>
      {classes.map((asset) => (
        <optgroup key={asset} label={asset}>
          {curves.filter((c) => c.asset_class === asset).map((c) => <option key={c.curve_key} value={c.curve_key}>{c.region ? `${c.region} · ` : ""}{nameOf(c)}</option>)}
        </optgroup>
      ))}
    </select>
  );
}

function OneCurve({ curve, day, before, branches, commits }: {
  curve: CurveRow; day: string; before: string | null; branches: CurveBranch[]; commits: number | string;
}) {
  const isFirst = usePlace().query.get("against") === "first";
  const load = loadOf(branches, curve.vendor, day);
  const only = { vendor: curve.vendor, curve_key: curve.curve_key };
  const rows = useData(`curve ${curve.curve_key} ${day} ${asOfText()}`, (signal) =>
    getAllRows<CurveRow>("/v1/curves", { ...only, asof: day, as_of: asOfText() }, signal), commits);
  const ghost = useData(before ? `curve ${curve.curve_key} ${before} ${asOfText()}` : null, (signal) =>
    getAllRows<CurveRow>("/v1/curves", { ...only, asof: before, as_of: asOfText() }, signal), commits);
  const first = branches.filter((b) => b.asof_date === day && b.tag !== null).sort((a, b) => (a.merged_at ?? "").localeCompare(b.merged_at ?? ""))[0]?.tag ?? null;
  const side = isFirst ? (first === null ? null : { tag_a: first }) : before === null ? null : { asof_a: before };
  const changes = useData(side ? `changes ${curve.curve_key} ${day} ${JSON.stringify(side)} ${asOfText()}` : null, (signal) =>
    getAllRows<CurveChange>("/v1/curves/diff", { ...only, ...side, asof_b: day, rolls: true, known_b: asOfText() }, signal), commits);
  return (
    <Show loaded={rows} height={480}>
      {(all) => (
        <div class="with-side">
          <div class="node-main">
            <section class="panel" aria-label="Forward curve"><ForwardChart rows={all} ghost={ghost.data ?? []} before={before} /></section>
            <ChangeTable changes={changes.data} against={isFirst ? "the first merge of the date" : before ?? null} />
          </div>
          <CurveFacts rows={all} ghost={ghost.data ?? []} curve={curve} load={load} />
        </div>
      )}
    </Show>
  );
}
