// A small made-up world for `npm run dev`: enough shape to draw every state of every view. Never part of the built page.

export interface Place { iso: string; id: string; type: string; zone: string; basis: number }

export const isos = [
  { code: "CAISO", zone: "America/Los_Angeles", realTime: "caiso/real-time-lmp", dayAhead: "caiso/day-ahead-lmp", minutes: 5, level: 38 },
  { code: "NYISO", zone: "America/New_York", realTime: "nyiso/real-time-lmp-zone", dayAhead: "nyiso/day-ahead-lmp-zone", minutes: 5, level: 44 },
  { code: "ERCOT", zone: "America/Chicago", realTime: "ercot/real-time-spp", dayAhead: "ercot/day-ahead-spp", minutes: 15, level: 31 },
];

const names: Record<string, [string, string[]][]> = {
  CAISO: [["HUB", ["TH_NP15_GEN-APND", "TH_SP15_GEN-APND", "TH_ZP26_GEN-APND"]],
    ["ZONE", ["DLAP_PGAE-APND", "DLAP_SCE-APND", "DLAP_SDGE-APND", "DLAP_VEA-APND"]],
    ["NODE", ["ALAMITOS_7_N001", "MOSSLDB_7_N001", "DIABLO_7_B1", "PALOVRDE_ASR-APND", "LUGO_5_N015"]]],
  NYISO: [["ZONE", ["CAPITL", "CENTRL", "DUNWOD", "GENESE", "HUD VL", "LONGIL", "MHK VL", "MILLWD", "N.Y.C.", "NORTH", "WEST"]],
    ["INTERFACE", ["H Q", "NPX", "O H", "PJM"]], ["NODE", ["59TH STREET_GT_1", "ASTORIA___2", "INDIAN POINT___2"]]],
  ERCOT: [["HUB", ["HB_BUSAVG", "HB_HOUSTON", "HB_HUBAVG", "HB_NORTH", "HB_PAN", "HB_SOUTH", "HB_WEST"]],
    ["ZONE", ["LZ_AEN", "LZ_CPS", "LZ_HOUSTON", "LZ_LCRA", "LZ_NORTH", "LZ_RAYBN", "LZ_SOUTH", "LZ_WEST"]],
    ["NODE", ["ALGOD_ALL_RN", "AMISTAD_ALL", "BASTEN_CC1"]]],
};

export const hash = (text: string): number => {
  let h = 2166136261;
  for (let i = 0; i < text.length; i++) h = Math.imul(h ^ text.charCodeAt(i), 16777619);
  h ^= h >>> 15; h = Math.imul(h, 2246822519); h ^= h >>> 13;
  return (h >>> 0) / 4294967296;
};

export const places: Place[] = isos.flatMap((iso) => names[iso.code]!.flatMap(([type, ids]) =>
  ids.map((id) => ({ iso: iso.code, id, type, zone: iso.zone, basis: (hash(id) - 0.5) * 14 }))));

const hourOf = (t: number, zone: string) => {
  const offset = zone.includes("Los") ? 7 : zone.includes("York") ? 4 : 5;
  return (((t / 3600 - offset) % 24) + 24) % 24;
};

export const shape = (t: number, zone: string): number => {
  const h = hourOf(t, zone);
  return 0.75 + 0.25 * Math.sin((h - 9) / 24 * 2 * Math.PI) + 0.75 * Math.exp(-((h - 19) ** 2) / 5) + 0.2 * Math.exp(-((h - 8) ** 2) / 4);
};

const solarDip = (t: number, iso: string, zone: string) =>
  iso === "CAISO" ? -42 * Math.exp(-((hourOf(t, zone) - 12.5) ** 2) / 7) : 0;

const smooth = (key: string, t: number, stepSeconds: number) => {
  const k = Math.floor(t / stepSeconds); const f = t / stepSeconds - k;
  const a = hash(`${key}${k}`) - 0.5; const b = hash(`${key}${k + 1}`) - 0.5;
  return a + (b - a) * f;
};

export function price(place: Place, t: number, realTime: boolean) {
  const iso = isos.find((i) => i.code === place.iso)!;
  const noise = realTime ? smooth(place.iso, t, 1800) * 18 + smooth(place.iso + "f", t, 300) * 7 : 0;
  const spike = realTime && hash(`${place.iso}${Math.floor(t / 10800)}`) > 0.93 ? 60 * Math.sin(((t % 10800) / 10800) * Math.PI) : 0;
  const energy = iso.level * shape(t, iso.zone) + solarDip(t, place.iso, iso.zone) + noise + spike;
  const congestion = place.basis * (0.6 + smooth(place.id, t, 7200)) + (realTime ? smooth(place.id + "r", t, 900) * 5 : 0);
  const loss = energy * place.basis * 0.003;
  const ghg = place.iso === "CAISO" ? 1.2 + smooth("ghg", t, 86400) : null;
  return { energy, congestion, loss, ghg, lmp: energy + congestion + loss + (ghg ?? 0) };
}
