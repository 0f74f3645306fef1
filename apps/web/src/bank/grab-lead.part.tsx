import { Button, Modal } from 'antd';
import { useState } from 'react';
import { Link } from 'react-router';

import { ProblemError } from '../client/problem.error.js';
import { useLanguage, useText } from '../frame/language.part.js';
import { Code } from '../parts/code.part.js';
import { Deadline, Money } from '../parts/figures.part.js';
import { bandText } from '../parts/format.rules.js';
import { MoneyField } from '../parts/money-field.part.js';
import { Facts } from '../parts/page.part.js';
import { ProblemView } from '../parts/states.part.js';
import { useWord } from '../parts/vocabulary.part.js';
import { bankText } from './bank.text.js';
import { boardText } from './board.text.js';
import { useGrab, type Lead, type PlacedGrab, type SealedEntry } from './lead.query.js';

/** Stands outside the table: the lead leaves the board when it is taken, the answer must not go with it. */
export function GrabLead({ lead, close }: { lead: Lead | undefined; close: () => void }) {
  const text = useText(bankText);
  return (
    <Modal open={lead !== undefined} title={text('grab.title')} footer={null} onCancel={close} destroyOnHidden>
      {lead ? <GrabForm key={lead.needId} lead={lead} close={close} /> : null}
    </Modal>
  );
}

/** Asks for the intended amount only, and answers with the contact or the reason. */
function GrabForm({ lead, close }: { lead: Lead; close: () => void }) {
  const text = useText(bankText);
  const words = useText(boardText);
  const word = useWord();
  const { language } = useLanguage();
  const grab = useGrab();
  const [intendedFen, setIntended] = useState<string>();
  const answer = grab.data;
  if (answer?.status === 'SEALED') return <Entered entry={answer} close={close} />;
  if (answer) return <Won placed={answer} close={close} />;
  const figures = {
    amount: bandText(lead.amountBand, language),
    months: lead.termMonths,
    security: word('security', lead.security),
  };
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        if (intendedFen) grab.mutate({ needId: lead.needId, intendedFen });
      }}
    >
      <p className="said">{text('grab.what', figures)}</p>
      {lead.window === 'SEALED' ? <p className="notice">{words('window.SEALED.what')}</p> : null}
      <div className="page-actions">
        <label htmlFor="intended">{text('grab.intended')}</label>
        <div className="amount">
          <MoneyField id="intended" value={intendedFen} onChange={setIntended} autoFocus />
        </div>
        <Button type="primary" htmlType="submit" disabled={!intendedFen} loading={grab.isPending}>
          {lead.window === 'SEALED' ? words('lead.enter') : text('grab.confirm')}
        </Button>
      </div>
      {grab.error ? <Refused error={grab.error} close={close} /> : null}
    </form>
  );
}

/** What the person can do instead, by the code of the refusal. */
const ways: Readonly<Record<string, 'wait' | 'cases' | 'mine'>> = {
  'MARKETPLACE.NEED_FULL': 'wait',
  'MARKETPLACE.ALREADY_GRABBED': 'cases',
  'MARKETPLACE.INSTITUTION_LIMIT': 'cases',
  'MARKETPLACE.MANAGER_LIMIT': 'cases',
  'MARKETPLACE.COOLING_DOWN': 'cases',
  'MARKETPLACE.ALREADY_QUEUED': 'mine',
};
const places = { wait: '/bank/leads?tab=full', cases: '/bank/cases', mine: '/bank/leads?tab=mine' } as const;

function Refused({ error, close }: { error: Error; close: () => void }) {
  const text = useText(boardText);
  const way = error instanceof ProblemError ? ways[error.problem.code] : undefined;
  return (
    <>
      <ProblemView error={error} />
      {way ? (
        <Link to={places[way]} onClick={close}>
          {text(`next.${way}`)}
        </Link>
      ) : null}
    </>
  );
}

function Won({ placed, close }: { placed: PlacedGrab; close: () => void }) {
  const text = useText(bankText);
  return (
    <div role="status">
      <h3>{text('grab.won', { name: placed.enterprise.name })}</h3>
      <Facts
        items={[
          [text('detail.contact'), placed.contact.name],
          [text('detail.phone'), <Code value={placed.contact.phone} />],
          [text('case.need'), <Money fen={placed.amountFen} />],
          [text('grab.contactBy'), <Deadline at={placed.contactBy} from={placed.grabbedAt} />],
        ]}
      />
      <div className="page-actions gap">
        <Link to={`/bank/cases/${placed.id}`}>
          <Button type="primary" tabIndex={-1}>
            {text('grab.toCase')}
          </Button>
        </Link>
        <Button onClick={close}>{text('grab.more')}</Button>
      </div>
    </div>
  );
}

/** Sealed: nothing is won yet, and what is kept says how the draw can be checked afterwards. */
function Entered({ entry, close }: { entry: SealedEntry; close: () => void }) {
  const text = useText(bankText);
  return (
    <div role="status">
      <h3>{text('grab.entered')}</h3>
      <p className="said">{text('grab.enteredWhat')}</p>
      <Facts
        items={[
          [text('case.intended'), <Money fen={entry.intendedFen} />],
          [text('grab.drawnAt'), <Deadline at={entry.sealedUntil} from={entry.enteredAt} />],
          [text('grab.commitment'), <Code value={entry.commitment} />],
        ]}
      />
      <div className="page-actions gap">
        <Button onClick={close}>{text('grab.more')}</Button>
      </div>
    </div>
  );
}
