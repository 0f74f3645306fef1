import { useLanguage, useText } from '../frame/language.part.js';
import { Code } from '../parts/code.part.js';
import { When } from '../parts/figures.part.js';
import { Facts } from '../parts/page.part.js';
import { Answer } from '../parts/states.part.js';
import { TierTag, useWord } from '../parts/vocabulary.part.js';
import { useOpenTarget, type OpenTarget } from './campaign.query.js';
import { campaignText } from './campaign.text.js';
import { usePlace } from './place.query.js';
import { RecordVisit } from './record-visit.part.js';

const open: readonly OpenTarget['status'][] = ['ASSIGNED', 'VISITED', 'APPLIED'];

/** Who it is, what was done so far, and the next visit. */
export function TargetView({ id, done }: { id: string; done: () => void }) {
  const { manager } = usePlace();
  return (
    <Answer query={useOpenTarget(id)}>
      {(target) => (
        <>
          <TargetFacts target={target} />
          <History target={target} />
          {manager && open.includes(target.status) ? <RecordVisit id={id} done={done} /> : null}
        </>
      )}
    </Answer>
  );
}

function TargetFacts({ target }: { target: OpenTarget }) {
  const text = useText(campaignText);
  const word = useWord();
  const { language } = useLanguage();
  return (
    <>
      <p className="notice">{text('target.logged')}</p>
      <h3>{target.name}</h3>
      <p>
        <Code value={target.uscc} /> <TierTag tier={target.tier} />
      </p>
      <div className="gap">
        <Facts
          items={[
            [text('target.address'), target.address ?? '—'],
            [text('progress.district'), word('district', target.district)],
            [text('target.status'), text(`target.${target.status}`)],
            [text('target.why'), target.why?.[language] ?? '—'],
          ]}
        />
      </div>
    </>
  );
}

function History({ target: { history } }: { target: OpenTarget }) {
  const text = useText(campaignText);
  return (
    <>
      <h3 className="gap">{text('target.history')}</h3>
      {history.length === 0 ? <p className="quiet">{text('target.noHistory')}</p> : null}
      <ul className="reasons">
        {history.map((visit) => (
          <li key={visit.recordedAt}>
            <When at={visit.visitedOn} /> · {text(`method.${visit.method}`)} · {text(`outcome.${visit.outcome}`)}
            {visit.reason ? ` · ${text(`why.${visit.reason as 'OTHER'}`)}` : ''}
            {visit.note ? <p className="quiet">{visit.note}</p> : null}
          </li>
        ))}
      </ul>
    </>
  );
}
