import { DeleteOutlined, PlusOutlined } from '@ant-design/icons';
import { Button, Input, Select } from 'antd';

import { useLanguage, useListing, useText } from '../frame/language.part.js';
import { moneyText } from '../parts/format.rules.js';
import { MoneyField } from '../parts/money-field.part.js';
import { districts, industries, securities, tiers, useChoices, useWord } from '../parts/vocabulary.part.js';
import {
  admissionFields,
  operatorsOf,
  takesList,
  type Admission,
  type Condition,
  type ConditionLine,
  type Field,
} from './admission.rules.js';
import { scoreBands } from './lead.query.js';
import { shelfText } from './shelf.text.js';

const fields = Object.keys(admissionFields) as Field[];
/** Fields whose values are a closed list, with the kind of their words. */
const closed = {
  tier: { kind: 'tier', codes: tiers },
  district: { kind: 'district', codes: districts },
  industry2: { kind: 'industry', codes: industries },
  security: { kind: 'security', codes: securities },
} as const;
const closedOf = (field: Field) => (field in closed ? closed[field as keyof typeof closed] : undefined);

/** A rule in words, nested as it is written. */
export function AdmissionView({ rule }: { rule: Admission | null }) {
  const text = useText(shelfText);
  if (!rule) return <p className="quiet">{text('admission.none')}</p>;
  return (
    <ul>
      <RuleView rule={rule} />
    </ul>
  );
}

function RuleView({ rule }: { rule: Admission }) {
  const text = useText(shelfText);
  const wordsOf = useConditionWords();
  if ('field' in rule) return <li>{wordsOf(rule)}</li>;
  const [key, parts] = 'all' in rule ? ['all', rule.all] : 'any' in rule ? ['any', rule.any] : ['not', [rule.not]];
  return (
    <li>
      {text(`admission.${key as 'all' | 'any' | 'not'}`)}
      <ul>
        {(parts as readonly Admission[]).map((part, index) => (
          <RuleView key={index} rule={part} />
        ))}
      </ul>
    </li>
  );
}

function useConditionWords() {
  const text = useText(shelfText);
  const word = useWord();
  const list = useListing();
  const { language } = useLanguage();
  return ({ field, op, value }: Condition): string => {
    const known = closedOf(field);
    const one = (part: string) => (known ? word(known.kind, part) : part);
    const said =
      field === 'amountFen'
        ? moneyText(String(value), language)
        : list((Array.isArray(value) ? (value as readonly string[]) : [String(value)]).map(one));
    return `${text(`field.${field}`)} ${text(`op.${op}`)} ${said}`;
  };
}

interface EditorProps {
  readonly lines: readonly ConditionLine[];
  readonly onChange: (lines: readonly ConditionLine[]) => void;
}

/** Conditions of which all must hold: what most products have. */
export function AdmissionEditor({ lines, onChange }: EditorProps) {
  const text = useText(shelfText);
  const put = (at: number, line: ConditionLine) => onChange(lines.map((old, index) => (index === at ? line : old)));
  return (
    <div className="stacked">
      {lines.map((line, at) => (
        <Line
          key={at}
          line={line}
          onChange={(changed) => put(at, changed)}
          remove={() => onChange(lines.filter((_, index) => index !== at))}
        />
      ))}
      <div>
        <Button
          size="small"
          icon={<PlusOutlined aria-hidden />}
          disabled={lines.length >= 20}
          onClick={() => onChange([...lines, { field: 'tier', op: 'in', value: '' }])}
        >
          {text('admission.add')}
        </Button>
      </div>
    </div>
  );
}

interface LineProps {
  readonly line: ConditionLine;
  readonly onChange: (line: ConditionLine) => void;
  readonly remove: () => void;
}

function Line({ line, onChange, remove }: LineProps) {
  const text = useText(shelfText);
  const operators = operatorsOf[admissionFields[line.field]];
  return (
    <div className="page-actions">
      <Select
        aria-label={text('admission.field')}
        value={line.field}
        options={fields.map((value) => ({ value, label: text(`field.${value}`) }))}
        popupMatchSelectWidth={false}
        onChange={(field: Field) => onChange({ field, op: operatorsOf[admissionFields[field]][0], value: '' })}
      />
      <Select
        aria-label={text('admission.op')}
        value={line.op}
        options={operators.map((value) => ({ value, label: text(`op.${value}`) }))}
        popupMatchSelectWidth={false}
        onChange={(op: ConditionLine['op']) => onChange({ ...line, op })}
      />
      <div className="grow">
        <ValueField line={line} onChange={(value) => onChange({ ...line, value })} />
      </div>
      <Button
        type="text"
        aria-label={text('admission.remove')}
        icon={<DeleteOutlined aria-hidden />}
        onClick={remove}
      />
    </div>
  );
}

function ValueField({ line, onChange }: { line: ConditionLine; onChange: (value: string) => void }) {
  const text = useText(shelfText);
  const choices = useChoices();
  const label = text('admission.value');
  if (line.field === 'amountFen')
    return <MoneyField label={label} value={line.value || undefined} onChange={(fen) => onChange(fen ?? '')} />;
  const known = closedOf(line.field);
  const options =
    line.field === 'scoreBand'
      ? scoreBands.map((value) => ({ value, label: value }))
      : known && choices(known.kind, known.codes);
  const many = takesList(line.op);
  if (options && (!many || !line.op.toLowerCase().includes('startswith')))
    return (
      <Select
        aria-label={label}
        {...(many ? { mode: 'multiple' as const } : {})}
        style={{ width: '100%' }}
        value={many ? line.value.split(',').filter(Boolean) : line.value || null}
        options={[...options]}
        onChange={(chosen: string | string[] | null) =>
          onChange(Array.isArray(chosen) ? chosen.join() : (chosen ?? ''))
        }
      />
    );
  return (
    <Input
      aria-label={label}
      placeholder={many ? text('admission.many') : label}
      value={line.value}
      onChange={(event) => onChange(event.target.value)}
    />
  );
}
