/** What the State Council announced for one year: which days are off, and which weekend days are worked instead. */
export interface CalendarYear {
  readonly year: number;
  readonly source: string;
  /** First and last day of each holiday as `MM-DD`; weekends inside are part of it. */
  readonly holidays: readonly (readonly [first: string, last: string])[];
  /** Weekend days worked (调休上班), as `MM-DD`. */
  readonly makeUpDays: readonly string[];
}

/** Data and not code: the notice for the next year comes each November and is added here. */
export const chineseYears: readonly CalendarYear[] = [
  {
    year: 2023,
    source: '国办发明电〔2022〕16号《国务院办公厅关于2023年部分节假日安排的通知》',
    holidays: [
      ['01-01', '01-02'],
      ['01-21', '01-27'],
      ['04-05', '04-05'],
      ['04-29', '05-03'],
      ['06-22', '06-24'],
      ['09-29', '10-06'],
    ],
    makeUpDays: ['01-28', '01-29', '04-23', '05-06', '06-25', '10-07', '10-08'],
  },
  {
    year: 2024,
    source: '国办发明电〔2023〕7号《国务院办公厅关于2024年部分节假日安排的通知》',
    holidays: [
      ['01-01', '01-01'],
      ['02-10', '02-17'],
      ['04-04', '04-06'],
      ['05-01', '05-05'],
      ['06-10', '06-10'],
      ['09-15', '09-17'],
      ['10-01', '10-07'],
    ],
    makeUpDays: ['02-04', '02-18', '04-07', '04-28', '05-11', '09-14', '09-29', '10-12'],
  },
  {
    year: 2025,
    source: '国办发明电〔2024〕12号《国务院办公厅关于2025年部分节假日安排的通知》',
    holidays: [
      ['01-01', '01-01'],
      ['01-28', '02-04'],
      ['04-04', '04-06'],
      ['05-01', '05-05'],
      ['05-31', '06-02'],
      ['10-01', '10-08'],
    ],
    makeUpDays: ['01-26', '02-08', '04-27', '09-28', '10-11'],
  },
  {
    year: 2026,
    source: '《国务院办公厅关于2026年部分节假日安排的通知》(2025-11-04)',
    holidays: [
      ['01-01', '01-03'],
      ['02-15', '02-23'],
      ['04-04', '04-06'],
      ['05-01', '05-05'],
      ['06-19', '06-21'],
      ['09-25', '09-27'],
      ['10-01', '10-07'],
    ],
    makeUpDays: ['01-04', '02-14', '02-28', '05-09', '09-20', '10-10'],
  },
];
