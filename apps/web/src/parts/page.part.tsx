import { useEffect, type ReactNode } from 'react';

interface PageProps {
  readonly title: string;
  /** The one question that the first screen answers. */
  readonly question?: ReactNode;
  readonly actions?: ReactNode;
  readonly children: ReactNode;
}

export function Page({ title, question, actions, children }: PageProps) {
  useEffect(() => {
    document.title = `${title} · 信桥 Xinqiao`;
  }, [title]);
  return (
    <>
      <header className="page-header">
        <div>
          <h1>{title}</h1>
          {question ? <p>{question}</p> : null}
        </div>
        {actions ? <div className="page-actions">{actions}</div> : null}
      </header>
      {children}
    </>
  );
}

interface SectionProps {
  readonly title: ReactNode;
  readonly note?: ReactNode;
  readonly actions?: ReactNode;
  readonly children: ReactNode;
  readonly flush?: boolean;
}

/** A white sheet with a heading; `flush` lets a table reach its edges. */
export function Section({ title, note, actions, children, flush = false }: SectionProps) {
  return (
    <section className={flush ? 'sheet flush' : 'sheet'}>
      <header>
        <h2>{title}</h2>
        {note ? <p>{note}</p> : null}
        {actions ? <div className="page-actions">{actions}</div> : null}
      </header>
      <div className="sheet-body">{children}</div>
    </section>
  );
}

export function Facts({ items }: { items: readonly (readonly [label: ReactNode, value: ReactNode])[] }) {
  return (
    <dl className="facts">
      {items.map(([label, value], index) => (
        <div key={index}>
          <dt>{label}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}
