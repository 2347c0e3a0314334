import { useEffect, useRef, useState } from "preact/hooks";
import { ApiError } from "./api/client";

/** What a view knows of its data: loading (perhaps with the previous data still shown), failed, or here. */
export interface Loaded<T> {
  data: T | null;
  error: ApiError | null;
  isLoading: boolean;
  reload: () => void;
}

const kept = new Map<string, unknown>();
const keptLimit = 60;

function keep(key: string, value: unknown): void {
  kept.delete(key);
  kept.set(key, value);
  if (kept.size > keptLimit) kept.delete(kept.keys().next().value!);
}

const asApiError = (error: unknown): ApiError =>
  error instanceof ApiError ? error : new ApiError(0, "This page failed", error instanceof Error ? error.message : String(error));

/** Loads data for a key; loads again when the key or `fresh` changes. Data last seen under the key is shown at once. */
export function useData<T>(key: string | null, load: (signal: AbortSignal) => Promise<T>, fresh: number | string = 0): Loaded<T> {
  const [state, setState] = useState<{ key: string | null; data: T | null; error: ApiError | null; isLoading: boolean }>(
    { key: null, data: null, error: null, isLoading: key !== null });
  const [retries, setRetries] = useState(0);
  const loader = useRef(load);
  loader.current = load;
  useEffect(() => {
    if (key === null) return;
    const abort = new AbortController();
    setState((s) => ({ key, data: (kept.get(key) as T) ?? (s.key === key ? s.data : null), error: null, isLoading: true }));
    loader.current(abort.signal).then(
      (data) => {
        keep(key, data);
        if (!abort.signal.aborted) setState({ key, data, error: null, isLoading: false });
      },
      (error: unknown) => {
        if (!abort.signal.aborted) setState((s) => ({ ...s, error: asApiError(error), isLoading: false }));
      });
    return () => abort.abort();
  }, [key, fresh, retries]);
  const isOurs = state.key === key;
  return {
    data: isOurs ? state.data : key === null ? null : ((kept.get(key) as T) ?? null),
    error: isOurs ? state.error : null,
    isLoading: key !== null && (!isOurs || state.isLoading),
    reload: () => setRetries((n) => n + 1),
  };
}
