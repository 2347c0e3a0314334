import { usePlace, setFilters } from "../routing";
import { day, dayStart, hour, isoText, parseInstant } from "../time";

/** The stretch of time that a view shows: whole market days up to today, or any two instants chosen by zooming. */
export interface Period {
  from: number;
  to: number;
  /** `today`, `2d`, `7d`, `30d`, or `zoom` for chosen instants. */
  name: string;
}

export const periods: readonly (readonly [string, string])[] = [["today", "Today"], ["2d", "2 days"], ["7d", "7 days"], ["30d", "30 days"]];

const daysOf: Record<string, number> = { today: 1, "2d": 2, "7d": 7, "30d": 30 };

const maxDays = 92;

/** The period of the URL. Whole days are the market's, and end with the day of `now`. */
export function usePeriod(now: number, marketZone: string, fallback: string): Period {
  const { query } = usePlace();
  const from = parseInstant(query.get("from") ?? "");
  const to = parseInstant(query.get("to") ?? "");
  if (from < to && to - from <= maxDays * day) return { from, to, name: "zoom" };
  const asked = query.get("range") ?? fallback;
  const name = asked in daysOf ? asked : fallback;
  return { from: dayStart(now, marketZone, 1 - daysOf[name]!), to: dayStart(now, marketZone, 1), name };
}

export const zoomTo = (from: number, to: number): void => {
  if (to - from >= 600) setFilters({ from: isoText(Math.floor(from / 300) * 300), to: isoText(Math.ceil(to / 300) * 300) });
};

export const zoomOut = (): void => setFilters({ from: null, to: null });

/** Moves the period by its own length; days stay whole days when the clock changes. */
export function move(period: Period, direction: 1 | -1, marketZone: string): void {
  const days = Math.round((period.to - period.from) / day);
  const isDays = dayStart(period.from + hour, marketZone) === period.from && days > 0;
  const from = isDays ? dayStart(period.from, marketZone, direction * days) : period.from + direction * (period.to - period.from);
  const to = isDays ? dayStart(from, marketZone, days) : period.to + direction * (period.to - period.from);
  setFilters({ from: isoText(from), to: isoText(to) });
}
