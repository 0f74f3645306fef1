import { useText } from '../frame/language.part.js';
import { countText } from '../parts/format.rules.js';
import type { Batch } from './batch.query.js';
import { operatorText } from './operator.text.js';

const shares = ['accepted', 'unchanged', 'stale', 'quarantined', 'refused'] as const;

/** Five shares that add up to what was read; the sentence says the same in figures. */
export function BatchBar({ batch, legend = false }: { batch: Batch; legend?: boolean }) {
  const text = useText(operatorText);
  const figures = {
    read: countText(batch.read),
    accepted: countText(batch.accepted),
    unchanged: countText(batch.unchanged),
    stale: countText(batch.stale),
    quarantined: countText(batch.quarantined),
    refused: countText(batch.refused),
  };
  return (
    <div className="batch-bar">
      <div role="img" aria-label={text('batch.bar', figures)}>
        {shares.map((share) => (
          <span key={share} className={share} style={{ flexGrow: batch[share] }} />
        ))}
      </div>
      {legend ? (
        <ul>
          {shares.map((share) => (
            <li key={share}>
              <span className={`swatch ${share}`} aria-hidden />
              {text(`batch.${share}`)} <strong className="figure">{countText(batch[share])}</strong>
            </li>
          ))}
        </ul>
      ) : null}
    </div>
  );
}
