import { useEffect, useMemo, useState } from "preact/hooks";
import { ApiError, getAllRows, getRows, postJson, urlOf } from "../api/client";
import type { Scenario, ScenarioDifference, ScenarioOutput, ScenarioRun } from "../api/models";
import { useData } from "../data";
import { curvesOf, tenorsOf } from "../models";
import { words } from "../numbers";
import { Icon } from "../parts/Icon";
import { Empty, Show } from "../parts/states";
import { linkTo, setFilters, usePlace } from "../routing";
import { mayWrite } from "../settings";
import { Differences, FanChart, RunFacts, TenorTable, Waterfall } from "./ScenarioParts";

const isOpen = (run: ScenarioRun | undefined): boolean => run?.status === "queued" || run?.status === "running";

const pollSeconds = 1;

/** What-if curves: the scenarios of a tenant, what one does to a curve and why, and how two differ. */
export function Scenarios() {
  const { query } = usePlace();
  const tenant = query.get("tenant");
  const [fresh, setFresh] = useState(0);
  const list = useData(`scenarios ${tenant}`, (signal) => getAllRows<Scenario>("/v1/scenarios", { tenant }, signal, 1000), fresh);
  const scenario = list.data?.find((s) => s.id === query.get("scenario")) ?? list.data?.[0] ?? null;
  return (
    <>
      <div class="toolbar"><h1>Scenarios</h1>{tenant && <span class="tag">tenant {tenant}</span>}<span class="spring" /></div>
      <Show loaded={list} height={480} isEmpty={(all) => all.length === 0} empty={<NoScenarios />}>
        {(all) => (
          <div class="models">
            <ScenarioList scenarios={all} chosen={scenario!.id} />
            <OneScenario key={`${scenario!.id} ${scenario!.version}`} scenario={scenario!} others={all.filter((s) => s.id !== scenario!.id)} tenant={tenant} onRun={() => setFresh((n) => n + 1)} />
          </div>
        )}
      </Show>
    </>
  );
}

function NoScenarios() {
  return (
    <Empty title="No scenarios yet">
      A scenario asks what forward curves would be if something were otherwise. <code>aurum scenario create --help</code> tells how to write one.
    </Empty>
  );
}

function ScenarioList({ scenarios, chosen }: { scenarios: Scenario[]; chosen: string }) {
  return (
    <nav class="panel model-list" aria-label="Scenarios">
      {scenarios.map((s) => (
        <a key={s.id} href={linkTo("/scenarios", { scenario: s.id, tenant: new URLSearchParams(location.search).get("tenant") })} data-scenario={s.name}
          class={s.id === chosen ? "model is-on" : "model"} aria-current={s.id === chosen ? "true" : undefined}>
          <strong>{s.name}</strong>
          <span class="muted">{s.assumptions.length === 0 ? "no driver" : [...new Set(s.assumptions.map((a) => words(a.driver_type).toLowerCase()))].join(", ")}</span>
        </a>
      ))}
    </nav>
  );
}

/** The newest runs, asked for again while one of them works. */
function useRuns(scenario: Scenario, tenant: string | null) {
  const [tick, setTick] = useState(0);
  const runs = useData(`runs ${scenario.id}`, (signal) => getRows<ScenarioRun>(`/v1/scenarios/${scenario.id}/runs`, { tenant, limit: 20 }, signal), tick);
  const works = runs.data?.some(isOpen) ?? false;
  useEffect(() => {
    if (!works) return;
    const timer = setTimeout(() => setTick((n) => n + 1), pollSeconds * 1000);
    return () => clearTimeout(timer);
  }, [works, tick]);
  return { runs, refresh: () => setTick((n) => n + 1) };
}

function OneScenario({ scenario, others, tenant, onRun }: { scenario: Scenario; others: Scenario[]; tenant: string | null; onRun: () => void }) {
  const { query } = usePlace();
  const { runs, refresh } = useRuns(scenario, tenant);
  const newest = runs.data?.[0];
  const done = runs.data?.find((r) => r.status === "succeeded") ?? null;
  return (
    <div class="model-main">
      <section class="panel" aria-label="Scenario">
        <div class="panel-head">
          <h2>{scenario.name}</h2><span class="muted">version {scenario.version}, {scenario.status}</span><span class="spring" />
          {newest && <RunState run={newest} />}
          <RunButton scenario={scenario} tenant={tenant} isBusy={isOpen(newest)} onRun={() => { refresh(); onRun(); }} />
        </div>
        {scenario.description && <p class="panel-note">{scenario.description}</p>}
        {newest?.error_message && <p class="panel-note down" role="alert">{newest.error_message}</p>}
      </section>
      <Show loaded={runs} height={320} isEmpty={() => done === null} empty={<Empty title="It has no outputs yet">Run it here or with <code>aurum scenario run {scenario.id}</code>.</Empty>}>
        {() => <Outputs key={done!.id} scenario={scenario} run={done!} others={others} tenant={tenant} against={others.find((o) => o.id === query.get("against")) ?? null} />}
      </Show>
    </div>
  );
}

function RunState({ run }: { run: ScenarioRun }) {
  const kind = run.status === "succeeded" ? "is-good" : run.status === "queued" || run.status === "running" ? "is-warn" : "is-bad";
  return <span class={`tag ${kind}`} data-run={run.status}>{run.status}{run.status === "running" && run.progress_percent !== null ? ` ${Math.round(run.progress_percent)}%` : ""}</span>;
}

function RunButton({ scenario, tenant, isBusy, onRun }: { scenario: Scenario; tenant: string | null; isBusy: boolean; onRun: () => void }) {
  const [failure, setFailure] = useState<string | null>(null);
  if (!mayWrite) return null;
  const run = () => {
    setFailure(null);
    postJson(urlOf(`/v1/scenarios/${scenario.id}/run`, { tenant }), {}).then(onRun, (e: unknown) => setFailure(e instanceof ApiError ? e.message : String(e)));
  };
  return <>{failure && <span class="said down" role="alert">{failure}</span>}<button type="button" class="button" disabled={isBusy} onClick={run}>Run on the newest curves</button></>;
}

function Outputs({ scenario, run, others, tenant, against }: { scenario: Scenario; run: ScenarioRun; others: Scenario[]; tenant: string | null; against: Scenario | null }) {
  const { query } = usePlace();
  const metric = "mid";
  const outputs = useData(`outputs ${run.id}`, (signal) => getAllRows<ScenarioOutput>(`/v1/scenarios/${scenario.id}/outputs`, { tenant, run_id: run.id, metric }, signal));
  const curves = useMemo(() => curvesOf(outputs.data ?? []), [outputs.data]);
  const curve = curves.find((c) => c.key === query.get("curve")) ?? curves[0] ?? null;
  const rows = useMemo(() => tenorsOf((outputs.data ?? []).filter((r) => r.curve_key === curve?.key)), [outputs.data, curve?.key]);
  const tenor = rows.find((r) => r.tenor_label === query.get("tenor")) ?? rows[0] ?? null;
  const compared = useData(against && curve ? `diff ${run.id} ${against.id} ${curve.key}` : null, (signal) =>
    getAllRows<ScenarioDifference>("/v1/scenarios/diff", { tenant, a: run.id, b: against!.id, metric, curve_key: curve!.key }, signal));
  return (
    <Show loaded={outputs} height={420} isEmpty={(all) => all.length === 0} empty={<Empty title="The run has no prices">Its curves have no months from its as-of date on.</Empty>}>
      {() => (
        <>
          <div class="curve-bar">
            <select class="curve-choice" aria-label="Curve" value={curve!.key} onChange={(e) => setFilters({ curve: e.currentTarget.value })}>
              {curves.map((c) => <option key={c.key} value={c.key}>{c.name}</option>)}
            </select>
            {others.length > 0 && (
              <label class="field">Against
                <select aria-label="Against" value={against?.id ?? ""} onChange={(e) => setFilters({ against: e.currentTarget.value || null })}>
                  <option value="">the curve as it is</option>
                  {others.map((o) => <option key={o.id} value={o.id}>{o.name}</option>)}
                </select>
              </label>
            )}
            <span class="spring" />
            <a class="button" href={urlOf(`/v1/scenarios/${scenario.id}/outputs`, { tenant, run_id: run.id, format: "csv" })} download={`${scenario.name}.csv`} title="All outputs of the run as CSV"><Icon name="download" />CSV</a>
          </div>
          <div class="node">
            <div class="node-main">
              <section class="panel" aria-label="Scenario curve"><FanChart curve={curve!} rows={rows} scenario={scenario.name} against={against?.name ?? null} differences={compared.data} /></section>
              <TenorTable rows={rows} chosen={tenor!.tenor_label} unit={curve!.unit} />
              {against && <Differences loaded={compared} name={against.name} />}
            </div>
            <div class="node-side">
              <Waterfall row={tenor!} unit={curve!.unit} />
              <RunFacts run={run} row={tenor!} tenant={tenant} />
            </div>
          </div>
        </>
      )}
    </Show>
  );
}
