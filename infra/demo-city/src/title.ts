import { addDays, addMonths, type Day, day, daysBetween } from '@app/kernel';

import { notAfter } from './calendar.js';
import type { Random } from './random.js';
import type { Tier } from './tier.js';

/** A recognition with its certificate. */
export interface Title {
  readonly title: string;
  readonly certificate: string;
  readonly validFrom: Day;
  readonly validTo: Day;
}

interface TitleKind {
  readonly title: string;
  readonly mark: string;
  readonly tier: Tier;
  readonly years: number;
}

const technologySme: TitleKind = { title: '科技型中小企业', mark: 'KX', tier: 1, years: 1 };
const highTechCandidate: TitleKind = { title: '高企培育', mark: 'PY', tier: 2, years: 3 };
const innovative: TitleKind = { title: '创新型中小企业', mark: 'CX', tier: 2, years: 3 };
const highTech: TitleKind = { title: '高新技术企业', mark: 'GR', tier: 3, years: 3 };
const specialised: TitleKind = { title: '专精特新中小企业', mark: 'ZJ', tier: 4, years: 3 };
const littleGiant: TitleKind = { title: '专精特新“小巨人”', mark: 'XJ', tier: 4, years: 3 };
const gazelle: TitleKind = { title: '瞪羚企业', mark: 'DL', tier: 4, years: 3 };
const unicorn: TitleKind = { title: '独角兽培育', mark: 'DJ', tier: 5, years: 3 };
const listed: TitleKind = { title: '上市企业', mark: 'SS', tier: 5, years: 50 };
const champion: TitleKind = { title: '单项冠军', mark: 'DX', tier: 5, years: 3 };

/** Every title the city hands out and the tier it stands for (spec chapter 20, §2.11). */
export const cityTitles: ReadonlyMap<string, Tier> = new Map(
  [
    technologySme,
    highTechCandidate,
    innovative,
    highTech,
    specialised,
    littleGiant,
    gazelle,
    unicorn,
    listed,
    champion,
  ].map((kind) => [kind.title, kind.tier] as const),
);

/** The titles of a firm of `tier`: the highest valid one on `today` is of that tier; lower and expired ones besides. */
export function titlesOf(random: Random, tier: Tier, establishedOn: Day, today: Day): Title[] {
  const issue = (kind: TitleKind, valid: boolean) => issued(random, kind, valid, { establishedOn, today });
  const titles = heldKinds(random, tier).map((kind) => issue(kind, true));
  const expired = expiredKind(random, tier);
  if (expired) titles.push(issue(expired, false));
  return titles.filter((title): title is Title => title !== undefined);
}

/** The highest tier among the titles that are valid on `today`; 0 without one. */
export function tierOn(titles: readonly Title[], today: Day): Tier {
  return titles
    .filter((title) => title.validFrom <= today && today <= title.validTo)
    .reduce<Tier>((best, title) => Math.max(best, cityTitles.get(title.title) ?? 0) as Tier, 0);
}

function heldKinds(random: Random, tier: Tier): TitleKind[] {
  switch (tier) {
    case 0:
      return [];
    case 1:
      return [technologySme];
    case 2:
      return [random.pick([highTechCandidate, innovative]), ...(random.chance(0.7) ? [technologySme] : [])];
    case 3:
      return [highTech, ...(random.chance(0.5) ? [innovative] : []), ...(random.chance(0.45) ? [technologySme] : [])];
    case 4:
      return [
        highTech,
        random.pick([specialised, littleGiant, gazelle]),
        ...(random.chance(0.4) ? [specialised] : []),
      ].filter((kind, index, all) => all.indexOf(kind) === index);
    default:
      return [highTech, random.pick([unicorn, listed, champion]), ...(random.chance(0.5) ? [littleGiant] : [])];
  }
}

/** Titles run out: some firms without a tier once had one, and many of the others show an older certificate. */
function expiredKind(random: Random, tier: Tier): TitleKind | undefined {
  if (tier === 0) return random.chance(0.12) ? random.pick([technologySme, technologySme, highTech]) : undefined;
  if (tier === 1) return random.chance(0.25) ? technologySme : undefined;
  return random.chance(0.3) ? random.pick([technologySme, highTech]) : undefined;
}

interface Life {
  readonly establishedOn: Day;
  readonly today: Day;
}

function issued(random: Random, kind: TitleKind, valid: boolean, life: Life): Title | undefined {
  const validFrom = valid ? validStart(random, kind, life) : expiredStart(random, kind, life.today);
  if (validFrom === undefined || (!valid && validFrom < life.establishedOn)) return undefined;
  const validTo = addDays(addMonths(validFrom, kind.years * 12), -1);
  const certificate = `${kind.mark}${validFrom.slice(0, 4)}32${String(random.int(1, 999_999)).padStart(6, '0')}`;
  return { title: kind.title, certificate, validFrom, validTo };
}

/** A start that leaves the title valid today, after the firm was founded where that is possible. */
function validStart(random: Random, kind: TitleKind, { establishedOn, today }: Life): Day {
  const oldest = kind === listed ? addMonths(today, -96) : addDays(addMonths(today, -12 * kind.years), 20);
  const earliest = establishedOn > oldest ? establishedOn : oldest;
  const span = Math.max(0, daysBetween(earliest, today) - 10);
  return notAfter(today, addDays(earliest, random.int(0, span)));
}

/** A start whose end came one month to two years before today. */
function expiredStart(random: Random, kind: TitleKind, today: Day): Day {
  const ended = addDays(today, -random.int(30, 700));
  return addMonths(day(ended), -12 * kind.years);
}
