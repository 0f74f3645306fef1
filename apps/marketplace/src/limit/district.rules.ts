import { type Day, day } from '@app/kernel';

interface District {
  code: string;
  name: string;
  /** The first day on which the code is not in force any more. */
  endsOn?: Day;
  /** Where its firms belong since then. */
  becomes?: string;
}

/** The city's division of 2012 took effect in that autumn; for what is dated today or later any day of it says the same. */
const division = day('2012-09-01');

/**
 * The places of Suzhou by GB/T 2260; the whole city's code is that of the industrial park, which has none of its own.
 * Codes that ended stand in older registrations and are told apart from slips of the pen.
 */
const districts: readonly District[] = [
  { code: '320500', name: '苏州市' },
  { code: '320502', name: '沧浪区', endsOn: division, becomes: '320508' },
  { code: '320503', name: '平江区', endsOn: division, becomes: '320508' },
  { code: '320504', name: '金阊区', endsOn: division, becomes: '320508' },
  { code: '320505', name: '虎丘区' },
  { code: '320506', name: '吴中区' },
  { code: '320507', name: '相城区' },
  { code: '320508', name: '姑苏区' },
  { code: '320509', name: '吴江区' },
  { code: '320581', name: '常熟市' },
  { code: '320582', name: '张家港市' },
  { code: '320583', name: '昆山市' },
  { code: '320584', name: '吴江市', endsOn: division, becomes: '320509' },
  { code: '320585', name: '太仓市' },
];

/** What is wrong with a code on a day, in words; undefined when it is a place of the city then. */
export function faultOfDistrict(code: string, on: Day): string | undefined {
  const found = districts.find((one) => one.code === code);
  if (!found) return 'is not the GB/T 2260 code of a place of this city';
  const { endsOn, becomes, name } = found;
  return endsOn && on >= endsOn ? `was ${name} until ${endsOn} and is ${becomes} since` : undefined;
}
