import { makeUscc } from '@app/kernel';
import { fc, it as property } from '@fast-check/jest';

import { securities } from '../need/need.rules.js';
import { maskForStrangers } from '../need/purpose-mask.driver.js';
import { type LeadRow, toLeadResponse } from './lead.response.js';

const now = new Date('2026-11-23T02:00:00Z');
const later = fc.option(
  fc.nat(100_000).map((seconds) => new Date(now.getTime() + (seconds - 50_000) * 1_000)),
  {
    nil: null,
  },
);
const names = fc.constantFrom('苏州光能精密科技有限公司', '昆山远航新材料股份有限公司', '太仓微纳医药科技有限公司');

/** Whatever a careless query might bring along: a lead is built field by field. */
const rows = fc.record({
  enterpriseName: names,
  uscc: fc.nat(99_999).map((serial) => makeUscc('320583', serial)),
  contactName: fc.constantFrom('周会计', '沈舟'),
  contactPhone: fc.integer({ min: 13_000_000_000, max: 19_999_999_999 }).map(String),
  amountFen: fc.bigInt({ min: 1_000_000_001n, max: 99_999_999_999n }).map(String),
  security: fc.constantFrom(...securities),
  taken: fc.nat(9),
  waiting: fc.nat(9),
  entries: fc.integer({ min: 700_001, max: 799_999 }),
  places: fc.option(fc.nat(9), { nil: null }),
  exclusiveUntil: later,
  sealedUntil: later,
  drawnAt: later,
});

property.prop([rows, fc.string({ maxLength: 30 })])(
  'a lead tells neither who it is, nor how much exactly, nor how many entered a draw',
  (row, text) => {
    const { enterpriseName, uscc, contactName, contactPhone, amountFen, entries } = row;
    const written = `${text}${enterpriseName}（${uscc}）找${contactName}，${contactPhone}`;
    const need = {
      ...row,
      id: '00000000-0000-7000-8000-000000000000',
      district: '320583',
      industry2: '39',
      tier: 'T3',
      scoreBand: 'B',
      termMonths: 12,
      purpose: written,
      shownPurpose: maskForStrangers(written, { names: [enterpriseName, uscc, contactName] }),
      publishedAt: now,
      closesAt: now,
      commitment: 'c',
    };
    const lead = toLeadResponse(need satisfies LeadRow, now);
    const shown = JSON.stringify(Object.assign(lead, { purpose: lead.purpose.replace(text, '') }));
    const secrets = [enterpriseName, uscc, contactName, contactPhone, amountFen, String(entries)];
    expect(secrets.filter((secret) => shown.includes(secret))).toEqual([]);
    expect(lead.placesLeft ?? 0).toBeGreaterThanOrEqual(0);
    if (lead.window === 'OPEN') expect([lead.windowEndsAt, lead.commitment]).toEqual([null, null]);
  },
);
