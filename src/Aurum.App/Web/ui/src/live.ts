import { useEffect, useState } from "preact/hooks";
import { getJson } from "./api/client";
import type { CommitEvent, Status } from "./api/types";
import { parseInstant } from "./time";

/** The server's news: commits as they happen, its status, its clock. One connection for the page. */

type Connection = "connecting" | "live" | "lost";

interface News {
  connection: Connection;
  lastCommit: (CommitEvent & { at: number }) | null;
  status: Status | null;
}

let news: News = { connection: "connecting", lastCommit: null, status: null };
let clockAhead = 0;
const newsListeners = new Set<() => void>();
const commitListeners = new Set<(commit: CommitEvent) => void>();

/** Now on the server's clock, seconds. */
export const serverNow = (): number => Date.now() / 1000 + clockAhead;

function tell(change: Partial<News>): void {
  news = { ...news, ...change };
  newsListeners.forEach((listener) => listener());
}

export async function readStatus(): Promise<void> {
  try {
    const answer = await getJson<Status | { data: Status }>("/v1/status");
    const status = "data" in answer ? answer.data : answer;
    clockAhead = parseInstant(status.now_utc) - Date.now() / 1000;
    if (!Number.isFinite(clockAhead)) clockAhead = 0;
    tell({ status });
  } catch {
    // The connection indicator says that the server does not answer; the next heartbeat reads the status again.
  }
}

export function listen(): void {
  const source = new EventSource("/v1/events");
  let lastStatus = Date.now();
  source.onopen = () => tell({ connection: "live" });
  source.onerror = () => tell({ connection: "lost" });
  const refreshStatus = () => {
    if (Date.now() - lastStatus < 10_000) return;
    lastStatus = Date.now();
    void readStatus();
  };
  source.addEventListener("tick", refreshStatus);
  source.addEventListener("commit", (event) => {
    const commit = JSON.parse((event as MessageEvent<string>).data) as CommitEvent;
    tell({ connection: "live", lastCommit: { ...commit, at: serverNow() } });
    commitListeners.forEach((listener) => listener(commit));
    refreshStatus();
  });
}

export function useNews(): News {
  const [value, setValue] = useState(news);
  useEffect(() => {
    const listener = () => setValue(news);
    newsListeners.add(listener);
    listener();
    return () => void newsListeners.delete(listener);
  }, []);
  return value;
}

/** A number that grows, at most every few seconds, when a feed that matters commits. Frozen while the view is as of the past. */
export function useCommits(matters: (feed: string) => boolean, isFrozen: boolean, everySeconds = 3): number {
  const [count, setCount] = useState(0);
  useEffect(() => {
    if (isFrozen) return;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const listener = (commit: CommitEvent) => {
      if (!matters(commit.feed) || timer) return;
      timer = setTimeout(() => {
        timer = undefined;
        setCount((n) => n + 1);
      }, everySeconds * 1000);
    };
    commitListeners.add(listener);
    return () => {
      commitListeners.delete(listener);
      clearTimeout(timer);
    };
  }, [isFrozen, everySeconds]);
  return count;
}

/** The server's clock, renewed every so many seconds. */
export function useNow(everySeconds: number): number {
  const [now, setNow] = useState(serverNow);
  useEffect(() => {
    const timer = setInterval(() => setNow(serverNow()), everySeconds * 1000);
    return () => clearInterval(timer);
  }, [everySeconds]);
  return now;
}
