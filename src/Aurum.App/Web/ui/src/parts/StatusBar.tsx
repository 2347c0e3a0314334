import { useNews, useNow } from "../live";
import { shortText, wholeText } from "../numbers";
import { spanText } from "../time";

/** The foot of the page: whether news arrives, what came last, how much is stored, and the way to the API. */
export function StatusBar() {
  const { connection, lastCommit, status } = useNews();
  const now = useNow(1);
  const text = connection === "live" ? "Live" : connection === "lost" ? "Connection lost, trying again" : "Connecting";
  return (
    <footer class="status-bar">
      <span class={`live live-${connection}`}><i />{text}</span>
      {lastCommit && (
        <span class="last-commit">
          {lastCommit.feed} <span class="muted">{lastCommit.day}</span> {wholeText(lastCommit.rows)} rows <span class="muted">{agoText(now - lastCommit.at)}</span>
        </span>
      )}
      <span class="spring" />
      {status && (
        <>
          <span title="Rows in the store, all revisions">{shortText(status.rows_total)} rows</span>
          <span class="wide-only" title="Files in the archive">{shortText(status.files_total)} files</span>
          {status.mode === "up" && <span class="sandbox" title="Publishers are simulated. `aurum up --live` asks the real ones.">Sandbox data</span>}
        </>
      )}
      <a href="/docs">API</a>
      <button type="button" class="link" data-key="?">Keys</button>
      <span class="muted">{status ? `Aurum ${status.version}` : "Aurum"}</span>
    </footer>
  );
}

const agoText = (seconds: number): string => (seconds < 10 ? "now" : `${spanText(seconds)} ago`);
