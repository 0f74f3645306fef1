import type { Enterprise } from '../city.js';
import type { Security } from '../institutions.js';
import type { Random } from '../random.js';

/** What an enterprise asks for. */
export interface NeedDraft {
  readonly wan: number;
  readonly termMonths: number;
  readonly purpose: string;
  readonly security: Security;
  readonly annualRateBpMax?: number;
  readonly phone: string;
}

const anyPurposes = [
  '订单增加，采购原材料备货',
  '补充流动资金，支付供应商货款',
  '设备更新和智能化改造数字化转型',
  '承接出口订单，垫付生产资金',
  '归还到期贷款后续用',
  '租赁新厂房的装修和搬迁',
];

const technologyPurposes = [
  '支付研发人员工资和新品试制费用',
  '扩建产线，购置数控加工设备',
  '新产品量产前的模具和检测投入',
  '购买检测仪器，建设企业实验室',
  '产品注册检验和第三方认证费用',
];

const securities: readonly { readonly security: Security; readonly weight: number }[] = [
  { security: 'UNSECURED', weight: 46 },
  { security: 'GUARANTEE', weight: 20 },
  { security: 'MORTGAGE', weight: 14 },
  { security: 'IP_PLEDGE', weight: 14 },
  { security: 'PLEDGE', weight: 6 },
];

/** Mean of all needs about 300 万元, as the province published for what its platform lent per firm [found: F19]. */
const usualWan = 205;
const tierFactors = [0.6, 0.85, 1.15, 1.6, 2.3, 4];

export function drawNeed(random: Random, enterprise: Enterprise): NeedDraft {
  const { security } = random.weighted(securities);
  const drawn = usualWan * (tierFactors[enterprise.tier] ?? 1) * Math.exp(random.around(0, 0.62));
  const secured = security === 'MORTGAGE' ? 1.6 : security === 'UNSECURED' ? 0.85 : 1;
  const wan = Math.min(3_000, Math.max(20, Math.round((drawn * secured) / 10) * 10));
  return {
    wan,
    termMonths: random.pick(security === 'MORTGAGE' ? [24, 36, 60] : [6, 12, 12, 12, 24, 36]),
    purpose: random.pick(enterprise.industry.technology ? [...technologyPurposes, ...anyPurposes] : anyPurposes),
    security,
    ...(random.chance(0.4) && { annualRateBpMax: random.int(38, 50) * 10 }),
    phone: drawPhone(random),
  };
}

/** Of a range that is given to nobody. */
export const drawPhone = (random: Random): string => `1990000${random.int(1_000, 9_999)}`;
