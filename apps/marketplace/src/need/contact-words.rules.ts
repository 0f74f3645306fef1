/** Words for digits, in English and in the sounds of Chinese, for numbers that are spelled out to get past a filter. */
const words = new Map<string, string>(
  [
    ['zero', 'one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine'],
    ['ling', 'yi', 'er', 'san', 'si', 'wu', 'liu', 'qi', 'ba', 'jiu'],
    ['oh', 'yao', 'liang'],
  ].flatMap((list) => list.map((word, digit): [string, string] => [word, String(digit)])),
);
const wordPattern = new RegExp([...words.keys()].toSorted((a, b) => b.length - a.length).join('|'), 'g');
/** Stands for the rest of a word behind its digit, so that places stay what they are. */
export const filler = '\u0001';

/** Digits for words of digits, each followed by fillers up to the length of its word. */
export const wordsToDigits = (text: string): string =>
  text.replaceAll(wordPattern, (word) => (words.get(word) ?? '').padEnd(word.length, filler));

const digit = `\\d${filler}*`;
/** Seven digits are the least that a telephone number has; amounts and years in words have fewer. */
const digitsMin = 7;
const accounts =
  '微信|威信|薇信|徽信|维信|v信|vx|wx|weixin|wechat|qq|扣扣|企鹅|telegram|whatsapp|skype|钉钉|dingtalk|抖音|快手';

/** In a text without anything but letters and digits: telephone numbers, codes, accounts. */
export const barePatterns: readonly RegExp[] = [
  // Codes and account names: long runs of letters and digits that hold several digits.
  /(?=(?:[a-z]*\d){4})[a-z0-9]{8,}/g,
  new RegExp(`(?:${digit}){${digitsMin},}`, 'g'),
  new RegExp(`(?:${accounts})(?:账号|帐号|号码|号|群|id)?(?:是|为|加)?(?:[a-z0-9]|${digit}){4,20}`, 'g'),
  /[a-z0-9]{3,30}(?:at|艾特|圈a)?(?:qq|163|126|139|gmail|outlook|hotmail|foxmail|sina|sohu|aliyun|yeah|icloud)(?:dot|点)?(?:com|cn|net)/g,
];

const at = String.raw`(?:@|[([{<]\s*at\s*[)\]}>]|\s+at\s+|艾特)`;
const dot = String.raw`(?:\.|。|[([{<]\s*dot\s*[)\]}>]|\s+dot\s+|点)`;
const label = String.raw`[a-z0-9_-]+`;

/** In a text as it is written: addresses of mail and of the web. */
export const writtenPatterns: readonly RegExp[] = [
  new RegExp(String.raw`[\w.+-]+\s*${at}\s*${label}(?:\s*${dot}\s*${label})+`, 'g'),
  /(?:https?:\/\/|www\.)\S+|[\w-]+\.(?:com|cn|net|org)\S*/g,
  new RegExp(String.raw`${label}\s*${dot}\s*(?:com|cn|net|org|io|co)(?![a-z])`, 'g'),
];
