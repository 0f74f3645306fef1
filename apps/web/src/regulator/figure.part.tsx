import { Tooltip } from 'antd';
import { useCallback } from 'react';

import { useInstitutionName } from '../client/institution.query.js';
import { useLanguage, useText } from '../frame/language.part.js';
import { countText, moneyText, moneyUnit, rateText } from '../parts/format.rules.js';
import { useWord } from '../parts/vocabulary.part.js';
import { regulatorText } from './regulator.text.js';
import type { Dimension, Figure, Unit } from './supervision.query.js';

/** A figure in the words of its unit; suppressed ones say so. */
export function useFigureText() {
  const text = useText(regulatorText);
  const { language } = useLanguage();
  return useCallback(
    ({ value, suppressed }: Pick<Figure, 'value' | 'suppressed'>, unit: Unit): string => {
      if (suppressed) return text('small');
      if (value === null) return '—';
      if (unit === 'FEN') return moneyText(value, language);
      if (unit === 'BP') return rateText(Number(value));
      return unit === 'HOURS' ? text('hours', { hours: value }) : countText(Number(value));
    },
    [text, language],
  );
}

export function useUnitText() {
  const text = useText(regulatorText);
  const { language } = useLanguage();
  return (unit: Unit) => (unit === 'FEN' ? moneyUnit[language] : text(`unit.${unit}`));
}

export function FigureView({ figure, unit }: { figure: Figure; unit: Unit }) {
  const text = useText(regulatorText);
  const figureText = useFigureText();
  const shown = <span className="figure">{figureText(figure, unit)}</span>;
  if (!figure.suppressed) return shown;
  return (
    <Tooltip title={text('smallWhy')}>
      <span tabIndex={0} className="quiet">
        {shown}
      </span>
    </Tooltip>
  );
}

/** Name of a row: a district, an industry, a tier, an institution, a month. */
export function useRowName() {
  const text = useText(regulatorText);
  const word = useWord();
  const institution = useInstitutionName();
  return useCallback(
    (by: Dimension, key: string): string => {
      if (key === 'NONE') return text(by === 'tier' ? 'noTier' : 'none');
      if (by === 'institution') return institution(key);
      return by === 'month' ? key : word(by, key);
    },
    [text, word, institution],
  );
}
