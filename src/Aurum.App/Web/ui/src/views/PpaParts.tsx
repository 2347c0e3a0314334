import { Fragment } from "preact";
import { useMemo, useState } from "preact/hooks";
import { urlOf } from "../api/client";
import type { PpaCashflow, PpaResult } from "../api/models";
import { BarRows, type BarRow } from "../charts/BarRows";
import { Chart, type Line } from "../charts/Chart";
import { tornado } from "../charts/parts";
import { moneyOf, yearsOf, type Year } from "../models";
import { changeText, direction, percentText, priceText, shortText, unknown, wholeText } from "../numbers";
import { Swatch } from "../parts/controls";
import { Icon } from "../parts/Icon";

const whole = (v: number): string => changeText(v, 0);

/** The numbers that a contract is known by. */
export function ValueHead({ result }: { result: PpaResult }) {
  const risk = (metric: string) => result.risk?.statistics.find((s) => s.metric === metric)?.value;
  const per = `${result.currency}/MWh`;
  const facts: readonly (readonly [name: string, value: string, unit?: string, kind?: string])[] = [
    ["Net present value", wholeText(result.npv), result.currency, direction(result.npv)],
    ["Break-even price", priceText(result.break_even_price), per],
    ["Mean contract price", priceText(result.levelised_price), per],
    ["Capture rate", percentText(result.capture.capture_rate), "of the mean price"],
    ...(result.irr === null ? [] : [["Rate of return", percentText(result.irr), "a year"] as const]),
    ...(result.risk ? [["P5 to P95", `${shortText(risk("p5"))} to ${shortText(risk("p95"))}`, result.currency] as const] : []),
  ];
  return (
    <dl class="totals" aria-label="Value">
      {facts.map(([name, value, unit, kind]) => <div class="panel" key={name}><dt>{name}</dt><dd class={kind} data-fact={name}>{value} <small>{unit}</small></dd></div>)}
    </dl>
  );
}

/** Money by month as a chart, by year as a table; a year opens to its months. */
export function Cashflows({ id, result, tenant }: { id: string; result: PpaResult; tenant: string | null }) {
  const { net, band } = useMemo(() => moneyOf(result), [result]);
  const lines = useMemo<Line[]>(() => [{ label: "Net", color: "--rt", spans: net, shape: "steps", width: 1.6 }], [net]);
  const years = useMemo(() => yearsOf(result.cashflows, result.risk), [result]);
  return (
    <section class="panel" aria-label="Cashflows">
      <div class="panel-head">
        <h2>Cashflows</h2><span class="muted">{result.currency} a month, as the {result.side} sees them</span><span class="spring" />
        <a class="button" href={urlOf(`/v1/ppa/valuations/${id}/cashflows`, { tenant, format: "csv" })} download={`${result.contract}-cashflows.csv`}><Icon name="download" />CSV</a>
      </div>
      {band && <div class="legend legend-inside"><span class="legend-item"><Swatch color="--rt" kind="line" />Expected, and the room of nine outcomes in ten</span></div>}
      <Chart label="Net cashflow by delivery month" height={260} from={net[0]?.from ?? 0} to={net.at(-1)?.to ?? 1} zone="UTC" unit="" lines={lines}
        {...(band ? { forward: band } : {})} format={(v) => (v === null ? unknown : whole(v))} axisFormat={(v) => shortText(v)} />
      <div class="scroll"><YearTable years={years} hasRisk={result.risk !== null} /></div>
    </section>
  );
}

function YearTable({ years, hasRisk }: { years: Year[]; hasRisk: boolean }) {
  const [open, setOpen] = useState<number | null>(null);
  return (
    <table class="grid cashflows">
      <thead><tr><th>Delivery</th><th class="num">MWh</th><th class="num">Market value</th><th class="num">Contract</th><th class="num">Clauses, fees</th><th class="num">Net</th>{hasRisk && <th class="num">P5 to P95</th>}<th class="num">Present value</th></tr></thead>
      <tbody>
        {years.map((y) => (
          <Fragment key={y.year}>
            <tr data-year={y.year}>
              <th scope="row"><button type="button" class="link" aria-expanded={open === y.year} onClick={() => setOpen(open === y.year ? null : y.year)}>{y.year}</button></th>
              <td class="num">{wholeText(y.deliveredMwh)}</td><td class="num">{whole(y.marketValue)}</td><td class="num">{whole(y.contractPayment)}</td><td class="num">{whole(y.other)}</td>
              <td class={`num price ${direction(y.net)}`}>{whole(y.net)}</td>
              {hasRisk && <td class="num muted">{wholeText(y.p5)} to {wholeText(y.p95)}</td>}
              <td class="num">{whole(y.presentValue)}</td>
            </tr>
            {open === y.year && y.months.map((m) => <MonthRow key={m.month} month={m} hasRisk={hasRisk} />)}
          </Fragment>
        ))}
      </tbody>
    </table>
  );
}

function MonthRow({ month, hasRisk }: { month: PpaCashflow; hasRisk: boolean }) {
  const prices = `captures ${priceText(month.capture_price)}, pays ${priceText(month.contract_price)} a MWh; paid ${month.payment_date}`;
  return (
    <tr class="is-month" title={prices}>
      <th scope="row">{month.month.slice(0, 7)}</th>
      <td class="num">{wholeText(month.delivered_mwh)}</td><td class="num">{changeText(month.market_value)}</td><td class="num">{changeText(month.contract_payment)}</td>
      <td class="num">{changeText(month.clause_effect + month.band_effect + month.fees + month.credit_charge)}</td><td class={`num ${direction(month.net)}`}>{changeText(month.net)}</td>
      {hasRisk && <td />}
      <td class="num">{changeText(month.present_value)}</td>
    </tr>
  );
}

/** What each clause adds to the value. */
export function Parts({ result }: { result: PpaResult }) {
  const rows = useMemo<BarRow[]>(() => [
    ...result.parts.filter((p) => p.value !== 0).map((p) => ({ label: p.label, parts: [{ from: p.total - p.value, to: p.total, color: p.value > 0 ? "--up" : "--down" }], text: whole(p.value) })),
    { label: "Net present value", parts: [{ from: 0, to: result.npv, color: "--rt" }], text: wholeText(result.npv), isTotal: true },
  ], [result]);
  return (
    <section class="panel" aria-label="Value split">
      <div class="panel-head"><h2>What makes the value</h2><span class="muted">{result.currency}</span></div>
      <BarRows label="Value by clause" rows={rows} />
    </section>
  );
}

/** What single changes of assumptions do. */
export function Sensitivities({ result }: { result: PpaResult }) {
  const rows = useMemo(() => tornado(0, result.sensitivities.map((s) => ({ name: s.name, low: s.down, high: s.up, note: `${s.down_label}: ${whole(s.down)}; ${s.up_label}: ${whole(s.up)}` })), whole), [result]);
  return (
    <section class="panel" aria-label="Sensitivities">
      <div class="panel-head"><h2>What moves it</h2><span class="muted">{result.currency}, each alone</span></div>
      <BarRows label="Sensitivities" rows={rows} />
    </section>
  );
}

/** What the volume catches of the market's price, year by year. */
export function Capture({ result }: { result: PpaResult }) {
  const { capture } = result;
  const facts: readonly (readonly [string, string])[] = [
    ["Mean price", priceText(capture.mean_price)], ["Capture price", priceText(capture.capture_price)], ["Capture rate", percentText(capture.capture_rate)],
    ["Without cannibalisation", percentText(capture.rate_without_cannibalisation)],
    ["A year's prices 1 higher", result.deltas.filter((d) => d.tenor === "year").map((d) => `${d.label}: ${whole(d.value)}`)[0] ?? unknown],
  ];
  return (
    <aside class="panel facts is-short" aria-label="Capture">
      <h2>Capture</h2>
      <dl class="facts-list">{facts.map(([name, value]) => <div key={name}><dt>{name}</dt><dd>{value}</dd></div>)}</dl>
    </aside>
  );
}
