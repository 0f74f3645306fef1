import { useLanguage, useText } from '../frame/language.part.js';
import { DataTable, type Column } from '../parts/data-table.part.js';
import { Deadline, Money, Rate, When } from '../parts/figures.part.js';
import { instantText } from '../parts/format.rules.js';
import { Facts, Section } from '../parts/page.part.js';
import { StateTag, useWord } from '../parts/vocabulary.part.js';
import { ComplainOfBank, RateBank } from './bank-opinion.part.js';
import { BankProgress } from './bank-progress.part.js';
import { enterpriseText } from './enterprise.text.js';
import { NeedActs } from './need-acts.part.js';
import { progressOf, stepsOf, turnOf, type Progress } from './need-steps.rules.js';
import { needWorkText } from './need-work.text.js';
import type { NeedDetail } from './need.query.js';

/** The need at work: where it stands, who has to act, until when. */
export function CurrentNeed({ need }: { need: NeedDetail }) {
  const text = useText(enterpriseText);
  const progress = progressOf(need);
  return (
    <>
      {need.suspendedAt ? <p className="notice">{text('needs.suspended')}</p> : null}
      <Section
        title={
          <>
            {text('needs.current')} · <Money fen={need.amountFen} />
          </>
        }
        note={text(`needs.who.${turnOf(progress)}`)}
        actions={<NeedActs need={need} progress={progress} />}
      >
        <StepLine progress={progress} />
        <NeedFacts need={need} />
        <Windows need={need} />
      </Section>
      {need.grabs.length > 0 ? <Banks need={need} /> : null}
    </>
  );
}

function StepLine({ progress }: { progress: Progress }) {
  const text = useText(enterpriseText);
  return (
    <ol className="steps">
      {stepsOf(progress).map((step) => (
        <li key={step.key} className={step.state} aria-current={step.state === 'now' ? 'step' : undefined}>
          <span>{text(`step.${step.key}`)}</span>
          {step.count ? <strong className="figure">{step.count}</strong> : null}
        </li>
      ))}
    </ol>
  );
}

function NeedFacts({ need }: { need: NeedDetail }) {
  const text = useText(enterpriseText);
  const word = useWord();
  return (
    <Facts
      items={[
        [text('field.status'), <StateTag kind="need" state={need.status} />],
        [text('field.term'), text('field.termMonths', { months: need.termMonths })],
        [text('field.purpose'), need.purpose],
        [text('field.security'), word('security', need.security)],
        [text('field.rateMax'), <Rate bp={need.annualRateBpMax} />],
        [text('field.published'), <When at={need.publishedAt} />],
        [text('field.closes'), <Deadline at={need.closesAt} from={need.publishedAt ?? undefined} />],
        [text('field.next'), <Deadline at={need.nextDeadline} />],
      ]}
    />
  );
}

/** Why banks do not see it yet, or how places will be given. */
function Windows({ need }: { need: NeedDetail }) {
  const text = useText(needWorkText);
  const ahead = (at: string | null) => at !== null && new Date(at) > new Date();
  return (
    <>
      {ahead(need.exclusiveUntil) ? (
        <p className="notice">{text('window.exclusive', { at: instantText(need.exclusiveUntil!) })}</p>
      ) : null}
      {ahead(need.sealedUntil) ? (
        <p className="notice">{text('window.sealed', { at: instantText(need.sealedUntil!) })}</p>
      ) : null}
      {need.waiting > 0 ? <p className="quiet">{text('window.waiting', { count: need.waiting })}</p> : null}
    </>
  );
}

type Grab = NeedDetail['grabs'][number];

/** The banks that took a place, in the order in which they came. */
function Banks({ need }: { need: NeedDetail }) {
  const text = useText(enterpriseText);
  return (
    <Section title={text('banks.title')} flush>
      <DataTable caption={text('banks.title')} rows={need.grabs} rowKey={({ id }) => id} columns={useBankColumns()} />
    </Section>
  );
}

function useBankColumns(): Column<Grab>[] {
  const text = useText(enterpriseText);
  return [
    { key: 'bank', title: text('offers.bank'), cell: ({ institution }) => institution },
    {
      key: 'status',
      title: text('field.status'),
      cell: ({ status, ending }) => (
        <>
          <StateTag kind="grab" state={status} />
          {ending ? <Ending ending={ending} /> : null}
        </>
      ),
    },
    {
      key: 'intended',
      title: text('banks.intended'),
      numeric: true,
      cell: ({ intendedFen }) => <Money fen={intendedFen} />,
    },
    { key: 'at', title: text('banks.grabbed'), cell: ({ grabbedAt }) => <When at={grabbedAt} /> },
    {
      key: 'contact',
      title: text('banks.contact'),
      cell: ({ contactedAt, contactBy, grabbedAt, endedAt }) =>
        contactedAt || endedAt ? <When at={contactedAt} /> : <Deadline at={contactBy} from={grabbedAt} />,
    },
    {
      key: 'act',
      title: '',
      cell: (grab) => (
        <span className="page-actions">
          <BankProgress grab={grab} />
          {grab.endedAt ? <RateBank id={grab.id} bank={grab.institution} /> : null}
          <ComplainOfBank id={grab.id} bank={grab.institution} />
        </span>
      ),
    },
  ];
}

/** Why it ended, in plain words, and what can be done. */
function Ending({ ending }: { ending: NonNullable<Grab['ending']> }) {
  const text = useText(needWorkText);
  const { language } = useLanguage();
  return (
    <div className="quiet">
      <p>{ending.said[language]}</p>
      {ending.text ? <p>“{ending.text}”</p> : null}
      {ending.next ? (
        <p>
          {text('ending.next')} {ending.next[language]}
        </p>
      ) : null}
    </div>
  );
}
