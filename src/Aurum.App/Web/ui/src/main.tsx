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
// The server's clock comes first: it may not be this machine's. A slow server is not waited for.
await Promise.race([readStatus(), new Promise((resolve) => setTimeout(resolve, 1000))]);
render(<App />, document.getElementById("app")!);
