import { Radio } from 'antd';

import { useText } from '../frame/language.part.js';
import type { Wish } from './account.query.js';
import { accountText } from './account.text.js';

const wishes: readonly Wish[] = ['STAY', 'MOVE'];

/** What becomes of records that an account brought to an enterprise: nothing unless somebody says that it was a mistake. */
export function RecordsWish({ value, onChange }: { value: Wish; onChange: (wish: Wish) => void }) {
  const text = useText(accountText);
  return (
    <fieldset className="plain">
      <legend>{text('records')}</legend>
      <Radio.Group
        className="stacked"
        value={value}
        onChange={(event) => onChange(event.target.value as Wish)}
        options={wishes.map((wish) => ({
          value: wish,
          label: (
            <>
              {text(wish)}
              <span className="quiet"> · {text(`${wish}.what`)}</span>
            </>
          ),
        }))}
      />
    </fieldset>
  );
}
