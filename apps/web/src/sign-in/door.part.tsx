import { useEffect, type ReactNode } from 'react';

import { frameText } from '../frame/frame.text.js';
import { LanguageSwitch } from '../frame/language-switch.part.js';
import { useText } from '../frame/language.part.js';
import { Mark } from '../frame/mark.part.js';
import { signInText } from './sign-in.text.js';

/** The house seen from outside: what it is, and a form. */
export function Door({ title, children }: { title: string; children: ReactNode }) {
  const text = useText(signInText);
  const brand = useText(frameText)('brand');
  useEffect(() => {
    document.title = `${title} · 信桥 Xinqiao`;
  }, [title]);
  return (
    <div className="door">
      <header className="door-side">
        <p className="brand">
          <Mark size={34} />
          <span>{brand}</span>
        </p>
        <p className="what">{text('what')}</p>
        <ol>
          <li>{text('way.1')}</li>
          <li>{text('way.2')}</li>
          <li>{text('way.3')}</li>
        </ol>
        <Span />
      </header>
      <main className="door-main">
        <LanguageSwitch />
        <div className="door-form">
          <h1>{title}</h1>
          {children}
        </div>
      </main>
    </div>
  );
}

/** A long bridge along the foot of the panel. */
function Span() {
  const hangers = Array.from({ length: 25 }, (_, index) => {
    const x = 12 + index * 24;
    const along = ((x % 300) - 150) / 150;
    return { x, top: 34 + 52 * (1 - along * along) };
  });
  return (
    <svg
      className="span"
      viewBox="0 0 600 130"
      preserveAspectRatio="xMidYMax slice"
      aria-hidden="true"
      focusable="false"
    >
      <g fill="none" stroke="#f2b84b" strokeLinecap="round">
        <path d="M0 30 Q150 142 300 30 T600 30" strokeWidth="0" />
        <path d="M0 34 Q150 138 300 34 Q450 138 600 34" strokeWidth="1.6" />
        {hangers.map(({ x, top }) => (
          <path key={x} d={`M${x} ${top}V98`} strokeWidth="0.7" opacity="0.7" />
        ))}
        <path d="M300 18V130M0 18V130M600 18V130" strokeWidth="3.4" />
        <path d="M0 98H600" strokeWidth="2.4" />
      </g>
      <path d="M0 116q37 -7 75 0t75 0t75 0t75 0t75 0t75 0t75 0t75 0V130H0z" fill="#0b6477" opacity="0.6" />
    </svg>
  );
}
