import type { Page } from "./types";

export type Query = Record<string, string | number | boolean | null | undefined | readonly string[]>;

/** A refused or failed request, in the server's words where it gave some. */
export class ApiError extends Error {
  constructor(readonly status: number, readonly title: string, detail: string) {
    super(detail || title);
  }
}

const pageRows = 5000;

/** Path with its query; null and undefined values are left out, lists are repeated. */
export function urlOf(path: string, query: Query = {}): string {
  const parts = Object.entries(query).flatMap(([name, value]) => (Array.isArray(value) ? value : [value]).map((one) => [name, one] as const));
  const given = parts.filter(([, value]) => value !== null && value !== undefined && value !== "");
  const text = given.map(([name, value]) => `${name}=${encodeURIComponent(String(value))}`).join("&");
  return text ? `${path}?${text}` : path;
}

export const getJson = <T>(url: string, signal?: AbortSignal): Promise<T> => ask<T>(url, { headers: { accept: "application/json" }, signal: signal ?? null });

/** Asks the server to do something; it answers clients on its own machine only. */
export const postJson = <T>(url: string, body: unknown): Promise<T> =>
  ask<T>(url, { method: "POST", headers: { accept: "application/json", "content-type": "application/json" }, body: JSON.stringify(body) });

async function ask<T>(url: string, request: RequestInit): Promise<T> {
  let response: Response;
  try {
    response = await fetch(url, request);
  } catch (error) {
    if (request.signal?.aborted) throw error;
    throw new ApiError(0, "Aurum does not answer", "The server cannot be reached. Is `aurum up` still running?");
  }
  if (response.ok) return (await response.json()) as T;
  const problem = await response.json().catch(() => ({}));
  throw new ApiError(response.status, problem.title ?? `Error ${response.status}`, problem.detail ?? response.statusText);
}

/** One page of rows. */
export async function getRows<T>(path: string, query: Query, signal?: AbortSignal): Promise<T[]> {
  return (await getJson<Page<T>>(urlOf(path, query), signal)).data;
}

/** All rows, page after page, up to a limit that protects the browser. */
export async function getAllRows<T>(path: string, query: Query, signal?: AbortSignal, maxRows = 60_000): Promise<T[]> {
  const rows: T[] = [];
  let cursor: string | null = null;
  do {
    const page: Page<T> = await getJson<Page<T>>(urlOf(path, { limit: pageRows, ...query, cursor }), signal);
    rows.push(...page.data);
    cursor = page.meta.has_more ? page.meta.next_cursor : null;
  } while (cursor && rows.length < maxRows);
  return rows;
}
