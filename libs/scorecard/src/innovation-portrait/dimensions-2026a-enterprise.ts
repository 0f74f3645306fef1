import type { Dimension } from '../scorecard-model.js';
import { indicator, wan } from './line.js';

export const qualification: Dimension = {
  code: 'QUALIFICATION',
  zh: '企业资质',
  en: 'Standing',
  weightBp: 1_000,
  indicators: [
    indicator(
      ['AGE', 'MONTHS', 3_000],
      ['成立时间', 'age'],
      [
        [0, 0],
        [12, 3_000],
        [36, 6_000],
        [96, 9_000],
        [180, 10_000],
      ],
    ),
    indicator(
      ['PAID_IN_CAPITAL', 'FEN', 3_000],
      ['实缴资本', 'paid-in capital'],
      [
        [0, 0],
        [wan(50), 3_000],
        [wan(300), 6_000],
        [wan(1_000), 8_000],
        [wan(5_000), 10_000],
      ],
    ),
    indicator(
      ['PAID_IN_SHARE', 'BP', 1_500],
      ['实缴比例', 'share of capital paid in'],
      [
        [0, 0],
        [3_000, 4_000],
        [6_000, 7_000],
        [10_000, 10_000],
      ],
    ),
    indicator(
      ['TAX_CREDIT', 'LEVEL', 2_500],
      ['纳税信用等级（D=1，A=5）', 'tax credit (D = 1, A = 5)'],
      [
        [1, 0],
        [2, 3_000],
        [3, 5_500],
        [4, 8_000],
        [5, 10_000],
      ],
    ),
  ],
};

export const operation: Dimension = {
  code: 'OPERATION',
  zh: '经营发展',
  en: 'Operation',
  weightBp: 1_500,
  indicators: [
    indicator(
      ['REVENUE', 'FEN', 3_000],
      ['营业收入', 'revenue'],
      [
        [0, 0],
        [wan(100), 2_000],
        [wan(1_000), 5_000],
        [wan(5_000), 7_500],
        [wan(40_000), 10_000],
      ],
    ),
    indicator(
      ['REVENUE_GROWTH', 'BP', 3_000],
      ['营业收入同比', 'revenue, year on year'],
      [
        [-3_000, 0],
        [0, 4_000],
        [1_000, 6_500],
        [2_000, 8_500],
        [3_500, 10_000],
      ],
    ),
    indicator(
      ['PROFIT_MARGIN', 'BP', 2_000],
      ['利润率', 'profit over revenue'],
      [
        [-2_000, 0],
        [0, 4_000],
        [500, 6_500],
        [1_000, 8_500],
        [2_000, 10_000],
      ],
    ),
    indicator(
      ['VAT_SALES_GROWTH', 'BP', 2_000],
      ['近十二个月开票销售同比', 'VAT sales of twelve months, year on year'],
      [
        [-3_000, 0],
        [0, 4_500],
        [1_500, 7_500],
        [3_500, 10_000],
      ],
    ),
  ],
};

export const potential: Dimension = {
  code: 'POTENTIAL',
  zh: '行业潜力',
  en: 'Industry potential',
  weightBp: 600,
  indicators: [
    indicator(
      ['INDUSTRY_FIELD', 'LEVEL', 5_000],
      [
        '行业领域（高技术=2，其他制造与技术服务=1）',
        'field (high technology = 2, other making or technical service = 1)',
      ],
      [
        [0, 3_000],
        [1, 6_000],
        [2, 10_000],
      ],
      '高技术产业（制造业）分类、高技术产业（服务业）分类 by two or three digits of GB/T 4754; provisional',
    ),
    indicator(
      ['REVENUE_PER_HEAD', 'FEN', 2_500],
      ['人均营业收入', 'revenue per head'],
      [
        [0, 0],
        [wan(20), 3_000],
        [wan(60), 6_000],
        [wan(120), 8_500],
        [wan(250), 10_000],
      ],
    ),
    indicator(
      ['EXPORT_SHARE', 'BP', 2_500],
      ['近十二个月出口占营业收入', 'exports of twelve months over revenue'],
      [
        [0, 4_000],
        [1_000, 6_500],
        [3_000, 9_000],
        [5_000, 10_000],
      ],
    ),
  ],
};

export const resilience: Dimension = {
  code: 'RESILIENCE',
  zh: '抗风险性',
  en: 'Resilience',
  weightBp: 1_200,
  indicators: [
    indicator(
      ['DEBT_RATIO', 'BP', 3_000],
      ['资产负债率', 'debt ratio'],
      [
        [0, 9_000],
        [3_000, 10_000],
        [5_500, 8_000],
        [7_500, 4_500],
        [10_000, 0],
      ],
    ),
    indicator(
      ['ENFORCEMENTS', 'COUNT', 2_000],
      ['未退出的执行信息', 'open enforcement entries'],
      [
        [0, 10_000],
        [1, 3_500],
        [3, 0],
      ],
    ),
    indicator(
      ['PENALTIES_3Y', 'COUNT', 1_500],
      ['近三年行政处罚', 'penalties in three years'],
      [
        [0, 10_000],
        [1, 6_000],
        [4, 0],
      ],
    ),
    indicator(
      ['INSURANCE_ARREARS', 'MONTHS', 1_000],
      ['社保欠缴', 'social insurance in arrears'],
      [
        [0, 10_000],
        [1, 6_000],
        [6, 0],
      ],
    ),
    indicator(
      ['UTILITY_ARREARS', 'FEN', 500],
      ['水电气欠费', 'utility arrears'],
      [
        [0, 10_000],
        [wan(1), 6_000],
        [wan(20), 0],
      ],
    ),
    indicator(
      ['ENVIRONMENT', 'LEVEL', 1_000],
      ['环保信用（黑=1，绿=5）', 'environmental credit (black = 1, green = 5)'],
      [
        [1, 0],
        [2, 2_500],
        [3, 5_000],
        [4, 8_500],
        [5, 10_000],
      ],
    ),
    indicator(
      ['LOAN_OVERDUE', 'DAYS', 1_000],
      ['贷款逾期', 'loans overdue'],
      [
        [0, 10_000],
        [1, 6_000],
        [90, 0],
      ],
    ),
  ],
};
