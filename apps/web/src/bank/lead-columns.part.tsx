import { Button, Tooltip } from 'antd';

import { useLanguage, useText } from '../frame/language.part.js';
import { wordColumn, type Column } from '../parts/data-table.part.js';
import { Deadline, When } from '../parts/figures.part.js';
import { bandText } from '../parts/format.rules.js';
import { useUrl } from '../parts/url.query.js';
import { TierTag, useWord } from '../parts/vocabulary.part.js';
import { bankText } from './bank.text.js';
import { boardText } from './board.text.js';
import type { Lead } from './lead.query.js';

/** Without `act` the board is only looked at. */
export interface Act {
  readonly room: 'LEFT' | 'FULL';
  readonly gone: ReadonlySet<string>;
  readonly act: ((lead: Lead) => void) | undefined;
}

export function useLeadColumns(act: Act): Column<Lead>[] {
  return [...useWanted(), ...useWho(), useFitColumn(), ...useRace(act)];
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
      cell: (lead) => (
        <>
          <strong className="figure nowrap">{band(lead)}</strong>
          <WindowMark lead={lead} />
        </>
      ),
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

/** Says how places are taken now, when that is not "first come". */
function WindowMark({ lead: { window, windowEndsAt } }: { lead: Lead }) {
  const text = useText(boardText);
  if (window === 'OPEN') return null;
  return (
    <Tooltip title={text(`window.${window}.what`)} trigger={['hover', 'focus']}>
      <p className="quiet" tabIndex={0}>
        <span className="tag strong">{text(`window.${window}`)}</span> {text('window.until')} <When at={windowEndsAt} />
      </p>
    </Tooltip>
  );
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

/** By points where the board is sorted by them; the reasons are a click away in any order. */
function useFitColumn(): Column<Lead> {
  const text = useText(boardText);
  const { set, get, params } = useUrl();
  const sorted = get('sort') === 'fit';
  const words = ({ fit }: Lead) =>
    fit ? text('fit.points', { points: fit.points }) : text(sorted ? 'fit.none' : 'fit.see');
  return {
    key: 'fit',
    title: text('fit.column'),
    cell: (lead) => (
      <Button
        type="link"
        size="small"
        onClick={() => set({ need: lead.needId, pages: params.get('pages') ?? undefined })}
      >
        {words(lead)}
      </Button>
    ),
    text: ({ fit }) => fit?.points ?? null,
  };
}

/** How long one may still think about it. */
function useRace({ room, gone, act }: Act): Column<Lead>[] {
  const text = useText(bankText);
  const words = useText(boardText);
  const label = ({ window }: Lead) =>
    room === 'FULL' ? words('lead.wait') : window === 'SEALED' ? words('lead.enter') : text('lead.act');
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
        gone.has(lead.needId) ? (
          <span className="quiet">{words('lead.gone')}</span>
        ) : act ? (
          <Button type="primary" size="small" onClick={() => act(lead)}>
            {label(lead)}
          </Button>
        ) : null,
    },
  ];
}
