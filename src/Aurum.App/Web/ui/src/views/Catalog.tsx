import { useEffect, useState } from "preact/hooks";
import { getJson, urlOf } from "../api/client";
import type { CatalogRow, Page } from "../api/types";
import { useFeeds } from "../collected";
import { useData } from "../data";
import { unknown, words } from "../numbers";
import { Choices } from "../parts/controls";
import { Icon } from "../parts/Icon";
import { Empty, Show } from "../parts/states";
import { seriesLink, setFilters, usePlace } from "../routing";
import { asOfText } from "../settings";

const shown = 200;

const kinds: readonly (readonly [string, string])[] = [
  ["all", "All kinds"], ["series", "Series"], ["indicator", "Indicators"], ["currency", "Currencies"], ["cross rate", "Cross rates"], ["station", "Stations"], ["release", "Releases"],
];

export const frequencies: Record<string, string> = { H: "hourly", D: "daily", W: "weekly", BW: "every two weeks", M: "monthly", Q: "quarterly", SA: "half-yearly", A: "yearly" };

/** What the providers of series have: found by words, by provider and by kind. */
export function Catalog() {
  const { query } = usePlace();
  const q = query.get("q") ?? "";
  const provider = query.get("provider") ?? "all";
  const kind = query.get("kind") ?? "all";
  const feeds = useFeeds();
  const providers = [...new Set((feeds.data ?? []).filter((f) => f.table === "series_catalog").map((f) => f.id.split("/")[0]!))].sort();
  const filters = { q, provider: provider === "all" ? null : provider, category: kind === "all" ? null : kind, as_of: asOfText(), limit: shown };
  const found = useData(`catalog ${JSON.stringify(filters)}`, (signal) => getJson<Page<CatalogRow>>(urlOf("/v1/series/catalog", filters), signal));
  return (
    <>
      <div class="toolbar">
        <h1>Series</h1>
        <Words text={q} />
        <Choices label="Provider" name="provider" value={provider} first="all" options={[["all", "All providers"], ...providers.map((p) => [p, p.toUpperCase()] as const)]} />
        <Choices label="Kind" name="kind" value={kind} first="all" options={kinds} />
      </div>
      <Show loaded={found} height={480} isEmpty={(page) => page.data.length === 0} empty={<Nothing hasFilters={q !== "" || provider !== "all" || kind !== "all"} />}>
        {(page) => <Entries rows={page.data} hasMore={page.meta.has_more} />}
      </Show>
    </>
  );
}

/** The words looked for; they go into the URL when the typing pauses. */
function Words({ text }: { text: string }) {
  const [typed, setTyped] = useState(text);
  useEffect(() => setTyped(text), [text]);
  useEffect(() => {
    const timer = setTimeout(() => setFilters({ q: typed.trim() || null }, true), 200);
    return () => clearTimeout(timer);
  }, [typed]);
  return (
    <div class="search is-large">
      <Icon name="search" />
      <input type="search" placeholder="Words of title, id, notes, place" value={typed} aria-label="Words to find series by" autocomplete="off" spellcheck={false}
        onInput={(e) => setTyped(e.currentTarget.value)} />
    </div>
  );
}

function Nothing({ hasFilters }: { hasFilters: boolean }) {
  return hasFilters
    ? <Empty title="No series fit">All words must stand in id, title, description, notes, tags or place. Try fewer, or another provider.</Empty>
    : <Empty title="No catalog yet">Catalogs of FRED, EIA, NOAA, the World Bank and the ECB are asked for once a day, from 03:00 UTC; <code>aurum fetch fred/series-catalog</code> asks for one at once.</Empty>;
}

function Entries({ rows, hasMore }: { rows: CatalogRow[]; hasMore: boolean }) {
  return (
    <section class="panel scroll" aria-label="Catalog">
      <table class="grid catalog">
        <thead>
          <tr>{["Title", "Id", "Provider", "Kind", "Unit", "Frequency", "Place", "Latest"].map((text) => <th key={text}>{text}</th>)}</tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={`${row.provider} ${row.series_id}`} data-series={`${row.provider}/${row.series_id}`}>
              <th scope="row"><a href={seriesLink(row.provider, row.series_id)} title={row.title}>{row.title}</a></th>
              <td class="mono" title={row.series_id}>{row.series_id}</td>
              <td>{row.provider.toUpperCase()}</td>
              <td class="muted">{words(row.category)}</td>
              <td title={row.unit ?? ""}>{row.unit_code ?? row.unit ?? unknown}</td>
              <td class="muted">{frequencies[row.frequency_code ?? ""] ?? unknown}</td>
              <td class="muted">{row.geo_id ?? unknown}</td>
              <td class="time">{row.last_observation_date ?? unknown}</td>
            </tr>
          ))}
        </tbody>
      </table>
      {hasMore && <p class="panel-note muted">The first {shown} entries. More words or a provider find the others.</p>}
    </section>
  );
}
