import {
  addDays,
  addMonths,
  type Day,
  daysBetween,
  type InputFault,
  monthOf,
  monthsBetween,
  parseDay,
  parseMonth,
} from '@app/kernel';

/** A stretch of days, both included. */
export interface Period {
  from: Day;
  to: Day;
}

/** Five years of months fit on a chart and in one answer. */
export const monthsMax = 60;
/** A year of days; more is a matter for months. */
const daysMax = 366;

/** No figure of the platform lies outside; a year more or a step back stays within the calendar. */
const [firstDay, lastDay] = ['1990-01-01', '2100-12-31'] as [Day, Day];

/** First or last day of what was asked for: a month or a day. */
function edgeOf(text: string, end: boolean): Day | undefined {
  const edge = readEdge(text, end);
  return edge && edge >= firstDay && edge <= lastDay ? edge : undefined;
}

function readEdge(text: string, end: boolean): Day | undefined {
  const month = parseMonth(text);
  if (month === undefined) return /^\d{4}-\d{2}-\d{2}$/.test(text) ? parseDay(text) : undefined;
  if (!end) return `${month}-01` as Day;
  return ['31', '30', '29', '28'].map((date) => parseDay(`${month}-${date}`)).find((found) => found !== undefined);
}

/** Reads `from` and `to`, months or days; without them the twelve months that end with today's. */
export function periodOf(
  asked: { from?: string; to?: string; by: string },
  today: Day,
): { period: Period } | { faults: InputFault[] } {
  const detail = 'must be a month YYYY-MM or a day YYYY-MM-DD from 1990 to 2100';
  const to = edgeOf(asked.to ?? monthOf(today), true);
  if (!to) return { faults: [{ pointer: '/to', detail }] };
  const from = asked.from === undefined ? yearBefore(to) : edgeOf(asked.from, false);
  if (!from) return { faults: [{ pointer: '/from', detail }] };
  const fault = faultOf({ from, to }, asked.by);
  return fault ? { faults: [fault] } : { period: { from, to } };
}

function faultOf({ from, to }: Period, by: string): InputFault | undefined {
  if (to < from) return { pointer: '/to', detail: 'must not be before from' };
  if (by === 'day' && daysBetween(from, to) >= daysMax)
    return { pointer: '/from', detail: `at most ${daysMax} days by day` };
  if (monthsBetween(from, to) >= monthsMax) return { pointer: '/from', detail: `at most ${monthsMax} months` };
  return undefined;
}

const yearBefore = (to: Day): Day => addMonths(`${monthOf(to)}-01` as Day, -11);

/** Every month, or every day, that the period touches. */
export function stepsOf({ from, to }: Period, by: 'month' | 'day'): string[] {
  const steps: string[] = [];
  if (by === 'day') for (let day = from; day <= to; day = addDays(day, 1)) steps.push(day);
  if (by === 'month')
    for (let day = `${monthOf(from)}-01` as Day; day <= to; day = addMonths(day, 1)) steps.push(monthOf(day));
  return steps;
}
