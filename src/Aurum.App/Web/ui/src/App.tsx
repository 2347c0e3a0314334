import { useEffect } from "preact/hooks";
import { markets, marketOf } from "./markets";
import { PastNotice } from "./parts/AsOf";
import { Header } from "./parts/Header";
import { Keys } from "./parts/Keys";
import { Empty } from "./parts/states";
import { StatusBar } from "./parts/StatusBar";
import { linkTo, usePlace, type Place } from "./routing";
import { useClock, zoneFor } from "./settings";
import { Catalog } from "./views/Catalog";
import { Curves } from "./views/Curves";
import { Health } from "./views/Health";
import { Load } from "./views/Load";
import { Node } from "./views/Node";
import { Ppa } from "./views/Ppa";
import { Prices } from "./views/Prices";
import { Scenarios } from "./views/Scenarios";
import { Series } from "./views/Series";
import { Ticks } from "./views/Ticks";

interface View {
  title: string;
  /** The market whose clock the view's times are on; the first market's where it shows several. */
  market: string;
  content: preact.ComponentChildren;
}

/** No market: its clock is UTC. */
const utc = "UTC";

function viewOf({ path, query }: Place): View {
  const parts = path.split("/").filter(Boolean).map(decodeURIComponent);
  const first = markets[0]!.code;
  if (parts.length === 0 || path === "/prices") return { title: "Prices", market: query.get("iso") ?? first, content: <Prices /> };
  if (parts[0] === "node" && parts[1] && parts[2]) {
    return { title: parts[2], market: parts[1], content: <Node key={`${parts[1]}/${parts[2]}`} iso={parts[1]} location={parts[2]} /> };
  }
  if (path === "/load") return { title: "Load and fuel mix", market: query.get("iso") ?? first, content: <Load /> };
  if (path === "/series") return { title: "Series", market: utc, content: <Catalog /> };
  if (parts[0] === "series" && parts[1] && parts[2] && parts.length === 3) {
    return { title: parts[2], market: utc, content: <Series key={`${parts[1]} ${parts[2]}`} provider={parts[1]} id={parts[2]} /> };
  }
  if (path === "/curves") return { title: "Forward curves", market: utc, content: <Curves /> };
  if (path === "/scenarios") return { title: "Scenarios", market: utc, content: <Scenarios /> };
  if (path === "/ppa") return { title: "Power purchase agreements", market: utc, content: <Ppa /> };
  if (path === "/ticks") return { title: "Real time", market: utc, content: <Ticks /> };
  if (path === "/health-data") return { title: "Data health", market: first, content: <Health /> };
  return { title: "Not found", market: first, content: <NotFound path={path} /> };
}

function NotFound({ path }: { path: string }) {
  return <Empty title="There is no such view">{path} is not a page of Aurum. <a href={linkTo("/prices")}>Go to prices</a>.</Empty>;
}

export function App() {
  const view = viewOf(usePlace());
  const zone = zoneFor(useClock(), marketOf(view.market).zone);
  useEffect(() => { document.title = `${view.title} · Aurum`; }, [view.title]);
  return (
    <>
      <Header zone={zone} />
      <PastNotice zone={zone} />
      <main class="main">{view.content}</main>
      <StatusBar />
      <Keys />
    </>
  );
}
