import { useEffect, useRef, type MutableRef } from "preact/hooks";
import type uPlot from "uplot";
import { Tooltip } from "./tooltip";

interface Plot {
  box: MutableRef<HTMLDivElement | null>;
  plot: MutableRef<uPlot | null>;
}

/** A plot that fills its column. It is made anew when its shape changes, which data alone does not do. */
export function usePlot(shape: string, height: () => number, make: (element: HTMLElement, tooltip: Tooltip) => uPlot): Plot {
  const box = useRef<HTMLDivElement | null>(null);
  const plot = useRef<uPlot | null>(null);
  useEffect(() => {
    const element = box.current!;
    const tooltip = new Tooltip(element);
    const made = make(element, tooltip);
    plot.current = made;
    const observer = new ResizeObserver(() => {
      if (element.clientWidth > 0) made.setSize({ width: element.clientWidth, height: height() });
    });
    observer.observe(element);
    return () => {
      observer.disconnect();
      tooltip.remove();
      made.destroy();
      plot.current = null;
    };
  }, [shape]);
  return { box, plot };
}
