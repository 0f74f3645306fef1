/** An enterprise of the made-up register. */
export interface LabelledFirm {
  uscc: string;
  name: string;
  former: string[];
  representative: string;
  division: string;
  address: string;
  registrationNumber: string;
}

export interface LabelledClaim {
  /** What was done to the name, or why there is nobody to be found. */
  treatment: string;
  claimed: {
    name: string;
    organisationCode: string;
    registrationNumber: string;
    representative: string;
    division: string;
    address: string;
    account: string;
  };
  /** null: the register does not have it, and nobody may be linked. */
  truth: string | null;
}

interface Parts {
  region: string;
  brand: string;
  trade: string;
  form: string;
}

type Firm = LabelledFirm & { parts: Parts };

// This file imports nothing, so that benches can take it as it is.
const regions: [word: string, division: string][] = [
  ['苏州', '320500'],
  ['苏州高新区', '320505'],
  ['苏州吴中', '320506'],
  ['吴江', '320509'],
  ['常熟', '320581'],
  ['张家港', '320582'],
  ['昆山', '320583'],
  ['太仓', '320585'],
];
const letters = Array.from(
  '瑞恒智芯源晟泰睿博力拓凌启宏盛亿创云星海川嘉鼎铭优迈锐昊骏瀚朗越合天新华正德信诺达维特康泽辰扬峰联图捷迅普航宇恩凯森尔坤成明飞杰隆盈通元奥能铂伦光润禾沃方卓安永福佳圣邦威利丰茂祥润宝金银玉石山水木林竹兰梅',
);
const trades = Array.from(
  '科技 电子 贸易 新材料 精密机械 软件 生物医药 自动化设备 纺织 物流 环保科技 光电科技 医疗器械 模具 信息技术 建筑工程'.split(
    ' ',
  ),
);
const forms = ['有限公司', '有限公司', '有限公司', '股份有限公司'];
const people = Array.from('沈李周陈林王赵钱孙吴').flatMap((surname) =>
  Array.from('舟砚桥溪岚禾澈屿川樵').map((given) => `${surname}若${given}`),
);
const roads = ['吴中大道', '狮山路', '前进东路', '人民路', '长安路', '东南大道', '星湖街', '北京东路'];
/** The same sound in another character; the same word in traditional characters. */
const sounds: Record<string, string> = {
  瑞: '锐',
  恒: '衡',
  源: '元',
  泰: '态',
  宏: '洪',
  星: '兴',
  辰: '晨',
  博: '柏',
  智: '志',
  信: '芯',
};
const traditional: Record<string, string> = {
  苏: '蘇',
  电: '電',
  华: '華',
  达: '達',
  维: '維',
  贸: '貿',
  机: '機',
  医: '醫',
  东: '東',
  飞: '飛',
  业: '業',
  车: '車',
  务: '務',
  联: '聯',
  图: '圖',
  号: '號',
};

const nothing = {
  name: '',
  organisationCode: '',
  registrationNumber: '',
  representative: '',
  division: '',
  address: '',
  account: '',
};
const nameOf = ({ region, brand, trade, form }: Parts): string => `${region}${brand}${trade}${form}`;

/** The same numbers for the same seed, on every machine (mulberry32). */
function randomOf(seed: number) {
  let state = seed >>> 0;
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
  const int = (below: number): number => Math.floor(next() * below);
  return { int, pick: <T>(list: readonly T[]): T => list[int(list.length)]! };
}

type Random = ReturnType<typeof randomOf>;

/** A register whose names are alike as names are: brands shared by sisters, by trades and by districts. */
export function labelledRegister(
  size: number,
  seed: number,
  makeUscc: (division: string, serial: number) => string,
): LabelledFirm[] {
  const random = randomOf(seed);
  const taken = new Set<string>();
  const firms: Firm[] = [];
  while (firms.length < size) {
    // Every fifth firm is a sister of the one before, or its namesake in another district.
    const kin = random.int(5) === 0 ? firms.at(-1) : undefined;
    const [region, division] = kin && random.int(2) === 0 ? [kin.parts.region, kin.division] : random.pick(regions);
    const parts = {
      region,
      brand: kin?.parts.brand ?? brandOf(random),
      trade: random.pick(trades),
      form: random.pick(forms),
    };
    const mark = `${region}${parts.brand}${parts.trade}`;
    if (taken.has(mark)) continue;
    taken.add(mark);
    firms.push(firmOf(random, { parts, division, kin, serial: firms.length + 1 }, makeUscc));
  }
  return firms;
}

function brandOf(random: Random): string {
  const length = random.int(3) === 0 ? 2 : 3;
  return Array.from({ length }, () => random.pick(letters)).join('');
}

function firmOf(
  random: Random,
  { parts, division, kin, serial }: { parts: Parts; division: string; kin: Firm | undefined; serial: number },
  makeUscc: (division: string, serial: number) => string,
): Firm {
  const before = { ...parts, brand: `${random.pick(letters)}${parts.brand}`, form: '有限公司' };
  return {
    uscc: makeUscc(division, serial),
    name: nameOf(parts),
    former: random.int(6) === 0 ? [nameOf(before)] : [],
    representative: kin?.representative ?? random.pick(people),
    division,
    address: kin?.address ?? `${random.pick(roads)}${random.int(1_988) + 1}号`,
    registrationNumber: `${division}${String(serial).padStart(9, '0')}`,
    parts,
  };
}

type Treatment = (firm: Firm, random: Random) => Partial<LabelledClaim['claimed']> | undefined;

/** What departments do to names; undefined where it cannot be done to this one. */
const treatments: Record<string, Treatment> = {
  'as registered': ({ name }) => ({ name }),
  'place in brackets behind': ({ parts }) => ({ name: `${parts.brand}${parts.trade}（${parts.region}）${parts.form}` }),
  'full width, spaces and dots': ({ name }) => ({ name: `　${Array.from(name).join(' ')}·` }),
  'traditional characters': ({ name }) => ({ name: name.replaceAll(/./gu, (letter) => traditional[letter] ?? letter) }),
  'with 市 and 江苏省': ({ parts }) => ({
    name: nameOf({
      ...parts,
      region: `江苏省${parts.region.slice(0, 2) === '苏州' ? `苏州市${parts.region.slice(2)}` : parts.region}`,
    }),
  }),
  'place in front of place': ({ parts }) => ({
    name: nameOf({ ...parts, region: parts.region.startsWith('苏州') ? parts.region : `苏州市${parts.region}市` }),
  }),
  'without 有限': ({ parts }) => ({ name: nameOf({ ...parts, form: '公司' }) }),
  'without a form, with its head': ({ parts, representative }) => ({
    name: nameOf({ ...parts, form: '' }),
    representative,
  }),
  'without a place, with its division': ({ parts, division }) => ({ name: nameOf({ ...parts, region: '' }), division }),
  'without a trade, with head and address': ({ parts, representative, address }) => ({
    name: nameOf({ ...parts, trade: '' }),
    representative,
    address,
  }),
  'brand as it sounds, with its head': ({ parts, representative }) => {
    const brand = parts.brand.replaceAll(/./gu, (letter) => sounds[letter] ?? letter);
    return brand === parts.brand ? undefined : { name: nameOf({ ...parts, brand }), representative };
  },
  'a letter wrong, with head and address': ({ parts, representative, address }, random) =>
    parts.brand.length < 3
      ? undefined
      : {
          name: nameOf({ ...parts, brand: `${parts.brand.slice(0, 2)}${random.pick(letters)}` }),
          representative,
          address,
        },
  'a letter missing, with head and address': ({ parts, representative, address }) =>
    parts.brand.length < 3
      ? undefined
      : { name: nameOf({ ...parts, brand: parts.brand.slice(0, 2) }), representative, address },
  'former name': ({ former }) => (former.length === 0 ? undefined : { name: former[0]! }),
  'old code alone': ({ uscc }) => ({ organisationCode: `${uscc.slice(8, 16)}-${uscc.slice(16, 17)}` }),
  'old code and a shortened name': ({ uscc, parts }) => ({
    organisationCode: uscc.slice(8, 17),
    name: `${parts.brand}${parts.trade}`,
  }),
  'registration number and a shortened name': ({ registrationNumber, parts }) => ({
    registrationNumber,
    name: `${parts.region}${parts.brand}`,
  }),
  'registered name, another head': ({ name }) => ({ name, representative: '莫问津' }),
};

/** Those that must not be linked: they look like a firm of the register and are none. */
const strangers: Record<string, Treatment> = {
  'sister company that is not registered': ({ parts, representative, address, division }, random) => ({
    name: nameOf({ ...parts, trade: otherThan(parts.trade, trades, random) }),
    representative,
    address,
    division,
  }),
  'same name in another district': ({ parts }, random) => {
    const [region, division] = otherThan(
      regions.find(([word]) => word === parts.region)!,
      regions.filter(([word]) => !word.startsWith('苏州') || !parts.region.startsWith('苏州')),
      random,
    );
    return { name: nameOf({ ...parts, region }), division };
  },
  'branch of a registered firm': ({ name, representative }) => ({ name: `${name}南京分公司`, representative }),
  'second works beside it': ({ parts, address }) => ({
    name: nameOf({ ...parts, brand: `${parts.brand}二厂` }),
    address,
  }),
  'brand that differs by a letter': ({ parts, division }, random) => ({
    name: nameOf({ ...parts, brand: `${parts.brand.slice(0, -1)}${otherThan(parts.brand.at(-1)!, letters, random)}` }),
    division,
  }),
  'old code of nobody, name alike': ({ parts }) => ({
    organisationCode: '776049653',
    name: nameOf({ ...parts, form: '' }),
  }),
  'nobody like it': (_firm, random) => ({
    name: `苏州${Array.from({ length: 4 }, () => random.pick(letters)).join('')}${random.pick(trades)}有限公司`,
  }),
};

function otherThan<T>(one: T, list: readonly T[], random: Random): T {
  const others = list.filter((other) => other !== one);
  return random.pick(others);
}

const withoutForm = (name: string): string => name.replace(/(股份)?有限公司$/u, '');

/** Claims about firms drawn from a register: each treatment as often, and three of ten about nobody in it. */
export function labelledClaims(register: readonly LabelledFirm[], size: number, seed: number): LabelledClaim[] {
  const random = randomOf(seed);
  const names = new Set(register.flatMap(({ name, former }) => [name, ...former].map(withoutForm)));
  const claims: LabelledClaim[] = [];
  const [known, unknown] = [Object.entries(treatments), Object.entries(strangers)];
  while (claims.length < size) {
    const firm = random.pick(register) as Firm;
    const stranger = random.int(10) < 3;
    const [treatment, treat] = random.pick(stranger ? unknown : known);
    const said = treat(firm, random);
    // A stranger whose name is taken by chance is none; nor is one that differs from it by the form alone.
    if (!said || (stranger && names.has(withoutForm(said.name ?? '')))) continue;
    claims.push({ treatment, claimed: { ...nothing, ...said }, truth: stranger ? null : firm.uscc });
  }
  return claims;
}
