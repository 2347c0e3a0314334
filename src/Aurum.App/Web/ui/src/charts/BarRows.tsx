import { useMemo } from "preact/hooks";

/** A stretch of a row, between two amounts. */
export interface BarPart {
  from: number;
  to: number;
  /** Name of a colour: `--up`, `--rt`, ... */
  color: string;
  isFaint?: boolean;
}

/** One line of amounts: what it is, where it lies, and what it says. */
export interface BarRow {
  label: string;
  parts: readonly BarPart[];
  text: string;
  /** Said when pointed at. */
  note?: string;
  isTotal?: boolean;
}

const endsOf = (row: BarRow): number[] => row.parts.flatMap((p) => [p.from, p.to]);

/** The range of all rows; zero belongs to it only where it is near enough to leave the rows readable. */
export function rangeOf(rows: readonly BarRow[], marks: readonly number[] = []): readonly [number, number] {
  const ends = [...rows.filter((r) => !r.isTotal || r.parts.length > 1).flatMap(endsOf), ...rows.filter((r) => r.isTotal).flatMap((r) => r.parts.map((p) => p.to)), ...marks];
  if (ends.length === 0) return [0, 1];
  const low = Math.min(...ends);
  const high = Math.max(...ends);
  const room = (high - low) * 0.06 || Math.abs(high) * 0.06 || 1;
  const isNear = Math.min(Math.abs(low), Math.abs(high)) <= (high - low) * 1.5;
  return [low > 0 && isNear ? 0 : low - (low === 0 ? 0 : room), high < 0 && isNear ? 0 : high + (high === 0 ? 0 : room)];
}

/** Amounts as rows of bars on one scale: waterfalls, tornados, years of cashflow. The numbers stand beside them, so nothing hangs on colour. */
export function BarRows({ label, rows, mark }: { label: string; rows: readonly BarRow[]; mark?: number }) {
  const [low, high] = useMemo(() => rangeOf(rows, mark === undefined ? [] : [mark]), [rows, mark]);
  const at = (v: number): number => (100 * (Math.min(Math.max(v, low), high) - low)) / (high - low || 1);
  return (
    <table class="bar-rows" aria-label={label}>
      <tbody>
        {rows.map((row) => (
          <tr key={row.label} class={row.isTotal ? "is-total" : undefined} title={row.note} data-row={row.label}>
            <th scope="row">{row.label}</th>
            <td class="bar-track">
              <div>
                {low < 0 && high > 0 && <i class="bar-zero" style={{ left: `${at(0)}%` }} />}
                {mark !== undefined && <i class="bar-mark" style={{ left: `${at(mark)}%` }} />}
                {row.parts.map((part, i) => (
                  <i key={i} class={part.isFaint ? "bar-part is-faint" : "bar-part"}
                    style={{ left: `${at(Math.min(part.from, part.to))}%`, width: `${Math.abs(at(part.to) - at(part.from))}%`, background: `var(${part.color})` }} />
                ))}
              </div>
            </td>
            <td class="num">{row.text}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
