import { addDays, addMonths, type Day, makeUscc, monthOf, type Uscc } from '@app/kernel';

import { type Books, keepBooks } from './books.js';
import { calendarOf, type CityCalendar } from './calendar.js';
import { type District, districts } from './districts.js';
import { industries, type Industry } from './industries.js';
import { addressIn, companyName, personName } from './names.js';
import { Random } from './random.js';
import { profileOf, type Tier, tierCounts, type TierProfile } from './tier.js';
import { type Title, titlesOf } from './title.js';

export interface CityOptions {
  readonly enterprises?: number;
  readonly months?: number;
  readonly today: Day;
  readonly seed: string | number;
}

export type EnterpriseStatus = '存续' | '吊销' | '注销' | '迁出';

/** One firm of the city; what the departments report about it follows from this. */
export interface Enterprise {
  /** Six digits, unique in the city: part of every department's own keys. */
  readonly no: string;
  readonly uscc: Uscc;
  readonly name: string;
  readonly formerNames: readonly string[];
  readonly legalRepresentative: string;
  readonly district: District;
  readonly industry: Industry;
  readonly address: string;
  readonly establishedOn: Day;
  readonly status: EnterpriseStatus;
  /** The day of closing or leaving; none while 存续. */
  readonly closedOn: Day | undefined;
  readonly registeredCapitalWan: number;
  readonly paidInCapitalWan: number;
  readonly tier: Tier;
  readonly titles: readonly Title[];
  /** Falls behind with taxes, dues and loans. */
  readonly distressed: boolean;
  readonly exporter: boolean;
  readonly inventions: number;
  readonly otherRights: number;
  readonly books: Books;
}

export interface City {
  readonly seed: string;
  readonly calendar: CityCalendar;
  readonly enterprises: readonly Enterprise[];
}

/** Serials start above those of worked examples and leave gaps, so that tests can make up firms of their own between. */
const firstSerial = 1_000_000;

/** Draws the city. The same options give the same city, to the letter. About 0.2 s for 2 000 firms. */
export function generateCity({ enterprises = 2_000, months = 24, today, seed }: CityOptions): City {
  const calendar = calendarOf(today, months);
  const root = new Random(`xinqiao-city/${seed}`);
  const tiers = tierCounts(enterprises).flatMap((count, tier) => Array.from({ length: count }, () => tier as Tier));
  root.fork('tiers').shuffle(tiers);
  const names = new Set<string>();
  const all = tiers.map((tier, index) =>
    settle(root.fork(`enterprise/${index}`), { tier, serial: firstSerial + index * 37, calendar, names }),
  );
  return { seed: `${seed}`, calendar, enterprises: all };
}

/** The whole months and days the city has records for, of one firm: `[index in bookMonths, month]`. */
export function openMonths(
  city: City,
  enterprise: Enterprise,
): { index: number; month: CityCalendar['months'][number] }[] {
  const offset = city.calendar.bookMonths.length - city.calendar.months.length;
  return city.calendar.months.flatMap((month, place) => {
    const index = place + offset;
    return (enterprise.books.staff[index] ?? 0) > 0 ? [{ index, month }] : [];
  });
}

interface Draw {
  readonly tier: Tier;
  readonly serial: number;
  readonly calendar: CityCalendar;
  readonly names: Set<string>;
}

function settle(random: Random, draw: Draw): Enterprise {
  const { today } = draw.calendar;
  const district = random.weighted(districts);
  const industry = drawIndustry(random, draw.tier);
  const profile = drawProfile(random, draw.tier, industry);
  const establishedOn = addDays(addMonths(today, -12 * random.int(...profile.ageYears)), -random.int(40, 360));
  const closing = draw.tier === 0 ? drawClosing(random, today, establishedOn) : undefined;
  const distressed = random.chance(draw.tier === 0 ? 0.08 : 0.03);
  const books = keepBooks(random.fork('books'), {
    industry,
    profile,
    distressed,
    firstMonth: monthOf(addMonths(establishedOn, 1)),
    lastMonth: closing && monthOf(addMonths(closing.closedOn, -1)),
    bookMonths: draw.calendar.bookMonths,
    years: draw.calendar.years,
  });
  const capital = drawCapital(random, draw.tier);
  return {
    no: String((draw.serial - firstSerial) / 37 + 1).padStart(6, '0'),
    uscc: makeUscc(drawRegistrationDivision(random, district), draw.serial),
    name: companyName(random, district, industry, draw.names),
    formerNames: random.chance(0.07) ? [companyName(random, district, industry, draw.names)] : [],
    legalRepresentative: personName(random),
    district,
    industry,
    address: addressIn(random, district),
    establishedOn,
    status: closing?.status ?? '存续',
    closedOn: closing?.closedOn,
    ...capital,
    tier: draw.tier,
    titles: titlesOf(random.fork('titles'), draw.tier, establishedOn, today),
    distressed,
    exporter: random.chance(industry.exporting * (draw.tier >= 3 ? 1.5 : 0.8)),
    inventions: industry.technology ? random.int(...profile.inventions) : 0,
    otherRights: random.int(...profile.otherRights),
    books,
  };
}

function drawIndustry(random: Random, tier: Tier): Industry {
  const technology = tier > 0 || random.chance(0.4);
  return random.weighted(industries.filter((industry) => industry.technology === technology));
}

/** Some firms would pass the official rules and never applied: those are whom a recommendation should find. */
function drawProfile(random: Random, tier: Tier, industry: Industry): TierProfile {
  const overlooked = tier === 0 && industry.technology && random.chance(0.12);
  return profileOf(overlooked ? 1 : tier);
}

/** Codes freeze at first registration: a few firms carry the division they came from, or one that is history. */
function drawRegistrationDivision(random: Random, district: District): string {
  if (random.chance(0.03)) return random.pick(districts).code;
  if (district.code === '320509' && random.chance(0.2)) return '320584';
  if (district.code === '320508' && random.chance(0.2)) return random.pick(['320502', '320503', '320504']);
  return district.code;
}

function drawClosing(
  random: Random,
  today: Day,
  establishedOn: Day,
): { status: EnterpriseStatus; closedOn: Day } | undefined {
  if (!random.chance(0.07)) return undefined;
  const closedOn = addDays(today, -random.int(20, 500));
  if (closedOn <= addMonths(establishedOn, 3)) return undefined;
  return { status: random.pick(['注销', '注销', '吊销', '迁出'] as const), closedOn };
}

function drawCapital(random: Random, tier: Tier): { registeredCapitalWan: number; paidInCapitalWan: number } {
  const usual = [100, 200, 300, 500, 500, 1_000, 1_000, 2_000];
  const registeredCapitalWan = random.pick(usual) * (tier === 5 ? 20 : tier === 4 ? 5 : tier === 3 ? 2 : 1);
  const paidInCapitalWan = Math.round(registeredCapitalWan * random.pick([0, 0.2, 0.3, 0.5, 0.8, 1, 1]));
  return { registeredCapitalWan, paidInCapitalWan };
}
