/** The markets that the page shows, with their clocks. */
export interface Market {
  code: string;
  name: string;
  zone: string;
  /** Places whose price stands for the market, best first. */
  reference: string[];
}

export const markets: Market[] = [
  { code: "CAISO", name: "California", zone: "America/Los_Angeles", reference: ["TH_SP15_GEN-APND", "TH_NP15_GEN-APND"] },
  { code: "NYISO", name: "New York", zone: "America/New_York", reference: ["N.Y.C.", "CAPITL"] },
  { code: "ERCOT", name: "Texas", zone: "America/Chicago", reference: ["HB_NORTH", "HB_HUBAVG", "HB_HOUSTON"] },
  { code: "PJM", name: "Mid-Atlantic", zone: "America/New_York", reference: ["WESTERN HUB", "AEP-DAYTON HUB"] },
  { code: "MISO", name: "Midcontinent", zone: "UTC-05", reference: ["INDIANA.HUB", "MICHIGAN.HUB"] },
  { code: "SPP", name: "Southwest", zone: "America/Chicago", reference: ["SPPSOUTH_HUB", "SPPNORTH_HUB"] },
  { code: "ISONE", name: "New England", zone: "America/New_York", reference: [".H.INTERNAL_HUB"] },
  { code: "IESO", name: "Ontario", zone: "UTC-05", reference: ["ONTARIO"] },
  { code: "AESO", name: "Alberta", zone: "America/Edmonton", reference: ["AESO_SYSTEM"] },
];

export const marketOf = (code: string): Market =>
  markets.find((m) => m.code === code) ?? { code, name: code, zone: "UTC", reference: [] };

/** `TH_SP15_GEN-APND` is read as SP15 on a desk, `.Z.MAINE` as MAINE; other names are left as they are. */
export function shortName(id: string): string {
  const hub = /^TH_(\w+?)_GEN-APND$/.exec(id);
  if (hub) return hub[1]!;
  const area = /^DLAP_(\w+?)-APND$/.exec(id);
  if (area) return `DLAP ${area[1]}`;
  if (id === "AESO_SYSTEM") return "Alberta";
  return id === "ONTARIO" ? "Ontario" : id.replace(/^\.[HZ]\./, "");
}
