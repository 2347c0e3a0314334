import { render } from "preact";
import "uplot/dist/uPlot.min.css";
import { App } from "./App";
import { listen, readStatus } from "./live";
import { followLinks } from "./routing";
import { startTheme } from "./settings";
import "./styles/base.css";
import "./styles/parts.css";
import "./styles/views.css";

startTheme();
followLinks();
listen();
// The server's clock comes first: under a sandbox it may not be this machine's.
await readStatus();
render(<App />, document.getElementById("app")!);
