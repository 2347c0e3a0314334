import { useMemo, useState } from "preact/hooks";
import { ApiError, getAllRows, getJson, getRows, postJson, urlOf } from "../api/client";
import type { PpaContract, PpaMetric, PpaTerm, PpaValuation } from "../api/models";
import { useData } from "../data";
import { valuationsOf, type Valued } from "../models";
import { wholeText } from "../numbers";
import { Empty, Show } from "../parts/states";
import { linkTo, setFilters, usePlace } from "../routing";
import { mayWrite } from "../settings";
import { fullText, parseInstant } from "../time";
import { Capture, Cashflows, Parts, Sensitivities, ValueHead } from "./PpaParts";
import { Manifest, Notes, Risk } from "./PpaFacts";

/** Power purchase agreements: terms in words, what they are worth, why, and what they could lose. */
export function Ppa() {
  const { query } = usePlace();
  const tenant = query.get("tenant");
  const list = useData(`ppa contracts ${tenant}`, (signal) => getAllRows<PpaContract>("/v1/ppa/contracts", { tenant, limit: 200 }, signal, 1000));
  const contract = list.data?.find((c) => c.ppa_contract_id === query.get("contract")) ?? list.data?.[0] ?? null;
  return (
    <>
      <div class="toolbar"><h1>Power purchase agreements</h1>{tenant && <span class="tag">tenant {tenant}</span>}<span class="spring" /></div>
      <Show loaded={list} height={480} isEmpty={(all) => all.length === 0} empty={<NoContracts />}>
        {(all) => (
          <div class="models">
            <nav class="panel model-list" aria-label="Contracts">
              {all.map((c) => (
                <a key={c.ppa_contract_id} href={linkTo("/ppa", { contract: c.ppa_contract_id, tenant })} data-contract={nameOf(c)}
                  class={c === contract ? "model is-on" : "model"} aria-current={c === contract ? "true" : undefined}>
                  <strong>{nameOf(c)}</strong><span class="muted">{c.terms.counterparty ?? c.instrument_id ?? ""}</span>
                </a>
              ))}
            </nav>
            <OneContract key={`${contract!.ppa_contract_id} ${contract!.version}`} contract={contract!} tenant={tenant} />
          </div>
        )}
      </Show>
    </>
  );
}

const nameOf = (contract: PpaContract): string => contract.terms.name ?? contract.instrument_id ?? contract.ppa_contract_id;

function NoContracts() {
  return (
    <Empty title="No contracts yet">
      <code>aurum ppa example &gt; contract.json</code> writes one to start from; <code>aurum ppa add contract.json</code> stores it, <code>aurum ppa check contract.json</code> says it in words.
    </Empty>
  );
}

function OneContract({ contract, tenant }: { contract: PpaContract; tenant: string | null }) {
  const { query } = usePlace();
  const [fresh, setFresh] = useState(0);
  const id = contract.ppa_contract_id;
  const values = useData(`ppa values ${id}`, (signal) => getRows<PpaMetric>(`/v1/ppa/contracts/${id}/valuations`, { tenant, metric: "npv", limit: 200 }, signal), fresh);
  const valued = useMemo(() => valuationsOf(values.data ?? []), [values.data]);
  const chosen = valued.find((v) => v.id === query.get("valuation")) ?? valued[0] ?? null;
  return (
    <div class="model-main">
      <section class="panel" aria-label="Contract">
        <div class="panel-head">
          <h2>{nameOf(contract)}</h2><span class="muted">version {contract.version}</span><span class="spring" />
          {valued.length > 1 && <ValuationChoice valued={valued} chosen={chosen!} />}
          <ValueButtons id={id} tenant={tenant} onValued={() => { setFilters({ valuation: null }, true); setFresh((n) => n + 1); }} />
        </div>
        <TermSheet id={id} version={contract.version} tenant={tenant} />
      </section>
      <Show loaded={values} height={320} isEmpty={(all) => all.length === 0} empty={<Empty title="It was not valued yet">Value it here or with <code>aurum ppa value {id}</code>.</Empty>}>
        {() => <OneValuation key={chosen!.id} id={chosen!.id} tenant={tenant} />}
      </Show>
    </div>
  );
}

function TermSheet({ id, version, tenant }: { id: string; version: number; tenant: string | null }) {
  const words = useData(`ppa words ${id} ${version}`, async (signal) =>
    (await getJson<{ data: PpaTerm[] | { terms: PpaTerm[] } }>(urlOf(`/v1/ppa/contracts/${id}/words`, { tenant }), signal)).data);
  return (
    <Show loaded={words} height={120}>
      {(data) => <dl class="term-sheet">{(Array.isArray(data) ? data : data.terms).map((t) => <div key={t.term}><dt>{t.term}</dt><dd>{t.text}</dd></div>)}</dl>}
    </Show>
  );
}

function ValuationChoice({ valued, chosen }: { valued: Valued[]; chosen: Valued }) {
  return (
    <select aria-label="Valuation" value={chosen.id} onChange={(e) => setFilters({ valuation: e.currentTarget.value === valued[0]!.id ? null : e.currentTarget.value })}>
      {valued.map((v) => <option key={v.id} value={v.id}>{v.asOf}{v.scenario ? " under a scenario" : ""}: {wholeText(v.npv)} {v.currency}, {fullText(Math.floor(parseInstant(v.at)), "UTC")}</option>)}
    </select>
  );
}

const simulatedPaths = 2000;

function ValueButtons({ id, tenant, onValued }: { id: string; tenant: string | null; onValued: () => void }) {
  const [state, setState] = useState<string | null>(null);
  if (!mayWrite) return null;
  const value = (paths: number) => {
    setState("");
    const options = paths > 0 ? { options: { simulation: { paths } } } : {};
    postJson(urlOf("/v1/ppa/valuate", { tenant }), { ppa_contract_id: id, ...options }).then(
      () => { setState(null); onValued(); }, (e: unknown) => setState(e instanceof ApiError ? e.message : String(e)));
  };
  return (
    <>
      {state && <span class="said down" role="alert">{state}</span>}
      <button type="button" class="button" disabled={state === ""} onClick={() => value(0)}>Value on the newest curves</button>
      <button type="button" class="button" disabled={state === ""} onClick={() => value(simulatedPaths)} title={`Simulates ${simulatedPaths} paths of prices and volumes`}>With risk</button>
    </>
  );
}

function OneValuation({ id, tenant }: { id: string; tenant: string | null }) {
  const loaded = useData(`ppa valuation ${id}`, async (signal) => (await getJson<{ data: PpaValuation }>(urlOf(`/v1/ppa/valuations/${id}`, { tenant }), signal)).data);
  return (
    <Show loaded={loaded} height={420}>
      {(valuation) => (
        <>
          <ValueHead result={valuation.result} />
          <div class="pair"><Parts result={valuation.result} /><Sensitivities result={valuation.result} /></div>
          <div class="node">
            <div class="node-main">
              <Cashflows id={id} result={valuation.result} tenant={tenant} />
              <Risk result={valuation.result} />
              <Manifest valuation={valuation} />
            </div>
            <div class="node-side">
              <Capture result={valuation.result} />
              <Notes result={valuation.result} />
            </div>
          </div>
        </>
      )}
    </Show>
  );
}
