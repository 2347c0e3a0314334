import { dayText, dayClockText, hour, dayStart, longDayText } from "../time";
import { setFilters } from "../routing";
import { move, periods, zoomOut, type Period } from "../views/period";
import { Icon } from "./Icon";

/** Chooses the period: whole days by name, one period back or forward, and the way out of a zoom. */
export function PeriodBar({ period, marketZone, zone }: { period: Period; marketZone: string; zone: string }) {
  return (
    <div class="period-bar">
      <div class="choices" role="group" aria-label="Period">
        {periods.map(([name, text]) => (
          <button key={name} type="button" class={period.name === name ? "choice is-on" : "choice"} aria-pressed={period.name === name}
            onClick={() => setFilters({ range: name, from: null, to: null })}>{text}</button>
        ))}
      </div>
      <div class="choices">
        <button type="button" class="choice" aria-label="Earlier" title="Earlier" onClick={() => move(period, -1, marketZone)}><Icon name="left" /></button>
        <button type="button" class="choice" aria-label="Later" title="Later" onClick={() => move(period, 1, marketZone)}><Icon name="right" /></button>
      </div>
      <span class="muted period-text">{periodText(period, zone)}</span>
      {period.name === "zoom" && <button type="button" class="link" onClick={zoomOut}>Whole period</button>}
    </div>
  );
}

function periodText({ from, to }: Period, zone: string): string {
  const isWholeDays = dayStart(from + hour, zone) === from && dayStart(to + hour, zone) === to;
  if (!isWholeDays) return `${dayClockText(from, zone)} – ${dayClockText(to, zone)}`;
  const last = to - hour;
  return dayText(from, zone) === dayText(last, zone) ? longDayText(from, zone) : `${dayText(from, zone)} – ${dayText(last, zone)}`;
}
