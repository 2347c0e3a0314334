import { useMemo } from "preact/hooks";
import { getAllRows, getRows, urlOf } from "../api/client";
import type { CatalogRow, SeriesRow } from "../api/types";
import { useData } from "../data";
import { useCommits, useNow } from "../live";
import { words } from "../numbers";
import { Choices } from "../parts/controls";
import { Icon } from "../parts/Icon";
import { Empty, Show } from "../parts/states";
import { observationsOf, type Observation } from "../observations";
import { linkTo, usePlace } from "../routing";
import { asOfText, useAsOf, useClock, zoneFor } from "../settings";
import { day, isoText } from "../time";
import { SeriesChart, SeriesFacts, SeriesTable } from "./SeriesParts";

const ranges: readonly (readonly [string, string])[] = [["30d", "30 days"], ["1y", "1 year"], ["5y", "5 years"], ["all", "All"]];

const daysOf: Record<string, number> = { "30d": 30, "1y": 366, "5y": 5 * 366 };

/** As much as is looked at without asking: hours of a month, days of a year, all of what comes seldom. */
const usualRange = (entry: CatalogRow | null): string => {
  const frequency = entry?.frequency_code;
  return frequency === null || frequency === undefined || frequency === "H" ? "30d" : frequency === "D" ? "1y" : "all";
};

/** One series: its values over time, and what its provider says of it. */
export function Series({ provider, id }: { provider: string; id: string }) {
  const { query } = usePlace();
  const asOf = useAsOf();
  const ticking = useNow(300);
  const now = asOf ?? ticking;
  const zone = zoneFor(useClock(), "UTC");
  const entry = useData(`entry ${provider} ${id} ${asOf}`, async (signal) => {
    const [row = null] = await getRows<CatalogRow>("/v1/series/catalog", { provider, series_id: id, as_of: asOfText(), limit: 1 }, signal);
    const places = row?.category === "indicator" ? await getRows<CatalogRow>("/v1/series/catalog", { provider, category: "country", limit: 100 }, signal) : [];
    return { row, places: places.map((p) => [p.series_id.split("/").at(-1)!, p.title] as const) };
  });
  const place = query.get("place") ?? entry.data?.places[0]?.[0] ?? null;
  const observed = place === null ? id : `${id}/${place}`;
  const usual = usualRange(entry.data?.row ?? null);
  const asked = query.get("range") ?? usual;
  const range = ranges.some(([name]) => name === asked) ? asked : usual;
  const from = range in daysOf ? Math.floor(now / day) * day - daysOf[range]! * day : null;
  const filters = { provider, series_id: observed, start: from === null ? null : isoText(from), as_of: asOfText() };
  const commits = useCommits((feed) => feed.startsWith(`${provider}/`), asOf !== null, 10);
  const rows = useData(entry.data ? `series ${JSON.stringify(filters)}` : null,
    async (signal) => observationsOf(await getAllRows<SeriesRow>("/v1/series", filters, signal)), commits);
  const title = entry.data?.row?.title ?? observed;
  return (
    <>
      <div class="toolbar">
        <nav class="crumbs" aria-label="Where"><a href={linkTo("/series", { provider })}>{provider.toUpperCase()}</a><span>/</span></nav>
        <h1 class="series-title" title={title}>{title}</h1>
        <span class="muted mono">{observed}</span>
        {entry.data?.row && <span class="tag">{words(entry.data.row.category)}</span>}
        <span class="spring" />
        {place !== null && <Choices label="Place" name="place" value={place} first={entry.data?.places[0]?.[0]} options={entry.data?.places ?? []} />}
        <Choices label="Period" name="range" value={range} first={usual} options={ranges} />
        <a class="button" href={urlOf("/v1/series", { ...filters, format: "csv" })} download={`${provider}-${observed.replaceAll("/", "-")}.csv`} title="The rows of this period as CSV"><Icon name="download" />CSV</a>
      </div>
      <Show loaded={rows} height={480} isEmpty={(all) => all.length === 0} empty={<NoValues entry={entry.data?.row ?? null} id={observed} range={range} />}>
        {(all) => <Values observations={all} entry={entry.data?.row ?? null} from={from} now={now} zone={zone} />}
      </Show>
    </>
  );
}

function Values({ observations, entry, from, now, zone }: {
  observations: Observation[]; entry: CatalogRow | null; from: number | null; now: number; zone: string;
}) {
  const period = useMemo(() => ({
    from: Math.max(from ?? -Infinity, observations[0]!.span.from),
    to: Math.max(observations.at(-1)!.span.to, from === null ? 0 : now),
  }), [observations, from, now]);
  return (
    <div class="with-side">
      <div class="node-main">
        <section class="panel" aria-label="Values"><SeriesChart observations={observations} period={period} zone={zone} now={now} /></section>
        <SeriesTable observations={observations} zone={zone} />
      </div>
      <SeriesFacts observations={observations} entry={entry} zone={zone} />
    </div>
  );
}

function NoValues({ entry, id, range }: { entry: CatalogRow | null; id: string; range: string }) {
  const isOther = entry !== null && ["release", "station", "source", "country", "dataset", "datatype", "route"].includes(entry.category);
  if (isOther) return <Empty title={`A ${entry.category} has no values of its own`}>It is in the catalog to find series by. <a href={linkTo("/series", { q: entry.title })}>Series with its name</a></Empty>;
  return (
    <Empty title="No values in this period">
      Nothing is stored of {id}{range === "all" ? ". See " : " for these days. Choose All, or see "}<a href={linkTo("/health-data")}>Data health</a> for what is collected.
    </Empty>
  );
}
