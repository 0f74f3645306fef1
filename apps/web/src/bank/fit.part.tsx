import { Drawer } from 'antd';

import { useLanguage, useText } from '../frame/language.part.js';
import { Facts, Section } from '../parts/page.part.js';
import { Answer, Empty } from '../parts/states.part.js';
import { StatusTag, type Tone } from '../parts/status-tag.part.js';
import { boardText } from './board.text.js';
import { LeadLimits } from './lead-limits.part.js';
import { useFit, type Match } from './lead.query.js';

const tones: Record<Match['outcome'], Tone> = { FITS: 'good', OPEN: 'busy', NOT: 'bad' };
type Checks = Match['reasonsFor'];

/** Why a lead fits the own products, and why not; the lead is in the address. */
export function FitDrawer({ needId, close }: { needId: string | undefined; close: () => void }) {
  const text = useText(boardText);
  return (
    <Drawer title={text('fit.title')} open={needId !== undefined} onClose={close} size={520} destroyOnHidden>
      <p className="quiet">{text('fit.note')}</p>
      {needId ? (
        <>
          <Matches needId={needId} />
          <LeadLimits needId={needId} />
        </>
      ) : null}
    </Drawer>
  );
}

function Matches({ needId }: { needId: string }) {
  const text = useText(boardText);
  const fit = useFit(needId);
  return (
    <Answer query={fit}>
      {({ items }) =>
        items.length === 0 ? (
          <Empty why={text('fit.empty')} />
        ) : (
          items.map((match) => <ProductFit key={match.productId} match={match} />)
        )
      }
    </Answer>
  );
}

function ProductFit({ match }: { match: Match }) {
  const text = useText(boardText);
  const { language } = useLanguage();
  return (
    <Section
      title={match.productName}
      note={text('fit.points', { points: match.points })}
      actions={<StatusTag tone={tones[match.outcome]}>{text(`fit.${match.outcome}`)}</StatusTag>}
    >
      <Reasons title={text('fit.against')} checks={match.reasonsAgainst} tone="bad" />
      <Reasons title={text('fit.unknown')} checks={match.unknown} tone="still" />
      <Reasons title={text('fit.for')} checks={match.reasonsFor} tone="good" />
      {match.parts.length > 0 ? <h3>{text('fit.parts')}</h3> : null}
      <Facts
        items={match.parts.map(({ weight, share, ...part }) => [
          part[language],
          <span className="figure">{`${Math.round((share * weight) / 1_000)} / ${weight}`}</span>,
        ])}
      />
    </Section>
  );
}

function Reasons({ title, checks, tone }: { title: string; checks: Checks; tone: Tone }) {
  const { language } = useLanguage();
  if (checks.length === 0) return null;
  return (
    <>
      <h3>{title}</h3>
      <ul>
        {checks.map((check) => (
          <li key={check.code + check.en}>
            <StatusTag tone={tone}>{check[language]}</StatusTag>
          </li>
        ))}
      </ul>
    </>
  );
}
