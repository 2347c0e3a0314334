import type { Span } from "../charts/spans";
import type { Layer } from "../charts/stack";
import { changeText, percentText, wholeText } from "../numbers";
import { Swatch } from "../parts/controls";
import { errorsOf, type PowerSeries } from "../power";
import { clockText, dayClockText, zoneName } from "../time";

const last = (spans: readonly Span[], now: number): Span | null => {
  for (let i = spans.length - 1; i >= 0; i--) if (spans[i]!.from <= now && spans[i]!.value !== null) return spans[i]!;
  return null;
};

const greatest = (spans: readonly Span[]): Span | null =>
  spans.reduce<Span | null>((best, s) => (s.value !== null && (best === null || s.value > best.value!) ? s : best), null);

/** Where load stands, how well it was forecast, and when it peaks. */
export function LoadFacts({ series, zone, now }: { series: PowerSeries[]; zone: string; now: number }) {
  const actual = series.find((s) => !s.isForecast);
  const forecast = series.find((s) => s.isForecast);
  const present = last((actual ?? forecast)?.spans ?? [], now);
  const errors = actual && forecast ? errorsOf(actual.spans, forecast.spans) : [];
  const meanError = errors.length === 0 ? null : errors.reduce((sum, e) => sum + Math.abs(e.value!), 0) / errors.length;
  const meanLoad = actual && actual.spans.length > 0 ? actual.spans.reduce((sum, s) => sum + (s.value ?? 0), 0) / actual.spans.length : null;
  const bias = errors.length === 0 ? null : errors.reduce((sum, e) => sum + e.value!, 0) / errors.length;
  const peak = greatest(actual?.spans ?? []);
  const expected = greatest(forecast?.spans ?? []);
  return (
    <aside class="panel facts">
      {present && <div class="facts-when"><Swatch color={actual ? "--rt" : "--da"} kind="line" />{actual ? "Metered" : "Forecast"} {dayClockText(present.from, zone)} {zoneName(present.from, zone)}</div>}
      <div class="price-large">{wholeText(present?.value)}<small>MW</small></div>
      <dl class="facts-list">
        {peak && <div><dt>Peak metered<span class="muted"> {dayClockText(peak.from, zone)}</span></dt><dd>{wholeText(peak.value)}</dd></div>}
        {expected && <div><dt>Peak forecast<span class="muted"> {dayClockText(expected.from, zone)}</span></dt><dd>{wholeText(expected.value)}</dd></div>}
        {meanError !== null && <div><dt>Mean forecast error</dt><dd>{wholeText(meanError)} <span class="muted">{percentText(meanLoad ? meanError / meanLoad : null)}</span></dd></div>}
        {bias !== null && <div><dt title="Metered less forecast, mean of the period">Bias</dt><dd>{changeText(bias, 0)}</dd></div>}
      </dl>
    </aside>
  );
}

/** The latest mix in figures. */
export function FuelFacts({ layers, isStacked, zone, now }: { layers: Layer[]; isStacked: boolean; zone: string; now: number }) {
  const rows = layers.map((layer) => ({ layer, span: last(layer.spans, now) })).filter((r) => r.span !== null);
  const at = Math.max(...rows.map((r) => r.span!.from));
  const present = rows.map((r) => ({ layer: r.layer, mw: r.span!.from === at ? r.span!.value! : null }));
  const total = present.reduce((sum, r) => sum + Math.max(0, r.mw ?? 0), 0);
  if (rows.length === 0) return <aside class="panel facts" />;
  return (
    <aside class="panel facts">
      <div class="facts-when">{clockText(at, zone)} {zoneName(at, zone)}</div>
      <table class="grid fuel-grid">
        <thead><tr><th>Fuel</th><th class="num">MW</th>{isStacked && <th class="num">Share</th>}</tr></thead>
        <tbody>
          {[...present].sort((a, b) => (b.mw ?? -1e9) - (a.mw ?? -1e9)).map(({ layer, mw }) => (
            <tr key={layer.label}>
              <th scope="row"><Swatch color={layer.color} />{layer.label}</th><td class="num">{wholeText(mw)}</td>
              {isStacked && <td class="num muted">{mw !== null && mw > 0 ? percentText(mw / total, 0) : ""}</td>}
            </tr>
          ))}
        </tbody>
        {isStacked && <tfoot><tr><th scope="row">Total</th><td class="num">{wholeText(present.reduce((sum, r) => sum + (r.mw ?? 0), 0))}</td><td /></tr></tfoot>}
      </table>
    </aside>
  );
}
