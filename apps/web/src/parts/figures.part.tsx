import { Tooltip } from 'antd';

import { useLanguage, useText } from '../frame/language.part.js';
import { exactMoney, instantText, moneyFigure, moneyText, rateText, timeLeft } from './format.rules.js';
import { useNow } from './now.query.js';
import { partsText } from './parts.text.js';

const nothing = <span className="quiet">—</span>;

/** 万元 with two decimals; the exact yuan on hover or focus. `bare` leaves the unit to the head of the column. */
export function Money({ fen, bare = false }: { fen?: string | null | undefined; bare?: boolean }) {
  const { language } = useLanguage();
  if (fen === undefined || fen === null) return nothing;
  return (
    <Tooltip title={exactMoney(fen, language)} trigger={['hover', 'focus']}>
      <span className="figure money" tabIndex={0}>
        {bare ? moneyFigure(fen, language) : moneyText(fen, language)}
      </span>
    </Tooltip>
  );
}

export function Rate({ bp }: { bp?: number | null | undefined }) {
  return bp === undefined || bp === null ? nothing : <span className="figure">{rateText(bp)}</span>;
}

export function When({ at }: { at?: string | null | undefined }) {
  if (!at) return nothing;
  return (
    <time className="figure" dateTime={at}>
      {at.length === 10 ? at : instantText(at)}
    </time>
  );
}

/** A deadline with what is left of it; red, and marked by a sign, only in the last tenth of its time. */
export function Deadline({ at, from }: { at?: string | null | undefined; from?: string | undefined }) {
  const text = useText(partsText);
  const now = useNow();
  if (!at) return nothing;
  const left = timeLeft(now, at, from);
  const side = left.passed ? 'over' : 'left';
  const scale = left.days > 0 ? 'days' : left.hours > 0 ? 'hours' : 'minutes';
  return (
    <time className={left.urgent ? 'deadline urgent' : 'deadline'} dateTime={at}>
      <span className="figure">{instantText(at)}</span>
      <span className="left">
        {left.urgent ? '▲ ' : ''}
        {text(`${side}.${scale}`, { days: left.days, hours: left.hours, minutes: left.minutes })}
      </span>
    </time>
  );
}
