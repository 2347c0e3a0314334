import { linkTo, usePlace } from "../routing";
import { chooseClock, chooseTheme, useClock, useTheme, type Clock } from "../settings";
import { AsOf } from "./AsOf";
import { Icon } from "./Icon";
import { Search } from "./Search";

const views: readonly (readonly [string, string, string])[] = [["/prices", "Prices", "p"], ["/ticks", "Real time", "r"], ["/load", "Load & fuel", "l"], ["/series", "Series", "s"], ["/curves", "Curves", "c"], ["/scenarios", "Scenarios", "w"], ["/ppa", "PPA", "v"], ["/health-data", "Data health", "h"]];
const clocks: readonly (readonly [Clock, string, string])[] = [["market", "Market", "Times on each market's own clock"], ["utc", "UTC", "Times in UTC"], ["local", "Local", "Times on this machine's clock"]];

export function Header({ zone }: { zone: string }) {
  const { path } = usePlace();
  const clock = useClock();
  const theme = useTheme();
  return (
    <header class="header">
      <a class="brand" href={linkTo("/prices")} aria-label="Aurum, prices">
        <svg width="22" height="22" viewBox="0 0 32 32" aria-hidden="true">
          <path d="M4 22.500 10 11l5.500 7.500L20.500 8 28 22.500" fill="none" stroke="var(--gold)" stroke-width="3.200" stroke-linecap="round" stroke-linejoin="round" />
        </svg>
        Aurum
      </a>
      <nav class="views" aria-label="Views">
        {views.map(([url, title, key]) => (
          <a key={url} href={linkTo(url)} data-key={key} class={isUnder(path, url) ? "view is-on" : "view"} aria-current={isUnder(path, url) ? "page" : undefined}>{title}</a>
        ))}
      </nav>
      <div class="header-tools">
        <Search />
        <AsOf zone={zone} />
        <div class="choices" role="group" aria-label="Clock">
          {clocks.map(([value, text, title]) => (
            <button key={value} type="button" title={title} class={value === clock ? "choice is-on" : "choice"} aria-pressed={value === clock}
              onClick={() => chooseClock(value)}>{text}</button>
          ))}
        </div>
        <button type="button" class="button is-icon" data-key="t" title={theme === "dark" ? "Light theme (t)" : "Dark theme (t)"}
          aria-label={theme === "dark" ? "Light theme" : "Dark theme"} onClick={() => chooseTheme(theme === "dark" ? "light" : "dark")}>
          <Icon name={theme === "dark" ? "sun" : "moon"} />
        </button>
      </div>
    </header>
  );
}

const isUnder = (path: string, url: string): boolean => path.startsWith(url) || (url === "/prices" && (path === "/" || path.startsWith("/node")));
