import { useText } from '../frame/language.part.js';
import { countText } from '../parts/format.rules.js';
import type { Run } from './run.query.js';
import { runText } from './run.text.js';

type Follower = Run['followers'][number];

/** Who keeps something that follows from records, and how far each is with making it anew. */
export function Followers({ of }: { of: readonly Follower[] }) {
  const text = useText(runText);
  const figures = ({ heard, told, done, total }: Follower) => ({
    heard: countText(heard),
    told: countText(told),
    done: total === null ? countText(done) : `${countText(done)} / ${countText(total)}`,
  });
  return (
    <>
      {of.map((one) => (
        <p key={one.follower}>
          {text(`follower.${one.follower}`)}{' '}
          <span className="quiet">{text(`follower.${one.state}`, figures(one))}</span>
        </p>
      ))}
    </>
  );
}
