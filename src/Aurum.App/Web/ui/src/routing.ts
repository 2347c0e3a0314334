import { useEffect, useState } from "preact/hooks";

/** Every view is a URL: its path names the view, its query holds the filters. */
export interface Place {
  path: string;
  query: URLSearchParams;
}

type Changes = Record<string, string | null | undefined>;

/** Filters that stay when the view changes. */
const lasting = ["as_of", "tz"];

const listeners = new Set<() => void>();

export const here = (): Place => ({ path: location.pathname, query: new URLSearchParams(location.search) });

const textOf = (path: string, query: URLSearchParams): string => {
  const text = query.toString().replaceAll("%3A", ":").replaceAll("%2F", "/");
  return text ? `${path}?${text}` : path;
};

/** The URL of a view with the given filters, keeping as-of and time zone. */
export function linkTo(path: string, filters: Changes = {}): string {
  const query = new URLSearchParams();
  const current = here().query;
  for (const name of lasting) if (current.has(name)) query.set(name, current.get(name)!);
  for (const [name, value] of Object.entries(filters)) value ? query.set(name, value) : query.delete(name);
  return textOf(path, query);
}

export const nodeLink = (iso: string, location: string, filters: Changes = {}): string =>
  linkTo(`/node/${encodeURIComponent(iso)}/${encodeURIComponent(location)}`, filters);

/** The URL of one series; its id may hold slashes. */
export const seriesLink = (provider: string, id: string): string => linkTo(`/series/${encodeURIComponent(provider)}/${encodeURIComponent(id)}`);

export function goTo(url: string, replace = false): void {
  if (url === location.pathname + location.search) return;
  replace ? history.replaceState(null, "", url) : history.pushState(null, "", url);
  if (!replace) scrollTo(0, 0);
  listeners.forEach((listener) => listener());
}

/** Changes filters of the present view. A filter set to null goes away. */
export function setFilters(changes: Changes, replace = false): void {
  const { path, query } = here();
  for (const [name, value] of Object.entries(changes)) value ? query.set(name, value) : query.delete(name);
  const url = textOf(path, query);
  if (url === location.pathname + location.search) return;
  replace ? history.replaceState(null, "", url) : history.pushState(null, "", url);
  listeners.forEach((listener) => listener());
}

export function usePlace(): Place {
  const [place, setPlace] = useState(here);
  useEffect(() => {
    const listener = () => setPlace(here());
    listeners.add(listener);
    return () => void listeners.delete(listener);
  }, []);
  return place;
}

/** Paths that the server answers itself: the browser loads them. */
const serverPaths = ["/v1/", "/docs", "/openapi", "/health", "/metrics", "/assets/", "/licenses"];

const isOurs = (path: string): boolean => !serverPaths.some((p) => path === p || path.startsWith(p.endsWith("/") ? p : `${p}/`));

/** Plain links move within the page; modified clicks, downloads and server paths are the browser's. */
export function followLinks(): void {
  addEventListener("popstate", () => listeners.forEach((listener) => listener()));
  document.addEventListener("click", (event) => {
    const link = (event.target as Element).closest?.("a");
    if (!link || event.defaultPrevented || event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
    if (link.target || link.hasAttribute("download") || link.origin !== location.origin || !isOurs(link.pathname)) return;
    event.preventDefault();
    goTo(link.pathname + link.search);
  });
}
