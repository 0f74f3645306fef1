import { type Day, day } from '@app/kernel';

import type { Indicator } from '../src/indicator/indicator.rules.js';
import { type Profile, type ProfileInputs, profileInputs, profileOf } from '../src/profile/profile.rules.js';
import type { SourceRecord } from '../src/record/record.rules.js';

export const today = day('2026-11-23');
let serial = 0;
export const record = (
  feed: string,
  fields: Record<string, unknown>,
  more: Partial<SourceRecord> = {},
): SourceRecord => ({
  feed,
  recordKey: `K-${(serial += 1)}`,
  version: 1,
  eventDate: day('2026-03-31'),
  reportDate: day('2026-04-01'),
  fields,
  ...more,
});
export const right = (kind: string, more: Record<string, unknown> = {}) =>
  record('ip.right', { kind, status: '有效', related: '是', acquired: '自主研发', granted_on: '2024-05-01', ...more });
export const registry = (more: Record<string, unknown> = {}) =>
  record('registry.enterprise', {
    name: '苏州光舟有限公司',
    registered_capital: '1000000000',
    paid_in_capital: '500000000',
    established_on: '2019-05-20',
    status: '存续',
    industry: 'C3911',
    division: '320583',
    ...more,
  });
export const run = (records: SourceRecord[], asOf: Day = today) => {
  const inputs = profileInputs(records, asOf, '2026a');
  return { inputs, profile: profileOf(inputs) };
};
export const valueOf = ({ indicators }: ProfileInputs, code: string): Indicator | undefined =>
  indicators.find((one) => one.code === code);
export const rule = ({ ruleSets }: Profile) => ruleSets[0]!;
export const figure = ({ figures }: ProfileInputs, name: string) => figures.find((one) => one.name === name);
