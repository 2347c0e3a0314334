import { getAllRows } from "./api/client";
import type { FeedRow } from "./api/types";
import { useData, type Loaded } from "./data";
import { markets, type Market } from "./markets";

/** The feeds that this server collects, and how they stand. */
export const useFeeds = (fresh: number | string = 0): Loaded<FeedRow[]> =>
  useData("feeds", (signal) => getAllRows<FeedRow>("/v1/feeds", {}, signal), fresh);

/** The markets with a feed into one of the tables that is collected or once was; null until the server has said. All where it does not answer: their panels say why. */
export function useMarkets(...tables: string[]): readonly Market[] | null {
  const feeds = useFeeds();
  if (feeds.data === null) return feeds.error ? markets : null;
  return markets.filter((m) => feeds.data!.some((f) => f.iso_code === m.code && tables.includes(f.table) && (f.collected || f.last_tried_utc !== null)));
}
