/** Numbers as traders read them: fixed decimals, a true minus sign, nothing for unknown. */

export const unknown = "–";

const digits = (decimals: number): Intl.NumberFormat =>
  new Intl.NumberFormat("en-US", { minimumFractionDigits: decimals, maximumFractionDigits: decimals });

const formats = [digits(0), digits(1), digits(2), digits(3)];

type Maybe = number | null | undefined;

const isKnown = (v: Maybe): v is number => v !== null && v !== undefined && Number.isFinite(v);

function fixed(v: number, decimals: number): string {
  const text = formats[decimals]!.format(Math.abs(v));
  const isZero = !/[1-9]/.test(text);
  return v < 0 && !isZero ? `\u2212${text}` : text;
}

/** `41.27`, `−3.10`: USD/MWh with cents. */
export const priceText = (v: Maybe): string => (isKnown(v) ? fixed(v, 2) : unknown);

/** `+1.20`, `−3.10`, `0.00`: a difference always shows its sign. */
export function changeText(v: Maybe, decimals = 2): string {
  if (!isKnown(v)) return unknown;
  const text = fixed(v, decimals);
  return v > 0 && /[1-9]/.test(text) ? `+${text}` : text;
}

/** `28,412`: megawatts and counts. */
export const wholeText = (v: Maybe): string => (isKnown(v) ? fixed(v, 0) : unknown);

const mostDecimals = 4;

/** How the values of one series are written: all with as many decimals as any of them has, four at most, fewer where they are large. */
export function amountsAs(values: readonly Maybe[]): (v: Maybe) => string {
  const known = values.filter(isKnown);
  const size = known.reduce((a, v) => Math.max(a, Math.abs(v)), 0);
  const most = size >= 1e6 ? 0 : size >= 1e4 ? 1 : size >= 100 ? 2 : mostDecimals;
  const needed = (v: number) => (/\.(\d+)$/.exec(v.toFixed(most))?.[1] ?? "").replace(/0+$/, "").length;
  const format = digits(known.reduce((a, v) => Math.max(a, needed(v)), 0));
  return (v) => {
    if (!isKnown(v)) return unknown;
    const text = format.format(Math.abs(v));
    return v < 0 && /[1-9]/.test(text) ? `\u2212${text}` : text;
  };
}

export const percentText = (v: Maybe, decimals = 1): string => (isKnown(v) ? `${fixed(v * 100, decimals)}%` : unknown);

/** `18.4 M`, `920 k`, `812`: totals where the last digits say nothing. */
export function shortText(v: Maybe): string {
  if (!isKnown(v)) return unknown;
  const size = Math.abs(v);
  if (size >= 1e9) return `${fixed(v / 1e9, 2)} bn`;
  if (size >= 1e6) return `${fixed(v / 1e6, 1)} M`;
  if (size >= 1e5) return `${fixed(v / 1e3, 0)} k`;
  return fixed(v, 0);
}

export const difference = (a: Maybe, b: Maybe): number | null => (isKnown(a) && isKnown(b) ? a - b : null);

/** Which way a number points, for its colour: `up`, `down` or nothing. Below half a cent is nothing. */
export const direction = (v: Maybe): "up" | "down" | "" => (!isKnown(v) || Math.abs(v) < 0.005 ? "" : v > 0 ? "up" : "down");

/** `Day-ahead`, `Real-time`: market and outcome codes as words. */
export function words(code: string | null | undefined): string {
  if (!code) return unknown;
  const known: Record<string, string> = {
    DAY_AHEAD: "Day-ahead", REAL_TIME: "Real-time", FIFTEEN_MINUTE: "15-minute", FIVE_MINUTE: "5-minute", HOUR_AHEAD: "Hour-ahead",
    ProvenEmpty: "Proven empty", NotYetPublished: "Not yet published",
  };
  const text = known[code] ?? code.replaceAll("_", " ").toLowerCase();
  return text.charAt(0).toUpperCase() + text.slice(1);
}
