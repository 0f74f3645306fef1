import { addDays, chineseCalendar, type Day, dayOf } from '@app/kernel';

import type { City, Enterprise } from '../city.js';
import { plainEnterprise, strongEnterprise } from '../people.js';
import type { Random } from '../random.js';
import type { ActWriter, Step } from './act-writer.js';
import { drawOffer } from './case-story.js';
import type { Desks } from './desk.js';
import type { Officer } from './market-act.js';
import { drawNeed, drawPhone, type NeedDraft } from './need-draft.js';
import { authorisationOf } from './tell-story.js';
import { at, later, workdaysBefore } from './work-time.js';

/** What the plan knows when it comes to today. */
export interface LiveFrame {
  readonly city: City;
  readonly now: Date;
  readonly writer: ActWriter;
  readonly desks: Desks;
  readonly random: Random;
  /** Logins of the account managers with a password. */
  readonly managers: readonly string[];
  /** A firm that has not been on the market before; undefined when the city has no more. */
  readonly firm: () => Enterprise | undefined;
  readonly officerOf: (enterprise: Enterprise) => Officer;
}

/** Beyond the year, so that nothing of it runs out under a need. */
export const authorisationMonths = 24;

/** How far a case has come. */
type Stage = 'GRABBED' | 'MESSAGED' | 'CALLED' | 'OFFERED' | 'ACCEPTED';

interface Scene {
  readonly name: string;
  /** Working days ago. */
  readonly published: number;
  readonly draft: Omit<NeedDraft, 'phone'>;
  /** Place of the manager in the list, and how far each has come. */
  readonly cases: readonly (readonly [manager: number, stage: Stage])[];
}

const unsecured = (wan: number, purpose: string): Omit<NeedDraft, 'phone'> => ({
  wan,
  purpose,
  security: 'UNSECURED',
  termMonths: 12,
});

/**
 * What the people with a password find on their desks: calls due today and tomorrow, evidence and decisions due today,
 * offers out, a loan to be reported. The clocks are those of spec 10 §1.3.3.
 */
const scenes: readonly Scene[] = [
  scene('s1', 1, unsecured(180, '订单增加，采购原材料备货'), [0, 'GRABBED'], [1, 'GRABBED']),
  scene('s2', 1, unsecured(260, '支付研发人员工资和新品试制费用'), [2, 'GRABBED'], [0, 'CALLED']),
  scene('s3', 3, unsecured(120, '补充流动资金，支付供应商货款'), [0, 'MESSAGED'], [1, 'CALLED']),
  scene('s4', 2, unsecured(200, '软件平台研发与服务器采购'), [2, 'MESSAGED'], [1, 'MESSAGED']),
  scene('s5', 5, unsecured(300, '承接出口订单，垫付生产资金'), [0, 'CALLED'], [2, 'CALLED']),
  scene(
    's6',
    7,
    { wan: 600, purpose: '扩建产线，购置数控加工设备', security: 'MORTGAGE', termMonths: 36 },
    [1, 'OFFERED'],
    [2, 'OFFERED'],
  ),
  scene('s7', 8, unsecured(350, '新产品量产前的模具和检测投入'), [0, 'ACCEPTED']),
  scene('s8', 9, unsecured(150, '购买检测仪器，建设企业实验室'), [1, 'ACCEPTED']),
  scene('s9', 9, unsecured(220, '租赁新厂房的装修和搬迁'), [2, 'ACCEPTED']),
];

function scene(name: string, published: number, draft: Scene['draft'], ...cases: Scene['cases'][number][]): Scene {
  return { name, published, draft, cases };
}

/** The market as it stands now, on top of what the year left open. */
export function stageLiveMarket(frame: LiveFrame): void {
  for (const one of scenes) {
    const enterprise = frame.firm();
    if (enterprise) play(frame, one, enterprise, authorisationMonths);
  }
  const star = strongEnterprise(frame.city);
  const offered: Scene['cases'] = [
    [0, 'OFFERED'],
    [1, 'OFFERED'],
    [2, 'CALLED'],
  ];
  play(
    frame,
    {
      name: 'star',
      published: 6,
      draft: { wan: 500, purpose: '新产品量产前的模具和检测投入', security: 'IP_PLEDGE', termMonths: 24 },
      cases: offered,
    },
    star,
  );
  stagePlain(frame);
  freshNeeds(frame);
  stageLimits(frame);
}

/** The acts of a scene, each on its working day; those that would lie ahead of now are for whoever tries it. */
function play(
  { now, writer, desks, random, managers, officerOf }: LiveFrame,
  { name, published, draft: drawn, cases }: Scene,
  enterprise: Enterprise,
  signsMonths?: number,
): void {
  const officer = officerOf(enterprise);
  const thread = officer.uscc;
  const own = (instant: Date): Step => ({ at: instant, by: officer.login, thread });
  const on = dayAt(now, published);
  const opening = at(on, random.between(9.2 * 60, 10 * 60));
  const draft = { ...drawn, phone: drawPhone(random) };
  if (signsMonths) writer.sign(own(later(opening, -30)), authorisationOf(enterprise), signsMonths);
  writer.draft(own(later(opening, -15)), name, draft, officer.name);
  writer.publish(own(opening), name);
  for (const [place, [who, stage]] of cases.entries()) {
    const by = managers[who] ?? '';
    const grabAt = at(on, random.between(10.2 * 60, 16 * 60));
    const key = `${name}-g${place + 1}`;
    const step = (instant: Date): Step => ({ at: instant, by, thread });
    const offer = {
      ...drawOffer(random, { ...offerFrame, need: draft, grabAt, at: offerAt(on, random), intendedWan: draft.wan }),
      need: draft,
    };
    const validTo = addDays(dayOf(now), 4 + place);
    writer.grab(step(grabAt), name, key, draft.wan);
    desks.book(desks.manager(by), { from: grabAt, until: later(now, 30 * 1_440), lapses: false });
    if (stage !== 'GRABBED') {
      const method = stage === 'MESSAGED' ? 'ONLINE' : 'PHONE';
      writer.contact(step(later(grabAt, random.between(15, 60))), key, { method, place: 1 }, random);
      if (stage !== 'MESSAGED') writer.query(step(later(grabAt, 75)), key, enterprise);
    }
    if (stage === 'OFFERED' || stage === 'ACCEPTED') writer.offer(step(offer.at), key, { ...offer, validTo });
    if (stage === 'ACCEPTED') writer.accept(own(later(offer.at, 1_500)), key);
  }
}

const offerFrame = { tier: 3, banks: 3, share: 1 } as const;

/** Two working days after the grab. */
const offerAt = (on: Day, random: Random): Date =>
  at(chineseCalendar.addWorkdays(on, 2), random.between(10 * 60, 16 * 60));

/** The firm without a tier: a need that one bank has taken up, and a draft that waits to be published. */
function stagePlain(frame: LiveFrame): void {
  const plain = plainEnterprise(frame.city);
  const officer = frame.officerOf(plain);
  play(
    frame,
    { name: 'plain', published: 2, draft: unsecured(80, '补充流动资金，支付供应商货款'), cases: [[2, 'CALLED']] },
    plain,
  );
  const step = { at: at(dayAt(frame.now, 1), 15 * 60 + 20), by: officer.login, thread: officer.uscc };
  const draft = { ...unsecured(120, '购置数控加工设备的首付款'), phone: drawPhone(frame.random) };
  frame.writer.draft(step, 'plain-draft', draft, officer.name);
}

const freshNeedsCount = 10;

/** Some came in the last hours, and nobody has looked at them yet. */
function freshNeeds({ now, writer, random, firm, officerOf }: LiveFrame): void {
  for (let place = 1; place <= freshNeedsCount; place += 1) {
    const enterprise = firm();
    if (!enterprise) return;
    const officer = officerOf(enterprise);
    const published = freshAt(now, place);
    const step = (minutes: number): Step => ({
      at: later(published, minutes),
      by: officer.login,
      thread: officer.uscc,
    });
    const draft = drawNeed(random, enterprise);
    writer.sign(step(-12), authorisationOf(enterprise), authorisationMonths);
    writer.draft(step(-6), `f${place}`, draft, officer.name);
    writer.publish(step(0), `f${place}`);
  }
}

/** In the last hours when an office would be open, else on the afternoon before. */
function freshAt(now: Date, place: number): Date {
  const today = dayOf(now);
  const opened = at(today, 8 * 60 + 20);
  const instant = later(now, -20 * place);
  return instant > opened && instant < at(today, 21 * 60)
    ? instant
    : at(workdaysBefore(addDays(today, -1), 0), 17 * 60 - 25 * place);
}

/** One change was turned down in spring; another waits for the second operator. */
function stageLimits({ now, writer }: LiveFrame): void {
  const thread = 'limits';
  const past = at(workdaysBefore(addDays(dayOf(now), -150), 0), 10 * 60);
  const rejected = writer.proposeLimit({ at: past, by: 'operator', thread }, 'limit-1', {
    what: 'maxGrabsPerNeed',
    value: 8,
    effectiveFrom: addDays(dayOf(past), 14),
    reason: '部分银行反映名额不足，建议由5家放宽到8家',
  });
  const note = '企业反映来电已经较多，暂不放宽';
  writer.rejectLimit({ at: later(past, 2_880), by: 'operator2', thread }, rejected, note);
  writer.proposeLimit({ at: at(dayAt(now, 1), 16 * 60 + 40), by: 'operator', thread }, 'limit-2', {
    what: 'maxOpenGrabsPerManager',
    value: 12,
    effectiveFrom: chineseCalendar.addWorkdays(dayOf(now), 5),
    reason: '年末需求增加，客户经理同时在办上限拟由10笔调整为12笔',
  });
}

/** So many working days before today, and not today: what is staged has happened by now. */
const dayAt = (now: Date, workdays: number): Day => workdaysBefore(addDays(dayOf(now), -1), workdays - 1);
