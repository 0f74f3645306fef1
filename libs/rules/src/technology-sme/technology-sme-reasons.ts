import { formatWan, type Reason } from '@app/kernel';

import { percentText } from '../band.js';
import type { EvaluationRoute, EvaluationVerdict, Known } from '../rule-set.js';
import type { TechnologySmeFigures } from './technology-sme-figures.js';
import type { TechnologySmeGates } from './technology-sme-gates.js';
import { staffFiguresClash, type TechnologySmeScore } from './technology-sme-points.js';
import type { TechnologySmeTerms } from './technology-sme-terms.js';

interface TechnologySmeOutcome extends TechnologySmeScore {
  readonly gates: TechnologySmeGates;
  readonly directPass: Known;
  readonly verdict: EvaluationVerdict;
  readonly route: EvaluationRoute | null;
}

/** The whole argument, in the order of the rule: gates, indicators, total, direct pass, verdict. */
export function technologySmeReasons(
  terms: TechnologySmeTerms,
  figures: TechnologySmeFigures,
  outcome: TechnologySmeOutcome,
): readonly Reason[] {
  return [
    ...gateReasons(terms, figures, outcome.gates),
    staffReason(figures, outcome.points.staff),
    shareReason(rdToSales, figures.rdFen, figures.salesFen, outcome.points.rdToSales),
    shareReason(rdToCost, figures.rdFen, figures.costFen, outcome.points.rdToCost),
    rdReason(outcome.points.rd),
    ipReason(figures, outcome.points.ip),
    totalReason(terms, outcome),
    ...directReasons(figures, outcome.directPass),
    verdictReason(outcome),
  ];
}

interface Words {
  readonly code: string;
  readonly zh: string;
  readonly en: string;
}

const rdToSales: Words = { code: 'RD_TO_SALES', zh: '销售收入', en: 'sales' };
const rdToCost: Words = { code: 'RD_TO_COST', zh: '成本费用总额', en: 'total cost and expense' };

function gateReasons(
  terms: TechnologySmeTerms,
  figures: TechnologySmeFigures,
  gates: TechnologySmeGates,
): readonly Reason[] {
  return [
    gateReason(
      { code: 'RESIDENT', zh: '中国境内注册的居民企业', en: 'resident enterprise in mainland China' },
      gates.resident,
    ),
    gateReason(sizeWords(terms, figures), gates.size),
    gateReason(
      {
        code: 'PRODUCTS',
        zh: '产品和服务不属于国家禁止、限制和淘汰类',
        en: 'no prohibited, restricted or phased-out products',
      },
      gates.products,
    ),
    gateReason(
      {
        code: 'CONDUCT',
        zh: '上一年及当年无重大事故、严重违法或失信，未列入经营异常名录和严重违法失信名单',
        en: 'no major accident or serious offence in this and the prior year, and on neither official list',
      },
      gates.conduct,
    ),
  ];
}

function gateReason({ code, zh, en }: Words, met: Known): Reason {
  if (met === null) return { code: `GATE_${code}_UNKNOWN`, zh: `信息不全，需人工判断：${zh}`, en: `not known: ${en}` };
  return met
    ? { code: `GATE_${code}_MET`, zh: `符合条件：${zh}`, en: `met: ${en}` }
    : { code: `GATE_${code}_NOT_MET`, zh: `不符合条件：${zh}`, en: `not met: ${en}` };
}

function sizeWords(terms: TechnologySmeTerms, { employees, salesFen, assetsFen }: TechnologySmeFigures): Words {
  const [salesMax, assetsMax] = [formatWan(terms.salesFenMax), formatWan(terms.assetsFenMax)];
  const [sales, assets] = [salesFen, assetsFen].map((amount) => (amount === null ? null : formatWan(amount)));
  const unknown = ['未知', 'unknown'] as const;
  return {
    code: 'SIZE',
    zh:
      `职工 ${employees ?? unknown[0]} 人（不超过 ${terms.employeesMax} 人）、` +
      `销售收入 ${sales ?? unknown[0]} 万元（不超过 ${salesMax} 万元）、` +
      `资产总额 ${assets ?? unknown[0]} 万元（不超过 ${assetsMax} 万元）`,
    en:
      `${employees ?? unknown[1]} employees (at most ${terms.employeesMax}), ` +
      `sales of ${sales ?? unknown[1]} (at most ${salesMax}) and ` +
      `assets of ${assets ?? unknown[1]} (at most ${assetsMax}), in 10,000 yuan`,
  };
}

function staffReason(figures: TechnologySmeFigures, points: number | null): Reason {
  const { employees, rdStaff } = figures;
  if (staffFiguresClash(figures)) {
    return {
      code: 'STAFF_FIGURES_CLASH',
      zh: `科技人员 ${rdStaff} 人多于职工总数 ${employees} 人，数据矛盾，无法计分`,
      en: `${rdStaff} research staff out of ${employees} employees cannot be: no points computed`,
    };
  }
  if (points === null || employees === null || rdStaff === null) {
    return {
      code: 'STAFF_NOT_COMPUTABLE',
      zh: '职工总数或科技人员数未知或职工总数为 0，科技人员占比无法计算',
      en: 'share of research staff cannot be computed: a count is missing, or there are no employees',
    };
  }
  const share = percentText(BigInt(rdStaff), BigInt(employees));
  return {
    code: 'STAFF',
    zh: `科技人员占比 ${share}，得 ${points} 分`,
    en: `research staff are ${share}: ${points} points`,
  };
}

function shareReason(words: Words, rdFen: bigint | null, wholeFen: bigint | null, points: number | null): Reason {
  if (points === null || rdFen === null || wholeFen === null) {
    return {
      code: `${words.code}_NOT_COMPUTABLE`,
      zh: `研发费用或${words.zh}未知或${words.zh}为 0，研发费用占${words.zh}的比例无法计算`,
      en: `R&D over ${words.en} cannot be computed: an amount is missing, or ${words.en} is 0`,
    };
  }
  const share = percentText(rdFen, wholeFen);
  return {
    code: words.code,
    zh: `研发费用占${words.zh} ${share}，得 ${points} 分`,
    en: `R&D is ${share} of ${words.en}: ${points} points`,
  };
}

function rdReason(points: number | null): Reason {
  return points === null
    ? { code: 'RD_NOT_COMPUTABLE', zh: '研发投入指标无法计分', en: 'the R&D indicator cannot be computed' }
    : { code: 'RD', zh: `研发投入两项取高，得 ${points} 分`, en: `R&D takes the better of the two: ${points} points` };
}

function ipReason({ class1Ip, class2Ip }: TechnologySmeFigures, points: number | null): Reason {
  if (points === null) {
    return {
      code: 'IP_NOT_COMPUTABLE',
      zh: '知识产权数量未知，无法计分',
      en: 'the number of rights is not known: no points computed',
    };
  }
  return {
    code: 'IP',
    zh: `Ⅰ类知识产权 ${class1Ip ?? '未知'} 件、Ⅱ类 ${class2Ip ?? '未知'} 件，得 ${points} 分`,
    en: `${class1Ip ?? 'unknown'} rights of class one and ${class2Ip ?? 'unknown'} of class two: ${points} points`,
  };
}

function totalReason({ totalMin }: TechnologySmeTerms, { total, points, scoreGate }: TechnologySmeOutcome): Reason {
  if (points.staff === 0) {
    return {
      code: 'STAFF_INDICATOR_ZERO',
      zh: `总分 ${total ?? '无法计算'}，科技人员指标得分为 0，不符合评分条件`,
      en: `total ${total ?? 'not computable'}: the staff indicator is 0, so points do not lead to a pass`,
    };
  }
  if (total === null) {
    return { code: 'TOTAL_NOT_COMPUTABLE', zh: '指标不全，总分无法计算', en: 'an indicator is missing: no total' };
  }
  if (total >= totalMin) {
    return {
      code: 'TOTAL_REACHED',
      zh: `总分 ${total} 分，达到 ${totalMin} 分`,
      en: `total ${total}, at least ${totalMin}`,
    };
  }
  const open = scoreGate === null ? ['，补全数据后可能提高', '; missing figures may raise it'] : ['', ''];
  return {
    code: 'TOTAL_TOO_LOW',
    zh: `总分 ${total} 分，未达到 ${totalMin} 分${open[0]}`,
    en: `total ${total}, below ${totalMin}${open[1]}`,
  };
}

const directWords: Readonly<Record<keyof TechnologySmeFigures['direct'], Words>> = {
  hitechCertValid: { code: 'HITECH', zh: '持有有效的高新技术企业证书', en: 'holds a valid high-tech certificate' },
  nationalAwardTop3In5y: {
    code: 'AWARD',
    zh: '近五年获国家级科技奖励（前三名）',
    en: 'national award in five years, top three',
  },
  provincialRdBody: { code: 'RD_BODY', zh: '拥有省部级以上研发机构', en: 'has a recognised provincial R&D body' },
  ledStandardIn5y: { code: 'STANDARD', zh: '近五年主导制定国际、国家或行业标准', en: 'led a standard in five years' },
};

function directReasons({ direct }: TechnologySmeFigures, directPass: Known): readonly Reason[] {
  if (directPass === null) {
    return [
      { code: 'DIRECT_UNKNOWN', zh: '是否符合直接确认条件未知', en: 'whether a direct pass applies is not known' },
    ];
  }
  const names = Object.keys(directWords) as (keyof typeof directWords)[];
  return names
    .filter((name) => direct[name] === true)
    .map((name) => directWords[name])
    .map(({ code, zh, en }) => ({ code: `DIRECT_${code}`, zh: `直接确认条件：${zh}`, en: `direct pass: ${en}` }));
}

function verdictReason({ verdict, route }: TechnologySmeOutcome): Reason {
  if (verdict === 'FAIL') {
    return { code: 'VERDICT_FAIL', zh: '结论：不符合科技型中小企业条件', en: 'verdict: not a technology SME' };
  }
  if (verdict === 'NEEDS_EXPERT') {
    return { code: 'VERDICT_NEEDS_EXPERT', zh: '结论：信息不全，需人工判断', en: 'verdict: open, needs an expert' };
  }
  return route === 'SCORE'
    ? {
        code: 'VERDICT_PASS_SCORE',
        zh: '结论：符合科技型中小企业条件（评分）',
        en: 'verdict: technology SME, by points',
      }
    : {
        code: 'VERDICT_PASS_DIRECT',
        zh: '结论：符合科技型中小企业条件（直接确认）',
        en: 'verdict: technology SME, directly',
      };
}
