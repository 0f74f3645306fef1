import { useText } from '../frame/language.part.js';
import { Code } from '../parts/code.part.js';
import { Deadline, Money, Rate, When } from '../parts/figures.part.js';
import { Facts, Section } from '../parts/page.part.js';
import { StatusTag } from '../parts/status-tag.part.js';
import { useWord } from '../parts/vocabulary.part.js';
import { bankText } from './bank.text.js';
import { CaseActs, running } from './case-acts.part.js';
import { CaseRecord } from './case-record.part.js';
import type { CaseDetail } from './case.query.js';
import { OfferForm } from './offer-form.part.js';
import { Offers } from './offers-made.part.js';
import { CaseSafety } from './safety.part.js';
import { Timeline } from './timeline.part.js';
import { Visits } from './visits.part.js';
import { useProgress, type Progress } from './work.query.js';
import { workText } from './work.text.js';

const mayOffer = new Set(['CONTACTED', 'IN_REVIEW', 'OFFERED']);

interface CaseProps {
  readonly file: CaseDetail;
  readonly progress: Progress | undefined;
}

/** The next act first, then what one needs to know for it, then what has happened. */
export function CaseWork({ file }: { file: CaseDetail }) {
  const text = useText(bankText);
  const { data: progress } = useProgress(file.id);
  const open = running.has(file.status);
  return (
    <div className="columns wide-left">
      <div>
        <NextAct file={file} progress={progress} />
        {mayOffer.has(file.status) ? <OfferForm key={file.offers.length} file={file} /> : null}
        {file.offers.length > 0 ? <Offers file={file} /> : null}
        {progress ? (
          <>
            <Visits id={file.id} visits={progress.visits} running={open && file.status !== 'ACTIVE'} />
            <CaseRecord progress={progress} />
          </>
        ) : null}
        <CaseSafety grabId={file.id} running={open} />
        <Section title={text('detail.line')}>
          <Timeline entries={file.timeline} />
        </Section>
      </div>
      <Enterprise file={file} progress={progress} />
    </div>
  );
}

function NextAct({ file, progress }: CaseProps) {
  const text = useText(bankText);
  const work = useText(workText);
  const next = file.nextAct ? text(`next.${file.nextAct}`) : text('next.done');
  return (
    <Section
      title={`${text('detail.acts')} · ${next}`}
      note={
        <>
          {progress?.paused ? <StatusTag tone="warn">{work('clock.paused')}</StatusTag> : null}{' '}
          {file.deadline ? <Deadline at={file.deadline} from={file.grabbedAt} /> : null}
        </>
      }
    >
      <CaseActs file={file} progress={progress} />
    </Section>
  );
}

function Enterprise({ file, progress }: CaseProps) {
  const text = useText(bankText);
  const work = useText(workText);
  const word = useWord();
  return (
    <Section title={text('case.enterprise')}>
      <Facts
        items={[
          [text('detail.contact'), file.contact?.name ?? '—'],
          [text('detail.phone'), file.contact ? <Code value={file.contact.phone} /> : '—'],
          [text('case.need'), <Money fen={file.amountFen} />],
          [text('case.intended'), <Money fen={file.intendedFen} />],
          [text('detail.term'), text('lead.months', { months: file.termMonths })],
          [text('detail.security'), word('security', file.security)],
          [text('detail.rateMax'), <Rate bp={file.annualRateBpMax} />],
          [text('detail.purpose'), file.purpose],
          [text('detail.grabbed'), <When at={file.grabbedAt} />],
          [text('detail.contactedAt'), <When at={file.contactedAt} />],
          [work('manager'), progress?.manager.name ?? '—'],
          [work('manager.first'), progress?.firstResponder?.name ?? '—'],
        ]}
      />
    </Section>
  );
}
