/** Instants are seconds since 1970 UTC. Zones are IANA names. */

export const minute = 60;
export const hour = 3600;
export const day = 86_400;

export const parseInstant = (text: string): number => Date.parse(text) / 1000;

/** ISO text with Z, without a fraction where there is none. */
export const isoText = (t: number): string => new Date(Math.round(t * 1000)).toISOString().replace(".000Z", "Z");

export const localZone = Intl.DateTimeFormat().resolvedOptions().timeZone || "UTC";

interface Parts {
  year: number;
  month: number;
  day: number;
  hour: number;
  minute: number;
  second: number;
}

/** A clock that never changes goes by its offset at the server (UTC-05); browsers know it by another name, with the sign turned. */
export function browserZone(zone: string): string {
  if (zone === "UTC") return "Etc/UTC";
  const fixed = /^UTC([+-])0?(\d{1,2})$/.exec(zone);
  return fixed ? `Etc/GMT${fixed[1] === "-" ? "+" : "-"}${fixed[2]}` : zone;
}

const formats = new Map<string, Intl.DateTimeFormat>();

function format(zone: string, key: string, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const id = `${zone} ${key}`;
  let found = formats.get(id);
  if (!found) {
    found = new Intl.DateTimeFormat("en-US", { ...options, timeZone: browserZone(zone), hourCycle: "h23" });
    formats.set(id, found);
  }
  return found;
}

/** The calendar and clock reading of an instant in a zone. */
export function partsIn(t: number, zone: string): Parts {
  const read: Record<string, number> = {};
  const style: Intl.DateTimeFormatOptions = {
    year: "numeric", month: "numeric", day: "numeric", hour: "numeric", minute: "numeric", second: "numeric",
  };
  for (const part of format(zone, "parts", style).formatToParts(t * 1000)) read[part.type] = Number(part.value);
  return read as unknown as Parts;
}

/** How far the zone's clock is ahead of UTC at an instant, seconds. */
export function offsetAt(t: number, zone: string): number {
  const p = partsIn(t, zone);
  return Date.UTC(p.year, p.month - 1, p.day, p.hour, p.minute, p.second) / 1000 - Math.floor(t);
}

/** The instant of a clock reading in a zone: the earlier one where it occurs twice, the later side where it is skipped. */
export function fromLocal(localSeconds: number, zone: string): number {
  const early = localSeconds - offsetAt(localSeconds - day, zone);
  const late = localSeconds - offsetAt(localSeconds + day, zone);
  const fits = [early, late].filter((t) => t + offsetAt(t, zone) === localSeconds);
  return fits.length > 0 ? Math.min(...fits) : Math.max(early, late);
}

/** Reads `2025-07-10T14:30` (a datetime-local input) on a zone's clock; NaN where it is not that. */
export function parseLocal(text: string, zone: string): number {
  const t = Date.parse(text.length === 16 ? `${text}:00Z` : `${text}Z`) / 1000;
  return Number.isNaN(t) ? t : fromLocal(t, zone);
}

/** `2025-07-10T14:30`: what a datetime-local input shows for an instant. */
export const localInput = (t: number, zone: string): string => isoText(Math.floor(t) + offsetAt(t, zone)).slice(0, 16);

/** The instant at which the zone's calendar day begins that holds `t`, moved by whole calendar days. */
export function dayStart(t: number, zone: string, moveDays = 0): number {
  const p = partsIn(t, zone);
  return fromLocal(Date.UTC(p.year, p.month - 1, p.day + moveDays) / 1000, zone);
}

/** `2025-07-10`: the zone's calendar date. */
export const dateText = (t: number, zone: string): string => localInput(t, zone).slice(0, 10);

const two = (n: number): string => String(n).padStart(2, "0");
const months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
const weekdays = ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"];

/** `14:35`. */
export function clockText(t: number, zone: string): string {
  const p = partsIn(t, zone);
  return `${two(p.hour)}:${two(p.minute)}`;
}

/** `10 Jul`. */
export function dayText(t: number, zone: string): string {
  const p = partsIn(t, zone);
  return `${p.day} ${months[p.month - 1]}`;
}

/** `Thu 10 Jul 2025`. */
export function longDayText(t: number, zone: string): string {
  const p = partsIn(t, zone);
  const weekday = new Date(Date.UTC(p.year, p.month - 1, p.day)).getUTCDay();
  return `${weekdays[weekday]} ${p.day} ${months[p.month - 1]} ${p.year}`;
}

/** `Jul 2025`. */
export function monthText(t: number, zone: string): string {
  const p = partsIn(t, zone);
  return `${months[p.month - 1]} ${p.year}`;
}

/** `10 Jul 2025`, `1 Jul – 31 Jul 2025`: whole days. */
export function daysText(from: number, to: number, zone: string): string {
  const last = to - hour;
  const text = `${dayText(last, zone)} ${partsIn(last, zone).year}`;
  return dayText(from, zone) === dayText(last, zone) ? text : `${dayText(from, zone)} – ${text}`;
}

/** `10 Jul 14:35`. */
export const dayClockText = (t: number, zone: string): string => `${dayText(t, zone)} ${clockText(t, zone)}`;

/** `10 Jul 2025 14:35:07 PDT`: nothing left to guess; seconds where they are not zero. */
export function fullText(t: number, zone: string): string {
  const p = partsIn(t, zone);
  const seconds = p.second === 0 ? "" : `:${two(p.second)}`;
  return `${dayText(t, zone)} ${p.year} ${clockText(t, zone)}${seconds} ${zoneName(t, zone)}`;
}

/** `14:05–14:10`; `14:05` where a reading has no length. */
export const intervalText = (from: number, to: number, zone: string): string =>
  to > from ? `${clockText(from, zone)}–${clockText(to, zone)}` : clockText(from, zone);

/** `PDT`, `EST`, `UTC`, `GMT+2`: the short name of the zone's clock at an instant. The one fixed clock of the markets is Eastern Standard Time. */
export function zoneName(t: number, zone: string): string {
  if (zone === "UTC-05") return "EST";
  const parts = format(zone, "name", { timeZoneName: "short" }).formatToParts(t * 1000);
  return parts.find((p) => p.type === "timeZoneName")?.value ?? zone;
}

/** `just now`, `4 min`, `3 h`, `2 d`: how long ago or how far behind. */
export function spanText(seconds: number): string {
  const s = Math.max(0, seconds);
  if (s < 10) return "now";
  if (s < 90) return `${Math.round(s)} s`;
  if (s < 90 * minute) return `${Math.round(s / minute)} min`;
  if (s < 36 * hour) return `${Math.round(s / hour)} h`;
  return `${Math.round(s / day)} d`;
}
