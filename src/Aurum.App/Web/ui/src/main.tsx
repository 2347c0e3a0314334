import { render } from "preact";

render(<p>Aurum</p>, document.getElementById("app")!);
