import { DatePicker, Select } from 'antd';
import dayjs from 'dayjs';

import { frameText } from '../frame/frame.text.js';
import { useText } from '../frame/language.part.js';
import { FilterBar } from '../parts/filter-bar.part.js';
import { Page } from '../parts/page.part.js';
import { useUrl } from '../parts/url.query.js';
import { Distribution } from './distribution.part.js';
import { DistrictMap } from './district-map.part.js';
import { useRowName } from './figure.part.js';
import { regulatorText } from './regulator.text.js';
import type { Dimension, Measure, Selection } from './supervision.query.js';

/** What can be told apart by place, trade and rank; of these, needs belong to no bank. */
const measures: readonly Measure[] = [
  'needs',
  'needAmountFen',
  'grabs',
  'contactHoursMedian',
  'offers',
  'offeredFen',
  'acceptances',
  'disbursements',
  'disbursedFen',
  'weightedRateBp',
  'firstLoans',
  'declines',
];
const ofNoBank = new Set<Measure>(['needs', 'needAmountFen']);
const filters = ['district', 'industry', 'tier', 'institution'] as const;

export function DistributionPage() {
  const text = useText(regulatorText);
  const title = useText(frameText)('regulator.distribution');
  const { get } = useUrl();
  const measure = measures.find((name) => name === get('measure')) ?? 'disbursedFen';
  const byBank = !ofNoBank.has(measure);
  const selection: Selection = {
    from: get('from'),
    to: get('to'),
    district: get('district'),
    industry: get('industry'),
    tier: get('tier'),
    institution: byBank ? get('institution') : undefined,
  };
  const props = { measure, selection };
  return (
    <Page title={title} question={text('distribution.question')}>
      <Choices measure={measure} />
      <div className="columns">
        <DistrictMap {...props} />
        <Distribution {...props} by="tier" />
        <Distribution {...props} by="industry" />
        {byBank ? <Distribution {...props} by="institution" /> : null}
      </div>
      <Distribution {...props} by="month" />
    </Page>
  );
}

function Choices({ measure }: { measure: Measure }) {
  const text = useText(regulatorText);
  const { get, set } = useUrl();
  const [from, to] = [get('from'), get('to')];
  return (
    <FilterBar keys={['from', 'to', ...filters]}>
      <Select
        aria-label={text('distribution.measure')}
        value={measure}
        options={measures.map((value) => ({ value, label: text(value) }))}
        style={{ width: 190 }}
        onChange={(value: Measure) => set({ measure: value })}
      />
      <DatePicker.RangePicker
        picker="month"
        aria-label={text('distribution.period')}
        value={[from ? dayjs(from) : null, to ? dayjs(to) : null]}
        allowEmpty={[true, true]}
        onChange={(months) => set({ from: months?.[0]?.format('YYYY-MM'), to: months?.[1]?.format('YYYY-MM') })}
      />
      {filters.map((by) => (
        <Chosen key={by} by={by} />
      ))}
      <span className="quiet">{text('distribution.filterHint')}</span>
    </FilterBar>
  );
}

/** A filter that is set, and the way to take it off. */
function Chosen({ by }: { by: Dimension }) {
  const text = useText(regulatorText);
  const nameOf = useRowName();
  const { get, set } = useUrl();
  const key = get(by);
  if (!key) return null;
  return (
    <button type="button" className="tag strong" onClick={() => set({ [by]: undefined })}>
      {text(`by.${by}`)} · {nameOf(by, key)} ✕
    </button>
  );
}
