import {
  bandText,
  addDays,
  exactMoney,
  fenOf,
  moneyFigure,
  moneyText,
  rateText,
  instantOf,
  instantText,
  timeLeft,
  typedOf,
} from './format.rules.js';

describe('amounts', () => {
  it('shows 3 million yuan as 300.00 万元 and as thousands in English', () => {
    expect(moneyText('300000000', 'zh')).toBe('300.00 万元');
    expect(moneyText('300000000', 'en')).toBe('CNY 3,000.00k');
    expect(exactMoney('300000001', 'zh')).toBe('3,000,000.01 元');
  });

  it('rounds halves away from zero and keeps the sign', () => {
    expect(moneyFigure('5000', 'zh')).toBe('0.01');
    expect(moneyFigure('4999', 'zh')).toBe('0.00');
    expect(moneyFigure('-123456789000', 'zh')).toBe('-123,456.79');
  });

  it('reads what a person types in 万元 to the fen, and nothing finer or other', () => {
    expect(fenOf('500', 'zh')).toBe('500000000');
    expect(fenOf('1,200.5', 'zh')).toBe('1200500000');
    expect(fenOf('0.000001', 'zh')).toBe('1');
    expect(fenOf('0.000001', 'en')).toBeNull();
    expect(fenOf('-5', 'zh')).toBeNull();
    expect(fenOf('五百', 'zh')).toBeNull();
  });

  it('writes an amount back as it would be typed', () => {
    for (const fen of ['500000000', '1200500000', '1', '0', '123456789']) {
      expect(fenOf(typedOf(fen, 'zh'), 'zh')).toBe(fen);
      expect(fenOf(typedOf(fen, 'en'), 'en')).toBe(fen);
    }
  });

  it('shows a band of amounts in the unit of the reader', () => {
    expect(bandText('300-500', 'zh')).toBe('300-500 万元');
    expect(bandText('0-100', 'en')).toBe('CNY 0-1m');
    expect(bandText('3000+', 'en')).toBe('CNY 30+m');
  });

  it('shows basis points as a rate', () => {
    expect(rateText(395)).toBe('3.95%');
    expect(rateText(5)).toBe('0.05%');
  });
});

describe('times', () => {
  it('are those of Suzhou wherever the browser is', () => {
    expect(instantText('2026-11-23T06:05:00Z')).toBe('2026-11-23 14:05');
    expect(instantOf('2026-11-23 14:05')).toBe('2026-11-23T06:05:00.000Z');
    expect(addDays('2026-12-31', 1)).toBe('2027-01-01');
  });

  it('turn urgent in the last tenth only', () => {
    const [from, to] = ['2026-11-23T00:00:00Z', '2026-11-23T10:00:00Z'];
    expect(timeLeft(new Date('2026-11-23T08:59:00Z'), to, from)).toMatchObject({ hours: 1, minutes: 1, urgent: false });
    expect(timeLeft(new Date('2026-11-23T09:00:00Z'), to, from)).toMatchObject({ hours: 1, minutes: 0, urgent: true });
    expect(timeLeft(new Date('2026-11-23T11:30:00Z'), to, from)).toMatchObject({ hours: 1, minutes: 30, passed: true });
  });
});
