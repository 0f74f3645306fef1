import type { ChartOption } from '../parts/canvas.part.js';
import type { Payment } from '../parts/repayment.rules.js';

interface Words {
  readonly principal: string;
  readonly interest: string;
  readonly month: string;
}

/** What is paid in each month, principal and interest on top of each other; in the money unit of the language. */
export function planOption(plan: readonly Payment[], unitFen: number, words: Words): ChartOption {
  const bar = (name: string, of: (payment: Payment) => bigint) => ({
    type: 'bar' as const,
    stack: 'paid',
    name,
    barMaxWidth: 22,
    data: plan.map((payment) => Number(of(payment)) / unitFen),
  });
  return {
    grid: { left: 8, right: 16, top: 36, bottom: 8, containLabel: true },
    legend: { top: 0, left: 'left' },
    tooltip: { trigger: 'axis', valueFormatter: (value) => Number(value).toFixed(2) },
    xAxis: { type: 'category', name: words.month, data: plan.map(({ month }) => String(month)) },
    yAxis: { type: 'value' },
    series: [
      bar(words.principal, (payment) => payment.principalFen),
      bar(words.interest, (payment) => payment.interestFen),
    ],
  };
}
