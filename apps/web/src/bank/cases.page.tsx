import { Button, Segmented } from 'antd';
import { Link } from 'react-router';

import { useMe } from '../client/session.query.js';
import { frameText } from '../frame/frame.text.js';
import { useLanguage, useText } from '../frame/language.part.js';
import { useLive } from '../notice/live.query.js';
import { CursorTable } from '../parts/cursor-table.part.js';
import type { Column } from '../parts/data-table.part.js';
import { Deadline, Money } from '../parts/figures.part.js';
import { moneyFigure, moneyUnit } from '../parts/format.rules.js';
import { Page, Section } from '../parts/page.part.js';
import { Empty } from '../parts/states.part.js';
import { Tabs } from '../parts/tabs.part.js';
import { Meter } from '../parts/tile.part.js';
import { useUrl } from '../parts/url.query.js';
import { StateTag, useWord } from '../parts/vocabulary.part.js';
import { bankText } from './bank.text.js';
import { loadCases, useLoad, type Case } from './case.query.js';
import { Complaints } from './complaints.part.js';
import { SafetyNotes } from './safety.part.js';
import { useTeam } from './work.query.js';
import { workText } from './work.text.js';

const tabs = ['cases', 'notes', 'complaints'] as const;

export function CasesPage() {
  const text = useText(bankText);
  const words = useText(workText);
  const title = useText(frameText)('bank.cases');
  const { data: me } = useMe();
  // An institution answers for itself: complaints go to its admins.
  const open = tabs.filter((name) => name !== 'complaints' || me?.roles.includes('institution-admin'));
  const views = { cases: <Cases />, notes: <SafetyNotes />, complaints: <Complaints /> };
  return (
    <Page title={title} question={text('cases.question')}>
      <Tabs label={title} names={open} title={(name) => words(`tab.${name}`)} clears={['whose', 'which']}>
        {(name) => views[name]}
      </Tabs>
    </Page>
  );
}

/** By deadline, overdue ones on top. */
function Cases() {
  const text = useText(bankText);
  useLive(['case.', 'deadline.', 'clock.', 'complaint.'], ['cases', 'team']);
  const { data: me } = useMe();
  const { get } = useUrl();
  const filter = {
    managerId: get('whose') === 'all' ? undefined : me?.id,
    status: get('which') === 'all' ? undefined : ('OPEN' as const),
  };
  const next = (
    <Link to="/bank/leads">
      <Button type="primary" tabIndex={-1}>
        {text('cases.toLeads')}
      </Button>
    </Link>
  );
  return (
    <>
      <Load />
      <Section title={text('cases.caption')} actions={<Choices />} flush>
        <CursorTable
          caption={text('cases.caption')}
          name={['cases', filter]}
          load={loadCases(filter)}
          columns={useColumns()}
          rowKey={({ id }) => id}
          empty={<Empty why={text('cases.none')} next={next} />}
          exportName="cases"
          refreshMs={15_000}
        />
      </Section>
    </>
  );
}

/** Whose cases, and whether those that have ended as well; in the address like every filter. */
function Choices() {
  const text = useText(bankText);
  const { get, set } = useUrl();
  return (
    <>
      <Segmented
        value={get('whose') ?? 'mine'}
        options={[
          { value: 'mine', label: text('cases.mine') },
          { value: 'all', label: text('cases.all') },
        ]}
        onChange={(whose) => set({ whose: whose === 'mine' ? undefined : whose })}
      />
      <Segmented
        value={get('which') ?? 'open'}
        options={[
          { value: 'open', label: text('cases.open') },
          { value: 'all', label: text('cases.every') },
        ]}
        onChange={(which) => set({ which: which === 'open' ? undefined : which })}
      />
    </>
  );
}

/** One's own load and the institution's against the limits, and how the work is spread. */
function Load() {
  const text = useText(bankText);
  const { data: load } = useLoad();
  const { data: me } = useMe();
  const { data: team } = useTeam();
  if (!load) return null;
  const colleagues = team?.items.filter(({ id, open }) => id !== me?.id && open > 0) ?? [];
  return (
    <div className="meters">
      {load.maxOfManager === null ? null : (
        <Meter label={text('load.mine')} used={load.openOfManager} of={load.maxOfManager} />
      )}
      {load.maxOfInstitution === null ? null : (
        <Meter label={text('load.institution')} used={load.openOfInstitution} of={load.maxOfInstitution} />
      )}
      {colleagues.slice(0, 10).map(({ id, name, open }) => (
        <Meter key={id} label={name} used={open} of={team?.max ?? open} />
      ))}
    </div>
  );
}

function useColumns(): Column<Case>[] {
  const text = useText(bankText);
  const word = useWord();
  const { language } = useLanguage();
  const name = ({ enterprise }: Case) => enterprise?.name ?? text('case.given');
  const next = ({ nextAct }: Case) => (nextAct ? text(`next.${nextAct}`) : text('next.done'));
  return [
    {
      key: 'enterprise',
      title: text('case.enterprise'),
      cell: (row) => <Link to={`/bank/cases/${row.id}`}>{name(row)}</Link>,
      text: name,
    },
    {
      key: 'status',
      title: text('case.status'),
      cell: ({ status }) => <StateTag kind="grab" state={status} />,
      text: ({ status }) => word('grab', status),
    },
    { key: 'next', title: text('case.next'), cell: (row) => <strong>{next(row)}</strong>, text: next },
    {
      key: 'due',
      title: text('case.due'),
      cell: ({ deadline, grabbedAt }) => <Deadline at={deadline} from={grabbedAt} />,
      text: ({ deadline }) => deadline,
    },
    {
      key: 'need',
      title: `${text('case.need')} (${moneyUnit[language]})`,
      numeric: true,
      cell: ({ amountFen }) => <Money fen={amountFen} bare />,
      text: ({ amountFen }) => moneyFigure(amountFen, language).replaceAll(',', ''),
    },
    {
      key: 'intended',
      title: `${text('case.intended')} (${moneyUnit[language]})`,
      numeric: true,
      cell: ({ intendedFen }) => <Money fen={intendedFen} bare />,
      text: ({ intendedFen }) => moneyFigure(intendedFen, language).replaceAll(',', ''),
    },
  ];
}
