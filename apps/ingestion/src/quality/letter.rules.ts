/** What a letter is made of; the same blocks become Markdown and a page for printing. */
export type Block =
  | { kind: 'title'; text: string }
  | { kind: 'heading'; text: string }
  | { kind: 'text'; text: string }
  | { kind: 'list'; items: string[] }
  | { kind: 'table'; head: string[]; rows: string[][] };

export interface LetterFeed {
  feed: string;
  title: string;
  deliveries: number;
  failed: number;
  read: number;
  accepted: number;
  setAside: number;
  records: number | null;
  findings: number | null;
  score: number | null;
  scoreBefore: number | null;
  newestReportDate: string | null;
  promisedDays: number;
  /** Days of the month on which the promise was not kept; null when no day was measured. */
  lateDays: number | null;
}

export interface LetterReason {
  feed: string;
  code: string;
  zh: string;
  rows: number;
}

export interface LetterFinding {
  feed: string;
  kind: string;
  field: string;
  /** Records, as the source knows them; no more than a few. */
  keys: string[];
  count: number;
}

export interface LetterFigures {
  source: string;
  sourceName: string;
  month: string;
  issuedOn: string;
  feeds: LetterFeed[];
  reasons: LetterReason[];
  findings: LetterFinding[];
}

const kinds: Record<string, [name: string, advice: string]> = {
  UNIQUE: ['重复', '同一事项以多个记录主键报送：请保留一条，其余以操作类型 D 撤回。'],
  ORDER: ['时间先后颠倒', '请核对起止日期；如系录入错误，以同一主键重新报送。'],
  RANGE: ['数值超出合理范围', '请核对数值与计量单位。'],
  JUMP: ['疑似单位错误（相差约一万倍）', '请核对金额单位是元还是万元，以同一主键更正后重新报送。'],
  AGREES: ['与其他数源不一致', '平台不作取舍，双方数值并列展示；请核对口径与时点，确有错误的更正报送。'],
};

const nameOf = (kind: string): string => kinds[kind]?.[0] ?? kind;

/** The letter of one source and month. It says what was measured and nothing about single enterprises. */
export function letterOf(figures: LetterFigures): Block[] {
  const { sourceName, month, issuedOn, feeds } = figures;
  const [year, number] = month.split('-');
  return [
    { kind: 'title', text: `数据质量月报（${year}年${Number(number)}月）` },
    { kind: 'text', text: `${sourceName}：` },
    { kind: 'text', text: summaryOf(feeds) },
    { kind: 'heading', text: '一、报送情况' },
    deliveriesOf(feeds),
    { kind: 'heading', text: '二、未入库的行' },
    ...reasonsOf(figures.reasons),
    { kind: 'heading', text: '三、已入库数据中的疑点' },
    ...findingsOf(figures.findings),
    { kind: 'heading', text: '四、请贵单位' },
    { kind: 'list', items: adviceOf(figures) },
    { kind: 'text', text: `苏州市企业征信服务平台 ${issuedOn}` },
  ];
}

function summaryOf(feeds: readonly LetterFeed[]): string {
  const sum = (pick: (feed: LetterFeed) => number) => feeds.reduce((total, feed) => total + pick(feed), 0);
  const [deliveries, read, setAside] = [
    sum((one) => one.deliveries),
    sum((one) => one.read),
    sum((one) => one.setAside),
  ];
  if (deliveries === 0) return '本月未收到贵单位报送的数据。';
  return `本月共收到报送 ${deliveries} 批、${read} 行，其中 ${setAside} 行未能入库（${percent(setAside, read)}）。`;
}

const percent = (part: number, all: number): string => (all === 0 ? '—' : `${((part * 100) / all).toFixed(2)}%`);
const points = (score: number | null): string => (score === null ? '—' : (score / 100).toFixed(1));
const count = (value: number | null): string => (value === null ? '—' : String(value));

function deliveriesOf(feeds: readonly LetterFeed[]): Block {
  return {
    kind: 'table',
    head: [
      '数据集',
      '批次',
      '失败',
      '行数',
      '入库',
      '未入库',
      '得分（上月）',
      '最新报送日期',
      '时限（天）',
      '逾期天数',
    ],
    rows: feeds.map((feed) => [
      `${feed.title}（${feed.feed}）`,
      String(feed.deliveries),
      String(feed.failed),
      String(feed.read),
      String(feed.accepted),
      String(feed.setAside),
      `${points(feed.score)}（${points(feed.scoreBefore)}）`,
      feed.newestReportDate ?? '—',
      String(feed.promisedDays),
      count(feed.lateDays),
    ]),
  };
}

function reasonsOf(reasons: readonly LetterReason[]): Block[] {
  if (reasons.length === 0) return [{ kind: 'text', text: '本月没有未入库的行。' }];
  return [
    {
      kind: 'table',
      head: ['数据集', '原因', '行数'],
      rows: reasons.map(({ feed, zh, rows }) => [feed, zh, String(rows)]),
    },
  ];
}

function findingsOf(findings: readonly LetterFinding[]): Block[] {
  if (findings.length === 0) return [{ kind: 'text', text: '未发现疑点。' }];
  return [
    {
      kind: 'table',
      head: ['数据集', '疑点', '字段', '处数', '记录主键（部分）'],
      rows: findings.map(({ feed, kind, field, count: places, keys }) => [
        feed,
        nameOf(kind),
        field,
        String(places),
        keys.join('、'),
      ]),
    },
  ];
}

function adviceOf({ feeds, reasons, findings }: LetterFigures): string[] {
  const late = feeds
    .filter(({ lateDays }) => (lateDays ?? 0) > 0)
    .map(
      ({ title, lateDays, promisedDays }) =>
        `${title}有 ${lateDays} 天超过约定的 ${promisedDays} 天时限，请恢复报送或商定新的时限。`,
    );
  const failed = feeds
    .filter((feed) => feed.failed > 0)
    .map(({ title, failed: batches }) => `${title}有 ${batches} 批整批未能读取，请按平台提示改正后重新报送。`);
  const rows = reasons
    .slice(0, 3)
    .map(({ feed, zh, rows: places }) => `${feed}：“${zh}”共 ${places} 行，请改正后重新报送；明细可在平台隔离区导出。`);
  const kindsFound = [...new Set(findings.map(({ kind }) => kind))];
  const advice = kindsFound.map((kind) => kinds[kind]?.[1]).filter((text) => text !== undefined);
  const all = [...late, ...failed, ...rows, ...advice];
  return all.length === 0 ? ['继续保持，无须处理。'] : all;
}

/** Cells cannot break out of their table, nor text out of its line. */
const cell = (text: string): string => text.replaceAll(/[\\|`*_<>[\]#]/g, String.raw`\$&`).replaceAll(/\s+/g, ' ');

export function markdownOf(blocks: readonly Block[]): string {
  const parts = blocks.map((block) => {
    if (block.kind === 'title') return `# ${cell(block.text)}`;
    if (block.kind === 'heading') return `## ${cell(block.text)}`;
    if (block.kind === 'text') return cell(block.text);
    if (block.kind === 'list') return block.items.map((item) => `- ${cell(item)}`).join('\n');
    const line = (cells: string[]) => `| ${cells.map(cell).join(' | ')} |`;
    return [line(block.head), line(block.head.map(() => '---')), ...block.rows.map(line)].join('\n');
  });
  return `${parts.join('\n\n')}\n`;
}

const entities: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };
const escaped = (text: string): string => text.replaceAll(/[&<>"']/g, (sign) => entities[sign]!);

const style = `body{font:16px/1.7 "Noto Serif SC","Songti SC",serif;max-width:52em;margin:2em auto;padding:0 1em;color:#111}
h1{text-align:center;font-size:1.5em}h2{font-size:1.1em}table{border-collapse:collapse;width:100%;font-size:.85em}
th,td{border:1px solid #888;padding:.25em .5em;text-align:left;word-break:break-all}@media print{body{margin:0}}`;

/** One page that needs nothing else, for reading and printing. */
export function pageOfLetter(blocks: readonly Block[]): string {
  const title = blocks.find(({ kind }) => kind === 'title');
  const body = blocks.map((block) => {
    if (block.kind === 'title') return `<h1>${escaped(block.text)}</h1>`;
    if (block.kind === 'heading') return `<h2>${escaped(block.text)}</h2>`;
    if (block.kind === 'text') return `<p>${escaped(block.text)}</p>`;
    if (block.kind === 'list') return `<ul>${block.items.map((item) => `<li>${escaped(item)}</li>`).join('')}</ul>`;
    const row = (cells: string[], tag: 'th' | 'td') =>
      `<tr>${cells.map((text) => `<${tag}>${escaped(text)}</${tag}>`).join('')}</tr>`;
    return `<table>${row(block.head, 'th')}${block.rows.map((cells) => row(cells, 'td')).join('')}</table>`;
  });
  const name = title && 'text' in title ? escaped(title.text) : '';
  return `<!doctype html><html lang="zh-CN"><head><meta charset="utf-8"><title>${name}</title><style>${style}</style></head><body>${body.join('\n')}</body></html>\n`;
}
