import { ProblemError } from '../client/problem.error.js';
import { useText } from '../frame/language.part.js';
import { Answer, Empty } from '../parts/states.part.js';
import { useOrigin, type RecordPlace } from './lineage.query.js';
import { lineageText } from './lineage.text.js';
import { OriginFlow } from './origin-flow.part.js';
import { Uses } from './uses.part.js';
import { Versions } from './versions.part.js';

/** A record in the middle: where it came from before it, who used it after it, how it changed below. */
export function RecordTrace({ place }: { place: RecordPlace }) {
  const text = useText(lineageText);
  const origin = useOrigin(place);
  if (origin.error instanceof ProblemError && origin.error.problem.status === 404)
    return <Empty why={text('record.none', { key: place.recordKey })} />;
  return (
    <Answer query={origin} rows={8}>
      {(found) => (
        <>
          <OriginFlow origin={found} />
          <Versions place={place} shown={found.version} />
          <Uses place={place} uscc={found.uscc} />
        </>
      )}
    </Answer>
  );
}
