import { Select } from 'antd';
import type { ReactNode } from 'react';

import { useText } from '../frame/language.part.js';
import { Answer, Empty } from '../parts/states.part.js';
import { useUrl } from '../parts/url.query.js';
import { useScoreMonths } from './score.query.js';
import { scoreText } from './score.text.js';

/** The month in the address, or the newest there is; children show it. */
export function MonthChoice({ children }: { children: (month: string) => ReactNode }) {
  const text = useText(scoreText);
  const { get, set } = useUrl();
  const months = useScoreMonths();
  return (
    <Answer query={months}>
      {({ items }) => {
        const month = get('month') ?? items[0]?.month;
        if (month === undefined) return <Empty why={text('none')} />;
        return (
          <>
            <search className="filters">
              <Select
                aria-label={text('month')}
                value={month}
                options={items.map(({ month: value }) => ({ value, label: value }))}
                style={{ width: 140 }}
                onChange={(value: string) => set({ month: value })}
              />
            </search>
            {children(month)}
          </>
        );
      }}
    </Answer>
  );
}
