import { Button } from 'antd';
import { Link } from 'react-router';

import { frameText } from '../frame/frame.text.js';
import { useLanguage, useText } from '../frame/language.part.js';
import { useLive } from '../notice/live.query.js';
import { CursorTable } from '../parts/cursor-table.part.js';
import type { Column } from '../parts/data-table.part.js';
import { Money, When } from '../parts/figures.part.js';
import { moneyFigure, moneyUnit } from '../parts/format.rules.js';
import { Page, Section } from '../parts/page.part.js';
import { Answer, Empty } from '../parts/states.part.js';
import { StateTag, useWord } from '../parts/vocabulary.part.js';
import { CurrentNeed } from './current-need.part.js';
import { enterpriseText } from './enterprise.text.js';
import { Matches } from './matches.part.js';
import { loadNeeds, useCurrentNeed, type Need } from './need.query.js';
import { RepublishNeed } from './republish-need.part.js';

/** Kinds of notices after which the need looks different. */
const stirring = ['grab.', 'case.', 'offer.', 'need.', 'clock.', 'visit.', 'draw.', 'loan.'];

export function NeedsPage() {
  const text = useText(enterpriseText);
  const title = useText(frameText)('enterprise.needs');
  const current = useCurrentNeed();
  useLive(stirring, ['needs', 'need', 'offers']);
  const draft = (
    <Link to="/enterprise/needs/new">
      <Button type="primary">{text('needs.new')}</Button>
    </Link>
  );
  return (
    <Page title={title} question={text('needs.question')} actions={current.data ? null : draft}>
      <Answer query={current}>
        {(need) =>
          need ? (
            <CurrentNeed need={need} />
          ) : (
            <Section title={text('needs.current')}>
              <Empty why={text('needs.none')} next={draft} />
            </Section>
          )
        }
      </Answer>
      {current.data ? <Matches needId={current.data.id} /> : null}
      <Section title={text('needs.all')} flush>
        <AllNeeds />
      </Section>
    </Page>
  );
}

function AllNeeds() {
  const text = useText(enterpriseText);
  const columns = useColumns();
  return (
    <CursorTable
      caption={text('needs.all')}
      name={['needs', 'all']}
      load={loadNeeds}
      columns={columns}
      rowKey={(need) => need.id}
      empty={<Empty why={text('needs.allNone')} />}
      exportName="needs"
    />
  );
}

function useColumns(): Column<Need>[] {
  const text = useText(enterpriseText);
  const word = useWord();
  const { language } = useLanguage();
  return [
    {
      key: 'created',
      title: text('field.created'),
      cell: (need) => <When at={need.createdAt} />,
      text: (need) => need.createdAt,
    },
    { key: 'purpose', title: text('field.purpose'), cell: (need) => need.purpose, text: (need) => need.purpose },
    {
      key: 'amount',
      title: `${text('field.amount')} (${moneyUnit[language]})`,
      numeric: true,
      cell: (need) => <Money fen={need.amountFen} bare />,
      text: (need) => moneyFigure(need.amountFen, language).replaceAll(',', ''),
    },
    {
      key: 'term',
      title: text('field.term'),
      numeric: true,
      cell: (need) => text('field.termMonths', { months: need.termMonths }),
      text: (need) => need.termMonths,
    },
    {
      key: 'security',
      title: text('field.security'),
      cell: (need) => word('security', need.security),
      text: (need) => word('security', need.security),
    },
    {
      key: 'status',
      title: text('field.status'),
      cell: (need) => <StateTag kind="need" state={need.status} />,
      text: (need) => word('need', need.status),
    },
    { key: 'act', title: '', cell: (need) => <RepublishNeed need={need} /> },
  ];
}
