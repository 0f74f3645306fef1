import { useEffect, useId, useRef, type KeyboardEvent, type ReactNode } from 'react';

import { useUrl } from './url.query.js';

interface TabsProps<Name extends string> {
  /** What the tabs are of, for those who hear the page. */
  readonly label: string;
  /** In the order shown; the first one is open when the address names none. */
  readonly names: readonly Name[];
  readonly title: (name: Name) => ReactNode;
  readonly children: (name: Name) => ReactNode;
  /** Filters of the address that mean nothing on another tab. */
  readonly clears?: readonly string[];
}

/**
 * Tabs that live in the address. They scroll sideways where there is no room: antd's own then put a button between the tabs,
 * which a screen reader takes for one of them.
 */
export function Tabs<Name extends string>({ label, names, title, children, clears = [] }: TabsProps<Name>) {
  const { get, set } = useUrl();
  const id = useId();
  const bar = useRef<HTMLDivElement>(null);
  const chosen = names.find((name) => name === get('tab')) ?? names[0];
  useEffect(() => keepInView(bar.current), [chosen]);
  if (chosen === undefined) return null;
  const open = (name: Name) =>
    set({ ...Object.fromEntries(clears.map((key) => [key, undefined])), tab: name === names[0] ? undefined : name });
  const turn = (event: KeyboardEvent) => {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (step === undefined) return;
    const place = (names.indexOf(chosen) + step + names.length) % names.length;
    open(names[place]!);
    bar.current?.querySelectorAll<HTMLElement>('[role=tab]')[place]?.focus();
  };
  return (
    <>
      <div ref={bar} className="tabs" role="tablist" aria-label={label} onKeyDown={turn}>
        {names.map((name) => (
          <button
            key={name}
            type="button"
            role="tab"
            id={`${id}${name}`}
            aria-selected={name === chosen}
            aria-controls={`${id}panel`}
            tabIndex={name === chosen ? 0 : -1}
            onClick={() => open(name)}
          >
            {title(name)}
          </button>
        ))}
      </div>
      <div role="tabpanel" id={`${id}panel`} aria-labelledby={`${id}${chosen}`}>
        {children(chosen)}
      </div>
    </>
  );
}

/** The chosen tab is in view although the bar may be wider than the screen, and stays so when a telephone is turned. */
function keepInView(bar: HTMLElement | null): (() => void) | undefined {
  const tab = bar?.querySelector<HTMLElement>('[aria-selected=true]');
  if (!bar || !tab) return undefined;
  const observer = new ResizeObserver(() => {
    bar.scrollLeft = tab.offsetLeft - bar.offsetLeft - (bar.clientWidth - tab.offsetWidth) / 2;
  });
  observer.observe(bar);
  return () => observer.disconnect();
}
