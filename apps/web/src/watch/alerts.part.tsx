import { Link } from 'react-router';

import { useInstitutionName } from '../client/institution.query.js';
import { useLanguage, useText } from '../frame/language.part.js';
import { limitText } from '../operator/limit.text.js';
import { CursorTable } from '../parts/cursor-table.part.js';
import type { Column } from '../parts/data-table.part.js';
import { When } from '../parts/figures.part.js';
import { moneyText, rateText } from '../parts/format.rules.js';
import { Section } from '../parts/page.part.js';
import { Empty } from '../parts/states.part.js';
import { StatusTag } from '../parts/status-tag.part.js';
import { loadAlerts, type Alert } from './watch.query.js';
import { watchText } from './watch.text.js';

/** Limits that were nearly used up. */
export function Alerts() {
  const text = useText(watchText);
  return (
    <Section title={text('tab.alerts')} note={text('alerts.note')} flush>
      <CursorTable
        caption={text('tab.alerts')}
        name={['alerts']}
        load={loadAlerts}
        columns={useColumns()}
        rowKey={({ id }) => id}
        empty={<Empty why={text('alerts.none')} />}
      />
    </Section>
  );
}

function useColumns(): Column<Alert>[] {
  const text = useText(watchText);
  const { language } = useLanguage();
  const names: Readonly<Record<string, string>> = limitText[language];
  const nameOf = useInstitutionName();
  const amount = ({ what }: Alert, value: string) =>
    what === 'overSubscriptionBp' ? moneyText(value, language) : value;
  return [
    { key: 'at', title: text('alert.at'), cell: ({ at }) => <When at={at} /> },
    {
      key: 'whose',
      title: text('alert.whose'),
      cell: ({ subject, subjectId }) =>
        subject === 'NEED' ? (
          <Link to={`/operator/limits?tab=applied&need=${subjectId}`}>
            {text('alert.NEED')} <code>{subjectId.slice(-12)}</code>
          </Link>
        ) : (
          `${text(`alert.${subject}`)} ${nameOf(subjectId)}`
        ),
    },
    { key: 'what', title: text('alert.what'), cell: ({ what }) => names[what] ?? what },
    {
      key: 'used',
      title: text('alert.used'),
      numeric: true,
      cell: (alert) => `${amount(alert, alert.used)} / ${amount(alert, alert.limit)}`,
    },
    {
      key: 'threshold',
      title: text('alert.threshold'),
      numeric: true,
      cell: ({ thresholdBp }) => rateText(thresholdBp),
    },
    {
      key: 'state',
      title: text('alert.state'),
      cell: ({ clearedAt }) =>
        clearedAt ? (
          <StatusTag tone="still">{text('alert.cleared')}</StatusTag>
        ) : (
          <StatusTag tone="warn">{text('alert.standing')}</StatusTag>
        ),
    },
  ];
}
