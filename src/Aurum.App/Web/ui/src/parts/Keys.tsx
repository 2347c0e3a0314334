import { useEffect, useRef, useState } from "preact/hooks";

const keys: readonly (readonly [string, string])[] = [
  ["p", "Prices"], ["r", "Real time"], ["l", "Load and fuel mix"], ["s", "Series and their catalog"], ["c", "Forward curves"], ["w", "Scenarios: what if"], ["v", "Power purchase agreements and their value"], ["h", "Data health"], ["/", "Find a node, hub or zone"], ["a", "As of"], ["t", "Dark or light theme"],
  ["?", "These keys"], ["Esc", "Close"],
];

const isTyping = (element: Element | null): boolean => element instanceof HTMLInputElement || element instanceof HTMLTextAreaElement || element instanceof HTMLSelectElement;

/** Keys act on the element that carries them in `data-key`: links are followed, buttons pressed, inputs focused. */
export function Keys() {
  const [isOpen, setOpen] = useState(false);
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (event.ctrlKey || event.metaKey || event.altKey || isTyping(document.activeElement) || !/^[a-z/?]$/.test(event.key)) return;
      const target = document.querySelector<HTMLElement>(`[data-key="${event.key}"]`);
      if (!target) return;
      event.preventDefault();
      target instanceof HTMLInputElement ? target.focus() : target.click();
    };
    const onClick = (event: MouseEvent) => {
      if ((event.target as Element).closest?.('[data-key="?"]')) setOpen(true);
    };
    addEventListener("keydown", onKey);
    addEventListener("click", onClick);
    return () => {
      removeEventListener("keydown", onKey);
      removeEventListener("click", onClick);
    };
  }, []);
  useEffect(() => {
    if (isOpen) dialog.current?.showModal();
  }, [isOpen]);
  if (!isOpen) return null;
  return (
    <dialog ref={dialog} class="keys" onClose={() => setOpen(false)} onClick={() => setOpen(false)}>
      <h2>Keys</h2>
      <dl>{keys.map(([key, text]) => <div key={key}><dt><kbd>{key}</kbd></dt><dd>{text}</dd></div>)}</dl>
      <p class="muted">In charts: drag to zoom, double click to go back.</p>
    </dialog>
  );
}
