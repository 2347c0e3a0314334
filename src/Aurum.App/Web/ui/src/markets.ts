/** The markets that the page shows, with their clocks. */
export interface Market {
  code: string;
  name: string;
  zone: string;
  clock: string;
  /** Places whose price stands for the market, best first. */
  reference: string[];
}

export const markets: Market[] = [
  { code: "CAISO", name: "California", zone: "America/Los_Angeles", clock: "Pacific", reference: ["TH_SP15_GEN-APND", "TH_NP15_GEN-APND"] },
  { code: "NYISO", name: "New York", zone: "America/New_York", clock: "Eastern", reference: ["N.Y.C.", "CAPITL"] },
  { code: "ERCOT", name: "Texas", zone: "America/Chicago", clock: "Central", reference: ["HB_NORTH", "HB_HUBAVG", "HB_HOUSTON"] },
];

export const marketOf = (code: string): Market =>
  markets.find((m) => m.code === code) ?? { code, name: code, zone: "UTC", clock: "UTC", reference: [] };

/** `TH_SP15_GEN-APND` is read as SP15 on a desk; other names are left as they are. */
export function shortName(id: string): string {
  const hub = /^TH_(\w+?)_GEN-APND$/.exec(id);
  if (hub) return hub[1]!;
  const area = /^DLAP_(\w+?)-APND$/.exec(id);
  return area ? `DLAP ${area[1]}` : id;
}
