import { App, Input, Segmented } from 'antd';
import { useState } from 'react';

import { useText } from '../frame/language.part.js';
import { ConfirmAct } from '../parts/confirm-act.part.js';
import { boardText } from './board.text.js';
import { useSaveSearch, type LeadFilter, type WriteSearch } from './lead.query.js';
import { useSearchWords } from './search-words.part.js';

export const deliveries = ['IMMEDIATE', 'DAILY'] as const;

/** One value of each filter becomes a list of one: a saved search may later hold several. */
const searchOf = ({ amountBand, district, industry, tier, scoreBand, security }: LeadFilter) => ({
  amountBands: amountBand ? [amountBand] : [],
  districts: district ? [district] : [],
  industries: industry ? [industry] : [],
  tiers: tier ? [tier] : [],
  scoreBands: scoreBand ? [scoreBand] : [],
  securities: security ? [security] : [],
});

export function SaveSearch({ filter }: { filter: LeadFilter }) {
  const text = useText(boardText);
  const { message } = App.useApp();
  const save = useSaveSearch();
  const wordsOf = useSearchWords();
  const [typed, setName] = useState<string>();
  const [delivery, deliver] = useState<NonNullable<WriteSearch['delivery']>>('IMMEDIATE');
  const search = searchOf(filter);
  const name = typed ?? wordsOf(search);
  const act = async () => {
    await save.mutateAsync({ ...search, name: name.trim(), delivery });
    setName(undefined);
    message.success(text('search.saved'));
  };
  return (
    <ConfirmAct
      label={text('search.save')}
      title={text('search.saveTitle')}
      what={
        <div className="stacked">
          <p>{wordsOf(search)}</p>
          <Input
            aria-label={text('search.name')}
            maxLength={40}
            value={name.slice(0, 40)}
            onChange={(event) => setName(event.target.value)}
          />
          <Segmented
            aria-label={text('search.delivery')}
            value={delivery}
            options={deliveries.map((value) => ({ value, label: text(`search.${value}`) }))}
            onChange={deliver}
          />
        </div>
      }
      confirm={text('search.confirm')}
      blocked={name.trim() === ''}
      act={act}
      busy={save.isPending}
      error={save.error}
    />
  );
}
