import { useMe } from '../client/session.query.js';
import { useLanguage, useText } from '../frame/language.part.js';
import { ActWithNote } from '../parts/act-with-note.part.js';
import { When } from '../parts/figures.part.js';
import { Facts } from '../parts/page.part.js';
import { Answer } from '../parts/states.part.js';
import { StatusTag } from '../parts/status-tag.part.js';
import { claimTones } from './claim-tone.option.js';
import { useClaim, useLink, useNobody, useUndo, type Candidate, type ClaimDetail } from './claim.query.js';
import { comparisonText } from './match-words.rules.js';
import { stewardText } from './steward.text.js';

/** What the row says, and beside it everybody who may be meant with the points for and against. */
export function ClaimWork({ id }: { id: string }) {
  const claim = useClaim(id);
  return <Answer query={claim}>{(found) => <ClaimView claim={found} />}</Answer>;
}

function ClaimView({ claim }: { claim: ClaimDetail }) {
  const text = useText(stewardText);
  const { data: me } = useMe();
  const operates = me?.roles.includes('operator') ?? false;
  const { claimed } = claim;
  const facts = (
    [
      ['name', claimed.name],
      ['organisationCode', claimed.organisationCode],
      ['registrationNumber', claimed.registrationNumber],
      ['representative', claimed.representative],
      ['division', claimed.division],
      ['address', claimed.address],
      ['account', claimed.account],
    ] as const
  ).filter(([, value]) => value !== null);
  return (
    <>
      <p>
        <StatusTag tone={claimTones[claim.state]}>{text(`claim.${claim.state}`)}</StatusTag>{' '}
        {claim.uscc ? <code>{claim.uscc}</code> : null}
      </p>
      <h3>{text('claim.says')}</h3>
      <Facts items={facts.map(([key, value]) => [text(`claim.of.${key}`), value])} />
      <h3>{text('claim.candidates')}</h3>
      {claim.best.length === 0 ? <p className="quiet">{text('claim.noCandidate')}</p> : null}
      <div className="side-by-side">
        {claim.best.map((candidate) => (
          <CandidateCard
            key={candidate.uscc}
            id={claim.id}
            candidate={candidate}
            mayLink={operates && claim.state !== 'LINKED'}
          />
        ))}
      </div>
      {operates ? <OtherActs claim={claim} /> : null}
      <h3>{text('row.history')}</h3>
      {claim.decisions.map((one) => (
        <p key={one.number}>
          <When at={one.decidedAt} /> {text(`decision.${one.kind}`)} {one.uscc ? <code>{one.uscc}</code> : null}{' '}
          <span className="quiet">{one.reason ?? (one.score === null ? '' : one.score)}</span>
        </p>
      ))}
    </>
  );
}

interface CandidateCardProps {
  readonly id: string;
  readonly candidate: Candidate;
  readonly mayLink: boolean;
}

function CandidateCard({ id, candidate, mayLink }: CandidateCardProps) {
  const text = useText(stewardText);
  const { language } = useLanguage();
  const link = useLink(id);
  const { uscc, score, reasons, registeredName, formerNames, representative, division, address } = candidate;
  return (
    <article className="candidate">
      <strong>{registeredName ?? candidate.name}</strong>
      <p className="quiet">
        <code>{uscc}</code> {candidate.former ? text('claim.former') : ''}
      </p>
      <p className="quiet">{[representative, division, address].filter(Boolean).join(' · ')}</p>
      {formerNames.length > 0 ? (
        <p className="quiet">{`${text('claim.formerNames')} ${formerNames.join('、')}`}</p>
      ) : null}
      <p>
        {text('claim.score')} <span className="figure">{score}</span>
      </p>
      <ul className="reasons">
        {reasons.map(({ feature, outcome, points }) => (
          <li key={feature}>
            {comparisonText(feature, outcome, language)}{' '}
            <span className="figure">{points > 0 ? `+${points}` : points}</span>
          </li>
        ))}
      </ul>
      {mayLink ? (
        <ActWithNote
          label={text('claim.link')}
          what={<p>{text('claim.linkWhat')}</p>}
          act={(reason) => link.mutateAsync({ uscc, reason })}
          of={link}
        />
      ) : null}
    </article>
  );
}

function OtherActs({ claim: { id, state } }: { claim: ClaimDetail }) {
  const text = useText(stewardText);
  const [nobody, undo] = [useNobody(id), useUndo(id)];
  return (
    <p className="page-actions">
      {state === 'WAITING' ? (
        <ActWithNote
          label={text('claim.nobody')}
          what={<p>{text('claim.nobodyWhat')}</p>}
          act={(reason) => nobody.mutateAsync(reason)}
          of={nobody}
        />
      ) : (
        <ActWithNote
          label={text('claim.undo')}
          what={<p>{text('claim.undoWhat')}</p>}
          act={(reason) => undo.mutateAsync(reason)}
          of={undo}
          danger
        />
      )}
    </p>
  );
}
