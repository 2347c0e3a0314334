// `npm run dev` answers /v1 from the made-up world of world.ts, or forwards it to a running Aurum:
//   AURUM_API=http://127.0.0.1:8095 npm run dev
import { hash, isos, places, price, shape, type Place } from "./world";

type Row = Record<string, unknown>;
type Query = URLSearchParams;

const day = 86400;
const startedAt = Date.now() / 1000;
const now = () => Date.now() / 1000;
const round = (v: number | null) => (v === null ? null : Math.round(v * 100) / 100);
const text = (t: number) => new Date(t * 1000).toISOString().replace(".000Z", "Z");
const time = (q: Query, name: string, or: number) => (q.get(name) ? Date.parse(q.get(name)!) / 1000 : or);

const corrected = (place: Place, t: number) => hash(`fix${place.id}${Math.floor(t / 3600)}`) > 0.985;

function lmpRow(place: Place, t: number, feed: string, market: string, minutes: number, asOf: number, all = false): Row[] {
  const p = price(place, t, market === "REAL_TIME");
  const known = market === "DAY_AHEAD" ? Math.floor((t - 5 * 3600) / day) * day - 4 * 3600 : t + minutes * 60 + 47;
  const base: Row = {
    feed, iso_code: place.iso, iso_market: market, iso_product: "LMP", iso_timezone: place.zone, iso_unit: "USD/MWh",
    location_id: place.id, location_type: place.type, interval_start_utc: text(t), interval_end_utc: text(t + minutes * 60),
    lmp: round(p.lmp), energy: round(p.energy), congestion: round(p.congestion), loss: round(p.loss), ghg: round(p.ghg), unit: "USD/MWh",
    known_at: text(known), revision: 1,
  };
  const rows = known <= asOf ? [base] : [];
  const fixAt = known + 31 * 3600;
  if (market === "REAL_TIME" && corrected(place, t) && fixAt <= Math.min(asOf, now())) {
    rows.push({ ...base, lmp: round(p.lmp - 6.42), congestion: round(p.congestion - 6.42), known_at: text(fixAt), revision: 2 });
  }
  return all ? rows : rows.slice(-1);
}

function* series(place: Place, start: number, end: number, asOf: number, market: string | null, all = false): Generator<Row> {
  const iso = isos.find((i) => i.code === place.iso)!;
  if (market !== "REAL_TIME") {
    for (let t = Math.ceil(start / 3600) * 3600; t < end; t += 3600) yield* lmpRow(place, t, iso.dayAhead, "DAY_AHEAD", 60, asOf, all);
  }
  const step = iso.minutes * 60;
  if (market !== "DAY_AHEAD") {
    for (let t = Math.ceil(start / step) * step; t < Math.min(end, asOf - step); t += step) {
      yield* lmpRow(place, t, iso.realTime, "REAL_TIME", iso.minutes, asOf, all);
    }
  }
}

const chosen = (q: Query) => places.filter((p) =>
  (!q.get("iso") || p.iso === q.get("iso")) && (!q.get("location") || q.getAll("location").includes(p.id)));

function lmp(q: Query): Row[] {
  const asOf = time(q, "as_of", now());
  const market = q.get("market") ?? (q.get("feed") ? (q.get("feed")!.includes("day-ahead") ? "DAY_AHEAD" : "REAL_TIME") : null);
  return chosen(q).flatMap((p) => [...series(p, time(q, "start", now() - day), time(q, "end", now()), asOf, market)]);
}

function latest(q: Query): Row[] {
  const asOf = time(q, "as_of", now());
  return chosen(q).flatMap((p) => {
    const rows = [...series(p, asOf - 7200, asOf + 3600, asOf, null)];
    return ["DAY_AHEAD", "REAL_TIME"].flatMap((m) => {
      const mine = rows.filter((r) => r["iso_market"] === m && Date.parse(String(r["interval_start_utc"])) / 1000 <= asOf);
      const last = mine.at(-1);
      return last ? [{ ...last, previous_lmp: mine.at(-2)?.["lmp"] ?? null }] : [];
    });
  });
}

function revisions(q: Query): Row[] {
  const start = time(q, "start", now() - 7 * day);
  const rows = chosen(q).flatMap((p) => [...series(p, start, time(q, "end", now()), now(), "REAL_TIME", true)]);
  const twice = new Set(rows.filter((r) => r["revision"] === 2).map((r) => r["interval_start_utc"]));
  return rows.filter((r) => twice.has(r["interval_start_utc"]));
}

const peak: Record<string, number> = { CAISO: 32000, NYISO: 21000, ERCOT: 68000 };

function load(q: Query): Row[] {
  const asOf = time(q, "as_of", now());
  return isos.filter((i) => i.code === q.get("iso")).flatMap((iso) => {
    const rows: Row[] = [];
    const mw = (t: number) => peak[iso.code]! * (0.45 + 0.3 * shape(t, iso.zone) + 0.02 * Math.sin(t / 5000));
    const common = { iso_code: iso.code, location_id: iso.code, location_type: "SYSTEM", iso_timezone: iso.zone, unit: "MW" };
    for (let t = Math.ceil(time(q, "start", now() - day) / 300) * 300; t < time(q, "end", now()); t += 300) {
      if (t + 300 < asOf) {
        rows.push({ ...common, feed: `${iso.code.toLowerCase()}/load-actual`, iso_product: "LOAD", iso_market: "REAL_TIME",
          interval_start_utc: text(t), interval_end_utc: text(t + 300), issued_at_utc: null, mw: Math.round(mw(t) * (1 + 0.006 * Math.sin(t / 1700))), known_at: text(t + 320) });
      }
      if (t % 3600 === 0) {
        rows.push({ ...common, feed: `${iso.code.toLowerCase()}/load-forecast-day-ahead`, iso_product: "LOAD_FORECAST", iso_market: "DAY_AHEAD",
          interval_start_utc: text(t), interval_end_utc: text(t + 3600), issued_at_utc: null, mw: Math.round(mw(t + 1800) * (1 + 0.02 * Math.sin(t / 40000))), known_at: text(t - day) });
      }
    }
    return rows;
  });
}

const fuels: [string, number, (h: number) => number][] = [
  ["Nuclear", 0.09, () => 1], ["Hydro", 0.11, (h) => 0.8 + 0.3 * Math.exp(-((h - 19) ** 2) / 10)], ["Natural Gas", 0.42, (h) => 0.6 + 0.35 * Math.exp(-((h - 20) ** 2) / 12)],
  ["Wind", 0.12, (h) => 0.7 + 0.3 * Math.cos((h - 2) / 24 * 6.28)], ["Solar", 0.38, (h) => Math.max(0, Math.sin(((h - 6) / 12.5) * Math.PI)) * (h > 6 && h < 18.5 ? 1 : 0)],
  ["Power Storage", 0.1, (h) => (h > 8 && h < 15 ? -0.9 : h > 17 && h < 22 ? 1 : 0)], ["Other", 0.03, () => 1],
];

function generation(q: Query): Row[] {
  const rows: Row[] = [];
  const asOf = time(q, "as_of", now());
  const iso = isos.find((i) => i.code === q.get("iso"));
  if (!iso) return rows;
  const offset = iso.zone.includes("Los") ? 7 : iso.zone.includes("York") ? 4 : 5;
  for (let t = Math.ceil(time(q, "start", now() - day) / 300) * 300; t < Math.min(time(q, "end", now()), asOf - 300); t += 300) {
    for (const [fuel, share, f] of fuels) {
      rows.push({ feed: `${iso.code.toLowerCase()}/fuel-mix`, iso_code: iso.code, iso_product: "GENERATION", iso_market: "REAL_TIME", location_id: iso.code,
        location_type: "SYSTEM", fuel_type: fuel, interval_start_utc: text(t), interval_end_utc: text(t + 300), issued_at_utc: null, unit: "MW", known_at: text(t + 320),
        mw: Math.round(peak[iso.code]! * share * f((((t / 3600 - offset) % 24) + 24) % 24) * (1 + 0.02 * Math.sin(t / 900))) });
    }
  }
  return rows;
}

const feedIds = ["caiso/day-ahead-lmp", "caiso/real-time-lmp", "caiso/fifteen-minute-lmp", "caiso/hour-ahead-lmp", "caiso/load-actual",
  "caiso/load-forecast-day-ahead", "caiso/renewable-actual", "caiso/ancillary-prices", "nyiso/day-ahead-lmp-zone", "nyiso/day-ahead-lmp-generator",
  "nyiso/real-time-lmp-zone", "nyiso/real-time-lmp-generator", "nyiso/load", "nyiso/load-forecast", "nyiso/fuel-mix", "nyiso/interface-flows",
  "ercot/day-ahead-spp", "ercot/real-time-spp", "ercot/lmp", "ercot/load-actual", "ercot/wind", "ercot/solar", "ercot/fuel-mix", "eia/region-data", "eia/fuel-type-data"];

const outcomeOf = (feed: string, date: string) => {
  const h = hash(feed + date);
  if (date > text(now()).slice(0, 10)) return "NotYetPublished";
  return h < 0.9 ? "Data" : h < 0.93 ? "ProvenEmpty" : h < 0.955 ? "Throttled" : h < 0.98 ? "Unavailable" : "Malformed";
};
const why: Record<string, string> = { Data: "", ProvenEmpty: "the publisher says that no data exists for this day", NotYetPublished: "published at about 13:00 Pacific",
  Throttled: "429 Too Many Requests, Retry-After 12 s", Unavailable: "503 Service Unavailable after 5 attempts", Malformed: "20250711_PRC_LMP.csv:1: expected column OPR_HR, found OPR_HOUR" };

function gaps(q: Query): Row[] {
  const from = Date.parse(`${q.get("from")}T00:00Z`) / 1000; const to = Date.parse(`${q.get("to")}T00:00Z`) / 1000;
  return feedIds.filter((f) => !q.get("feed") || f === q.get("feed")).flatMap((feed) => {
    const rows: Row[] = [];
    for (let t = from; t <= to; t += day) {
      const date = text(t).slice(0, 10); const outcome = outcomeOf(feed, date);
      if (hash(feed) > 0.9 && t < to - 20 * day) continue;
      rows.push({ feed, day: date, outcome, why: why[outcome], attempts: outcome === "Data" ? 1 : 5, last_tried_utc: text(Math.min(t + 1.2 * day, now() - 90)), rows: outcome === "Data" ? Math.round(hash(date) * 40000) : 0, complete: outcome === "Data" });
    }
    return rows;
  });
}

function feeds(): Row[] {
  return feedIds.map((id) => {
    const publisher = id.split("/")[0]!;
    const late = hash(id + "late") > 0.85;
    const last = outcomeOf(id, text(now()).slice(0, 10));
    return { id, title: id.split("/")[1]!.replaceAll("-", " "), publisher: publisher.toUpperCase(), table: id.includes("lmp") || id.includes("spp") ? "iso_lmp" : id.includes("load") ? "iso_load" : "iso_genmix",
      iso_code: publisher.toUpperCase(), iso_market: id.includes("day-ahead") ? "DAY_AHEAD" : "REAL_TIME", iso_product: "LMP", zone: isos.find((i) => i.code.toLowerCase() === publisher)?.zone ?? "UTC",
      facts: { source: "OASIS SingleZip report, https://oasis.example", shape: "About 3,000 nodes by 23, 24 or 25 hours.", units: "USD/MWh, five decimals, negative allowed.", time: "UTC hour beginnings and OPR_HR labels, Pacific clock.", revisions: "Corrected for five business days." },
      collected: true, watermark: text(Math.floor((now() - (late ? 3 : 0.1) * day) / 300) * 300), last_outcome: last, last_tried_utc: text(now() - hash(id) * 900), last_rows: Math.round(hash(id) * 20000),
      complete_days: 40, gap_days: late ? 3 : 0, freshness_minutes: late ? 4300 : Math.round(hash(id) * 40) };
  });
}

const quarantine = (q: Query): Row[] => Array.from({ length: 14 }, (_, i) => ({ feed: feedIds[i % 9], day: text(now() - i * 0.6 * day).slice(0, 10),
  expectation: i % 3 ? "expect_column_values_to_be_between" : "expect_components_to_sum_to_lmp", reason: i % 3 ? "lmp 12500 is above the cap of 2000 USD/MWh" : "energy + congestion + loss = 41.20, lmp = 43.11",
  row: { location_id: "TH_SP15_GEN-APND", interval_start_utc: text(Math.floor(now() / 3600 - i) * 3600), lmp: 12500 }, known_at: text(now() - i * 0.6 * day) })).filter((r) => !q.get("feed") || r.feed === q.get("feed"));

const catalog: Row[] = [
  ["fred", "series/DCOILWTICO", "Crude Oil Prices: West Texas Intermediate (WTI)", "USD/bbl", "D"], ["eia", "rto/region-data/CISO/D", "California Independent System Operator, Demand", "MWh", "H"],
].map(([provider, series_id, title, unit, frequency_code]) => ({
  provider, series_id, title, unit, unit_code: unit, frequency_code, category: "series", description: null, geo_id: null, status: null, source_url: null, notes: null, start_date: null,
  last_observation_date: null,
}));

const catalogOf = (q: Query): Row[] => catalog.filter((c) => (!q.get("provider") || c.provider === q.get("provider")) && (!q.get("series_id") || c.series_id === q.get("series_id"))
  && c.title.toLowerCase().includes((q.get("q") ?? "").toLowerCase()));

const observations = (q: Query): Row[] => Array.from({ length: 300 }, (_, i) => {
  const start = Math.floor(now() / 86_400 - 300 + i) * 86_400;
  return { series_id: q.get("series_id"), interval_start_utc: text(start), interval_end_utc: text(start + 86_400), issued_at_utc: null, value: 70 + 8 * Math.sin(i / 20), unit: "USD/bbl", flags: "", known_at: text(start + 90_000) };
});

const routes: Record<string, (q: Query) => Row[]> = {
  "/v1/iso/lmp": lmp, "/v1/iso/lmp/latest": latest, "/v1/iso/lmp/revisions": revisions, "/v1/iso/load": load, "/v1/iso/generation": generation,
  "/v1/series/catalog": catalogOf, "/v1/series": observations, "/v1/feeds": feeds, "/v1/gaps": gaps, "/v1/quarantine": quarantine,
  "/v1/locations": (q) => places.filter((p) => `${p.id} ${p.iso}`.toLowerCase().includes((q.get("q") ?? "").toLowerCase()))
    .map((p) => ({ iso_code: p.iso, location_id: p.id, location_type: p.type, name: p.id, status: "mapped" })),
};

const status = () => ({ version: "0.1.0-dev", started_at: text(startedAt), mode: "mock", data_directory: "./data", rows_total: 18_402_733, files_total: 9120, quarantined_total: 14, now_utc: text(now()), lake: [{ table: "market.iso_lmp", deliveries: 3, since: text(now()) }] });

export function mockApi(upstream: string | undefined) {
  return {
    name: "aurum-mock-api",
    config: () => (upstream ? { server: { proxy: { "/v1": upstream, "/docs": upstream } } } : {}),
    configureServer(server: any) {
      if (upstream) return;
      server.middlewares.use((request: any, response: any, next: () => void) => {
        const url = new URL(request.url, "http://localhost");
        const send = (code: number, body: unknown) => {
          response.statusCode = code; response.setHeader("content-type", code < 400 ? "application/json" : "application/problem+json"); response.end(JSON.stringify(body));
        };
        if (url.pathname === "/v1/status") return send(200, status());
        if (url.pathname === "/v1/events") {
          response.setHeader("content-type", "text/event-stream");
          const timer = setInterval(() => response.write(`event: commit\ndata: {"feed":"caiso/real-time-lmp","day":"${text(now()).slice(0, 10)}","rows":320,"outcome":"Data"}\n\n`), 4000);
          return request.on("close", () => clearInterval(timer));
        }
        const route = routes[url.pathname];
        if (!route) return url.pathname.startsWith("/v1") ? send(404, { title: "No such path", status: 404 }) : next();
        const rows = route(url.searchParams); const limit = Number(url.searchParams.get("limit") ?? 1000); const from = Number(url.searchParams.get("cursor") ?? 0);
        const more = from + limit < rows.length;
        send(200, { meta: { request_id: "mock", query_time_ms: 1, count: Math.min(limit, rows.length - from), has_more: more, next_cursor: more ? String(from + limit) : null }, data: rows.slice(from, from + limit) });
      });
    },
  };
}
