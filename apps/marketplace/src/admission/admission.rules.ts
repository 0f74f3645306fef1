import { type InputFault, parseFen } from '@app/kernel';

import { type FieldName, fieldNames, fieldOf, type Operator, operatorsOf, takesList } from './vocabulary.rules.js';

/** One comparison. Money is whole fen as text; lists of values mean "one of these". */
export interface Condition {
  field: FieldName;
  op: Operator;
  value: string | number | readonly string[];
}

/** An admission rule as data: what must hold for an enterprise and its need. */
export type AdmissionRule =
  | { all: readonly AdmissionRule[] }
  | { any: readonly AdmissionRule[] }
  | { not: AdmissionRule }
  | Condition;

/** Deeper rules are read by nobody. */
const depthMax = 6;
/** More conditions than any product guide has; bounds what matching costs. */
const nodesMax = 60;
const listMax = 100;
const textMax = 64;
/** More complaints than anyone reads. */
const faultsMax = 20;

interface Reading {
  faults: InputFault[];
  nodes: number;
}

/** Reads a rule as a client wrote it; pointers start at `at`. All faults come at once. */
export function readAdmission(
  supplied: unknown,
  at: string,
): { rule: AdmissionRule } | { faults: readonly InputFault[] } {
  const reading: Reading = { faults: [], nodes: 0 };
  const rule = readNode(supplied, at, 1, reading);
  if (reading.faults.length > 0) return { faults: reading.faults.slice(0, faultsMax) };
  return { rule: rule! };
}

type Supplied = Record<string, unknown>;

function readNode(supplied: unknown, at: string, depth: number, reading: Reading): AdmissionRule | undefined {
  reading.nodes += 1;
  if (reading.nodes > nodesMax) return refuse(reading, at, `a rule has at most ${nodesMax} parts`);
  if (depth > depthMax) return refuse(reading, at, `a rule is nested at most ${depthMax} deep`);
  if (typeof supplied !== 'object' || supplied === null || Array.isArray(supplied))
    return refuse(reading, at, 'must be an object');
  const node = supplied as Supplied;
  const shape = ['all', 'any', 'not', 'field'].filter((key) => Object.hasOwn(node, key));
  if (shape.length !== 1) return refuse(reading, at, 'must have exactly one of all, any, not, field');
  if (shape[0] === 'field') return readCondition(node, at, reading);
  const [key] = shape as ['all' | 'any' | 'not'];
  const strange = Object.keys(node).find((name) => name !== key);
  if (strange !== undefined) return refuse(reading, at, `has nothing beside ${key}`);
  if (key !== 'not') return readGroup(key, node[key], { at: `${at}/${key}`, depth }, reading);
  const inner = readNode(node.not, `${at}/not`, depth + 1, reading);
  return inner && { not: inner };
}

function readGroup(
  key: 'all' | 'any',
  supplied: unknown,
  { at, depth }: { at: string; depth: number },
  reading: Reading,
): AdmissionRule | undefined {
  if (!Array.isArray(supplied) || supplied.length === 0) return refuse(reading, at, 'must be a list with a rule in it');
  const parts: AdmissionRule[] = [];
  for (const [index, part] of supplied.entries()) {
    // A list of thousands stops at the first part too many.
    if (reading.nodes > nodesMax) break;
    const read = readNode(part, `${at}/${index}`, depth + 1, reading);
    if (read) parts.push(read);
  }
  return key === 'all' ? { all: parts } : { any: parts };
}

function readCondition(node: Supplied, at: string, reading: Reading): Condition | undefined {
  const strange = Object.keys(node).find((name) => !['field', 'op', 'value'].includes(name));
  if (strange !== undefined) return refuse(reading, at, 'has field, op and value, and nothing else');
  const field = fieldNames.find((name) => name === node.field);
  if (!field) return refuse(reading, `${at}/field`, `must be one of ${fieldNames.join(', ')}`);
  const { kind } = fieldOf(field);
  const op = operatorsOf[kind].find((name) => name === node.op);
  if (!op) return refuse(reading, `${at}/op`, `must be one of ${operatorsOf[kind].join(', ')} for ${field}`);
  const fault = faultOfValue(field, op, node.value);
  if (fault) return refuse(reading, `${at}/value`, fault);
  return { field, op, value: node.value as Condition['value'] };
}

function faultOfValue(field: FieldName, op: Operator, value: unknown): string | undefined {
  const { kind } = fieldOf(field);
  if (kind === 'money')
    return typeof value === 'string' && parseFen(value) !== undefined ? undefined : 'must be a string of whole fen';
  if (kind === 'number')
    return typeof value === 'number' && Number.isSafeInteger(value) ? undefined : 'must be a whole number';
  if (!takesList(op)) return faultOfText(field, op, value);
  if (!Array.isArray(value) || value.length === 0 || value.length > listMax)
    return `must be a list of 1 to ${listMax} texts`;
  return value.map((one) => faultOfText(field, op, one)).find((fault) => fault !== undefined);
}

function faultOfText(field: FieldName, op: Operator, value: unknown): string | undefined {
  if (typeof value !== 'string' || value === '' || value.length > textMax)
    return `must be text of 1 to ${textMax} characters`;
  const { values, pattern } = fieldOf(field);
  // The start of a code is shorter than the code.
  if (op === 'startsWith' || op === 'notStartsWith') return undefined;
  if (values && !values.includes(value)) return `must be one of ${values.join(', ')}`;
  return pattern && !pattern.test(value) ? `is not a ${fieldOf(field).en}` : undefined;
}

function refuse(reading: Reading, pointer: string, detail: string): undefined {
  reading.faults.push({ pointer, detail });
  return undefined;
}
