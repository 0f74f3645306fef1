import { Button } from 'antd';

import { useLanguage, useText } from '../frame/language.part.js';
import { wordColumn, type Column } from '../parts/data-table.part.js';
import { Deadline } from '../parts/figures.part.js';
import { bandText } from '../parts/format.rules.js';
import { TierTag, useWord } from '../parts/vocabulary.part.js';
import { bankText } from './bank.text.js';
import type { Lead } from './lead.query.js';

/** Without `grab` the board is only looked at. */
export function useLeadColumns(grab: ((lead: Lead) => void) | undefined): Column<Lead>[] {
  return [...useWanted(), ...useWho(), ...useRace(grab)];
}

/** What is wanted. */
function useWanted(): Column<Lead>[] {
  const text = useText(bankText);
  const word = useWord();
  const { language } = useLanguage();
  const band = ({ amountBand }: Lead) => bandText(amountBand, language);
  const months = ({ termMonths }: Lead) => text('lead.months', { months: termMonths });
  return [
    {
      key: 'amount',
      title: text('lead.amount'),
      cell: (lead) => <strong className="figure nowrap">{band(lead)}</strong>,
      text: band,
    },
    { key: 'term', title: text('lead.term'), numeric: true, cell: months, text: ({ termMonths }) => termMonths },
    {
      key: 'purpose',
      title: text('lead.purpose'),
      cell: ({ purpose }) => (
        <span className="clamp" title={purpose}>
          {purpose}
        </span>
      ),
      text: ({ purpose }) => purpose,
    },
    wordColumn('security', text('lead.security'), ({ security }) => word('security', security)),
  ];
}

/** Who wants it, as far as may be told before a grab. */
function useWho(): Column<Lead>[] {
  const text = useText(bankText);
  const word = useWord();
  return [
    wordColumn('district', text('lead.district'), ({ district }) => word('district', district)),
    wordColumn('industry', text('lead.industry'), ({ industry }) => word('industry', industry)),
    {
      key: 'tier',
      title: text('lead.tier'),
      cell: ({ tier }) => <TierTag tier={tier} />,
      text: ({ tier }) => word('tier', tier),
    },
    wordColumn('score', text('lead.score'), ({ scoreBand }) => scoreBand ?? '—'),
  ];
}

/** How long one may still think about it. */
function useRace(grab: ((lead: Lead) => void) | undefined): Column<Lead>[] {
  const text = useText(bankText);
  return [
    {
      key: 'places',
      title: text('lead.places'),
      numeric: true,
      cell: ({ placesLeft }) => placesLeft ?? '—',
      text: ({ placesLeft }) => placesLeft,
    },
    {
      key: 'closes',
      title: text('lead.closes'),
      cell: ({ closesAt, publishedAt }) => <Deadline at={closesAt} from={publishedAt} />,
      text: ({ closesAt }) => closesAt,
    },
    {
      key: 'act',
      title: '',
      cell: (lead) =>
        grab ? (
          <Button type="primary" size="small" onClick={() => grab(lead)}>
            {text('lead.act')}
          </Button>
        ) : null,
    },
  ];
}
