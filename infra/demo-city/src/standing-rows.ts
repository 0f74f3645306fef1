import { addDays, addMonths, type Day, day } from '@app/kernel';

import { notAfter } from './calendar.js';
import type { City, Enterprise } from './city.js';
import { Random } from './random.js';
import { type Delivery, type Row, soundRow, yuanText } from './row.js';

const courts = ['苏州市中级人民法院', '苏州工业园区人民法院', '昆山市人民法院', '常熟市人民法院', '吴江区人民法院'];

/** Enforcement of the last years: mostly firms in distress. */
export function* enforcementDeliveries(city: City): Generator<Delivery> {
  const { today } = city.calendar;
  const random = new Random(`${city.seed}/court`);
  const rows = city.enterprises.flatMap((enterprise) => {
    const cases = enterprise.distressed ? random.int(0, 3) : random.chance(0.012) ? 1 : 0;
    return Array.from({ length: cases }, (_, index) => enforcementRow(random, enterprise, index, today));
  });
  yield { part: 'all', asOf: addDays(today, -1), rows };
}

function enforcementRow(random: Random, enterprise: Enterprise, index: number, today: Day): Row {
  const filedOn = addDays(today, -random.int(15, 900));
  const kind = random.pick(['被执行', '被执行', '被执行', '失信', '限高']);
  const removed = filedOn < addDays(today, -200) && random.chance(enterprise.distressed ? 0.25 : 0.85);
  const removedOn = removed ? addDays(filedOn, random.int(60, 190)) : '';
  const event = removedOn === '' ? filedOn : removedOn;
  const place = random.int(0, courts.length - 1);
  return soundRow(
    {
      key: `FY-${enterprise.no}-${index + 1}`,
      uscc: enterprise.uscc,
      event,
      report: notAfter(today, addDays(event, random.int(1, 9))),
    },
    `(${filedOn.slice(0, 4)})苏05${String(place + 10)}执${random.int(100, 9_999)}号`,
    courts[place] ?? '',
    kind,
    filedOn,
    yuanText(random.int(20_000, 3_000_000)),
    removed ? '全部履行' : random.pick(['全部未履行', '部分履行']),
    removedOn,
  );
}

interface Offence {
  readonly offence: string;
  readonly kind: string;
  readonly authority: string;
  readonly fineWan: number;
}

const offences: readonly Offence[] = [
  { offence: '未按规定处置危险废物', kind: '罚款', authority: '苏州市生态环境局', fineWan: 12 },
  { offence: '未如实记录安全生产教育和培训情况', kind: '罚款', authority: '苏州市应急管理局', fineWan: 2 },
  { offence: '未按期申报纳税,经催报仍未申报', kind: '罚款', authority: '国家税务总局苏州市税务局', fineWan: 0.2 },
  { offence: '产品标识不符合规定', kind: '警告', authority: '苏州市市场监督管理局', fineWan: 0 },
  {
    offence: '劳动用工违规:\n未签订书面劳动合同',
    kind: '责令改正',
    authority: '苏州市人力资源和社会保障局',
    fineWan: 0,
  },
  { offence: '消防设施未保持完好有效', kind: '罚款', authority: '苏州市消防救援支队', fineWan: 1.5 },
];

/** Administrative penalties, each with the end of its publicity: three months, one year or three years. */
export function* penaltyDeliveries(city: City): Generator<Delivery> {
  const { today } = city.calendar;
  const random = new Random(`${city.seed}/penalty`);
  const rows = city.enterprises.flatMap((enterprise) => {
    const count = random.chance(enterprise.distressed ? 0.35 : 0.06) ? random.int(1, 2) : 0;
    return Array.from({ length: count }, (_, index) => {
      const { offence, kind, authority, fineWan } = random.pick(offences);
      const decidedOn = addDays(today, -random.int(8, 1_000));
      const fine = (fineWan * random.between(0.6, 2.4)).toFixed(2);
      return soundRow(
        {
          key: `CF-${enterprise.no}-${index + 1}`,
          uscc: enterprise.uscc,
          event: decidedOn,
          report: notAfter(today, addDays(decidedOn, random.int(1, 7))),
        },
        `苏罚决〔${decidedOn.slice(0, 4)}〕${random.int(10, 4_000)}号`,
        offence,
        kind,
        fine,
        decidedOn,
        addMonths(decidedOn, fineWan > 10 ? 36 : fineWan > 0 ? 12 : 3),
        authority,
      );
    });
  });
  yield { part: 'all', asOf: addDays(today, -1), rows };
}

/** Colours as Suzhou had them (127 green, 555 blue, 77 yellow, 56 red, 22 black of 837) [found: F120, F122]. */
const colours = [
  { colour: '绿', weight: 127 },
  { colour: '蓝', weight: 555 },
  { colour: '黄', weight: 77 },
  { colour: '红', weight: 56 },
  { colour: '黑', weight: 22 },
];

/** Environmental credit of manufacturers that are rated at all. */
export function* colourDeliveries(city: City): Generator<Delivery> {
  const { today, years } = city.calendar;
  const random = new Random(`${city.seed}/environment`);
  const rated = city.enterprises.filter((one) => one.industry.code.startsWith('C') && random.chance(0.45));
  const rows = years.flatMap((year) => {
    const report = notAfter(today, day(`${year + 1}-03-25`));
    return rated.flatMap((enterprise) => {
      const { colour } = random.weighted(colours);
      if (!enterprise.books.years.some((one) => one.year === year)) return [];
      const better = enterprise.tier >= 3 && (colour === '红' || colour === '黑') ? '蓝' : colour;
      const stamp = { key: `HB-${year}-${enterprise.no}`, uscc: enterprise.uscc, event: day(`${year}-12-31`), report };
      return soundRow(stamp, year, better);
    });
  });
  yield { part: 'all', asOf: addDays(today, -1), rows };
}
