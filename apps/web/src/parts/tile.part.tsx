import type { ReactNode } from 'react';

interface TileProps {
  readonly label: ReactNode;
  readonly value: ReactNode;
  readonly note?: ReactNode;
  readonly children?: ReactNode;
}

/** One figure that answers at a glance. */
export function Tile({ label, value, note, children }: TileProps) {
  return (
    <div className="tile">
      <p className="tile-label">{label}</p>
      <p className="tile-value figure">{value}</p>
      {note ? <p className="tile-note">{note}</p> : null}
      {children}
    </div>
  );
}

export const Tiles = ({ children }: { children: ReactNode }) => <div className="tiles">{children}</div>;

interface MeterProps {
  readonly label: string;
  readonly used: number;
  readonly of: number;
}

/** How much of a limit is used, in figures and as a bar. */
export function Meter({ label, used, of }: MeterProps) {
  const share = of > 0 ? Math.min(used / of, 1) : 0;
  return (
    <div className="meter">
      <p>
        <span>{label}</span>
        <strong className="figure">
          {used} / {of}
        </strong>
      </p>
      <div role="meter" aria-label={label} aria-valuenow={used} aria-valuemin={0} aria-valuemax={of}>
        <span className={share >= 0.9 ? 'full' : undefined} style={{ width: `${share * 100}%` }} />
      </div>
    </div>
  );
}
