import { useEffect, useState } from "preact/hooks";
import { here, setFilters, usePlace } from "./routing";
import { localZone, parseInstant } from "./time";

/** Theme and clock: kept on this machine; the clock is also in the URL so that a link shows what its sender saw. */

export type Clock = "market" | "utc" | "local";
export type Theme = "dark" | "light";

const clockKey = "aurum.clock";
const themeKey = "aurum.theme";

function stored(key: string): string | null {
  try {
    return localStorage.getItem(key);
  } catch {
    return null; // Storage is switched off: the setting lives as long as the page.
  }
}

function store(key: string, value: string): void {
  try {
    localStorage.setItem(key, value);
  } catch {
    // Storage is switched off: the setting lives as long as the page.
  }
}

const isClock = (text: string | null): text is Clock => text === "market" || text === "utc" || text === "local";

export function useClock(): Clock {
  const asked = usePlace().query.get("tz");
  const last = stored(clockKey);
  return isClock(asked) ? asked : isClock(last) ? last : "market";
}

export function chooseClock(clock: Clock): void {
  store(clockKey, clock);
  setFilters({ tz: clock }, true);
}

/** The zone to show times in, for data of a market. */
export const zoneFor = (clock: Clock, marketZone: string): string =>
  clock === "utc" ? "UTC" : clock === "local" ? localZone : marketZone;

/** The instant that the page is as of, seconds; null for the latest. */
export function useAsOf(): number | null {
  const text = usePlace().query.get("as_of");
  const t = text ? parseInstant(text) : Number.NaN;
  return Number.isNaN(t) ? null : t;
}

export const asOfText = (): string | null => here().query.get("as_of");

const themeListeners = new Set<() => void>();

export const theme = (): Theme => (document.documentElement.dataset["theme"] === "light" ? "light" : "dark");

export function chooseTheme(value: Theme): void {
  store(themeKey, value);
  showTheme(value);
}

function showTheme(value: Theme): void {
  document.documentElement.dataset["theme"] = value;
  themeListeners.forEach((listener) => listener());
}

/** Dark, unless this person chose light or the system prefers it. */
export function startTheme(): void {
  const chosen = stored(themeKey);
  const preferred = matchMedia("(prefers-color-scheme: light)").matches ? "light" : "dark";
  showTheme(chosen === "light" || chosen === "dark" ? chosen : preferred);
}

export function useTheme(): Theme {
  const [value, setValue] = useState(theme);
  useEffect(() => {
    const listener = () => setValue(theme());
    themeListeners.add(listener);
    return () => void themeListeners.delete(listener);
  }, []);
  return value;
}

/** Only clients on its own machine may write to a server. */
export const mayWrite = ["localhost", "127.0.0.1", "[::1]"].includes(location.hostname);
