// One contract as three programs: the batch's own check, a JSON Schema compiled by Ajv, a class with class-validator. What a
// code or a day is, all three ask of the same functions, which remember what they were asked before.
import 'reflect-metadata';
import { Ajv } from 'ajv';
import { plainToInstance, Type } from 'class-transformer';
import * as rules from 'class-validator';

import { remembering } from '../../dist/apps/ingestion/src/row/remembering.rules.js';
import { rowCheckOf } from '../../dist/apps/ingestion/src/row/row.rules.js';
import { checkUscc, fenFromDecimal, parseDay, parseMonth } from '../../dist/libs/kernel/src/index.js';

export const today = '2026-03-01';
const nonNegativeMoney = /^\d{1,15}(\.\d{1,2})?$/;
const leading = ['record_key', 'uscc', 'event_date', 'report_date', 'op'];

const namesOf = (contract) => [...leading, ...contract.columns.map(({ name }) => name)];

/** As a reader of JSON would hand it over: empty cells are left out. */
function objectOf(names, cells) {
  const row = {};
  for (let at = 0; at < names.length; at += 1) if (cells[at] !== '') row[names[at]] = cells[at];
  return row;
}

const asked = () => ({
  code: remembering((text) => checkUscc(text).reason === null),
  day: remembering((text) => parseDay(text) !== undefined),
  month: remembering((text) => parseMonth(text) !== undefined),
});

const inOrder = ({ event_date: event, report_date: report }) => event <= report && report <= today;

/** Each takes a row of cells and says whether it is without fault; made anew for every batch. */
export const checkers = {
  ours: (contract) => {
    const check = rowCheckOf(contract, { today, allowedCodes: new Set(), accounts: new Map() });
    return (cells) => !Array.isArray(check(cells));
  },
  ajv: (contract) => {
    const check = compiled(contract);
    return (cells) => check(cells) !== undefined;
  },
  /** The same, and the record made of what was right: what `ours` gives. */
  'ajv-record': (contract) => {
    const check = compiled(contract);
    const valueOf = Object.fromEntries(contract.columns.map((column) => [column.name, typed[column.type]?.(column)]));
    return (cells) => {
      const row = check(cells);
      if (!row) return false;
      const fields = {};
      for (const { name } of contract.columns)
        if (row[name] !== undefined) fields[name] = valueOf[name] ? valueOf[name](row[name]) : row[name];
      return JSON.stringify(fields).length > 0;
    };
  },
  'class-validator': (contract) => {
    const names = namesOf(contract);
    const Row = classOf(contract);
    return (cells) => {
      const row = plainToInstance(Row, objectOf(names, cells));
      return rules.validateSync(row).length === 0 && inOrder(row);
    };
  },
};

const typed = {
  money:
    ({ unit }) =>
    (text) =>
      String(fenFromDecimal(text, unit).fen),
  day: () => parseDay,
  month: () => parseMonth,
};

function compiled(contract) {
  const names = namesOf(contract);
  const { code, day, month } = asked();
  const ajv = new Ajv({ coerceTypes: true, allErrors: true, formats: { uscc: code, day, month } });
  const check = ajv.compile(schemaOf(contract));
  return (cells) => {
    const row = objectOf(names, cells);
    return check(row) && inOrder(row) ? row : undefined;
  };
}

function schemaOf(contract) {
  const text = (maxLength) => ({ type: 'string', minLength: 1, maxLength });
  const day = { type: 'string', format: 'day' };
  const schemas = {
    text: ({ maxLength = 200 }) => text(maxLength),
    code: ({ codes }) => ({ enum: codes }),
    integer: ({ min: minimum, max: maximum }) => ({ type: 'integer', minimum, maximum }),
    money: () => ({ type: 'string', pattern: nonNegativeMoney.source }),
    day: () => day,
    month: () => ({ type: 'string', format: 'month' }),
  };
  return {
    type: 'object',
    required: [...leading, ...contract.columns.filter(({ required }) => required).map(({ name }) => name)],
    properties: {
      record_key: text(200),
      uscc: { type: 'string', format: 'uscc' },
      event_date: day,
      report_date: day,
      op: { enum: ['I', 'U', 'D'] },
      ...Object.fromEntries(contract.columns.map((column) => [column.name, schemas[column.type](column)])),
    },
  };
}

/** Decorators are functions of a prototype and a name. */
function classOf(contract) {
  class Row {}
  const { code, day, month } = asked();
  const by = (name, holds) => rules.ValidateBy({ name, validator: { validate: holds } });
  const text = (maxLength) => [rules.IsString(), rules.Length(1, maxLength)];
  const marks = {
    text: ({ maxLength = 200 }) => text(maxLength),
    code: ({ codes }) => [rules.IsIn(codes)],
    integer: ({ min, max }) => [Type(() => Number), rules.IsInt(), rules.Min(min), rules.Max(max)],
    money: () => [rules.Matches(nonNegativeMoney)],
    day: () => [by('day', day)],
    month: () => [by('month', month)],
  };
  const mark = (name, list) => {
    for (const decorate of list) decorate(Row.prototype, name);
  };
  mark('record_key', text(200));
  mark('uscc', [by('uscc', code)]);
  mark('event_date', [by('day', day)]);
  mark('report_date', [by('day', day)]);
  mark('op', [rules.IsIn(['I', 'U', 'D'])]);
  for (const column of contract.columns)
    mark(column.name, [...(column.required ? [] : [rules.IsOptional()]), ...marks[column.type](column)]);
  return Row;
}
