import { useState } from "preact/hooks";
import { ApiError, getJson, postJson } from "../api/client";
import type { Page, Redriven, TickLetter } from "../api/types";
import { useData } from "../data";
import { wholeText } from "../numbers";
import { Choices } from "../parts/controls";
import { Show } from "../parts/states";
import { usePlace } from "../routing";
import { mayWrite } from "../settings";
import { dayClockText, parseInstant } from "../time";

const pageRows = 50;
const shownLetters = 160;

const outcomes: Record<string, string> = {
  accepted: "is a tick now", "late-amended": "is a late tick now", duplicate: "was there already", "dead-lettered": "failed again",
  published: "is in Kafka: workers take it", "redriven-before": "was sent again before", "needs-body": "can't be read by itself: mend it with aurum ticks redrive",
};

const contentOf = (letter: TickLetter): string => letter.text ?? atob(letter.base64 ?? "");

const messageOf = (letter: Pick<TickLetter, "field" | "expected" | "found">): string =>
  `${letter.field ? `${letter.field}: ` : ""}expected ${letter.expected}, found ${letter.found || "nothing"}`;

/** Messages that are no ticks: why, their bytes, and the way back for those that may be right now. */
export function DeadLetters({ count, zone }: { count: number; zone: string }) {
  const which = usePlace().query.get("letters") === "all" ? "all" : "pending";
  const [limit, setLimit] = useState(pageRows);
  const [sent, setSent] = useState(0);
  const loaded = useData(`dead letters ${which} ${limit}`, (signal) =>
    getJson<Page<TickLetter>>(`/v1/ticks/dead-letters?limit=${limit}${which === "pending" ? "&pending=true" : ""}`, signal), `${count} ${sent}`);
  if (count === 0) return null;
  return (
    <section class="panel" aria-label="Dead letters">
      <div class="panel-head">
        <h2>Dead letters</h2><span class="muted">{wholeText(count)} messages that are no ticks</span><span class="spring" />
        <Choices label="Dead letters" name="letters" value={which} first="pending" options={[["pending", "Not sent again"], ["all", "All"]]} />
      </div>
      <Show loaded={loaded} height={160} isEmpty={(page) => page.data.length === 0} empty={<p class="muted panel-note">All of them were sent again.</p>}>
        {(page) => (
          <>
            <div class="scroll">
              <table class="grid letters">
                <thead><tr><th>Received</th><th>Reason</th><th>What is wrong</th><th>Message</th><th class="num">{mayWrite ? "" : "Sent again"}</th></tr></thead>
                <tbody>{page.data.map((letter) => <Letter key={letter.id} letter={letter} zone={zone} onSent={() => setSent((n) => n + 1)} />)}</tbody>
              </table>
            </div>
            {page.meta.has_more && limit < 500 && <button type="button" class="button is-wide" onClick={() => setLimit(limit * 2)}>Show more</button>}
            {page.meta.has_more && limit >= 500 && <p class="muted panel-note"><code>aurum ticks dlq</code> lists all of them.</p>}
          </>
        )}
      </Show>
    </section>
  );
}

function Letter({ letter, zone, onSent }: { letter: TickLetter; zone: string; onSent: () => void }) {
  const [isOpen, setOpen] = useState(false);
  const [said, setSaid] = useState<string | null>(null);
  const content = contentOf(letter);
  const redrive = () => {
    setSaid("…");
    postJson<{ data: Redriven[] }>("/v1/ticks/dead-letters/redrive", { ids: [letter.id] }).then(
      ({ data }) => {
        const done = data[0];
        setSaid(done ? `${outcomes[done.outcome] ?? done.outcome}${done.dead_letter ? `: ${messageOf(done.dead_letter)}` : ""}` : null);
        setTimeout(onSent, 2500);
      },
      (error: unknown) => setSaid(error instanceof ApiError ? error.message : String(error)));
  };
  return (
    <tr data-letter={letter.id}>
      <th scope="row" class="muted time">{dayClockText(parseInstant(letter.received_at), zone)}</th>
      <td>{letter.reason}</td>
      <td class="why">{messageOf(letter)}</td>
      <td class="letter-text"><button type="button" class="link mono" aria-expanded={isOpen} title={isOpen ? "Less" : `All ${letter.length} bytes`} onClick={() => setOpen(!isOpen)}>{isOpen ? content : content.slice(0, shownLetters)}</button></td>
      <td class="num" aria-live="polite">
        {letter.redriven_at ? <span class="muted">sent again {dayClockText(parseInstant(letter.redriven_at), zone)}</span>
          : said ? <span class="muted said">{said}</span>
            : mayWrite && <button type="button" class="button" onClick={redrive} title="Send it through the pipeline again; it keeps its time">Send again</button>}
      </td>
    </tr>
  );
}
