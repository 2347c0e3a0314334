import type { ComponentChildren } from "preact";
import type { ApiError } from "../api/client";
import type { Loaded } from "../data";

/** What a person sees instead of data, and what to do next. */

export function Failure({ error, retry }: { error: ApiError; retry: () => void }) {
  return (
    <div class="notice notice-bad" role="alert">
      <strong>{error.title}</strong>
      <p>{error.message}</p>
      <button type="button" class="button" onClick={retry}>Try again</button>
    </div>
  );
}

export function Empty({ title, children }: { title: string; children?: ComponentChildren }) {
  return (
    <div class="notice">
      <strong>{title}</strong>
      <p>{children}</p>
    </div>
  );
}

export function Loading({ height = 200 }: { height?: number }) {
  return <div class="loading" style={{ height: `${height}px` }} role="status"><span class="visually-hidden">Loading</span></div>;
}

/** Data once it is here; before that a placeholder, an error with a button, or the reason why there is nothing. */
export function Show<T>({ loaded, isEmpty, empty, height, children }: {
  loaded: Loaded<T>; isEmpty?: (data: T) => boolean; empty?: ComponentChildren; height?: number; children: (data: T) => ComponentChildren;
}) {
  if (loaded.data === null && loaded.error) return <Failure error={loaded.error} retry={loaded.reload} />;
  if (loaded.data === null) return <Loading height={height} />;
  return (
    <>
      {loaded.error && <Failure error={loaded.error} retry={loaded.reload} />}
      {isEmpty?.(loaded.data) ? empty : children(loaded.data)}
    </>
  );
}
