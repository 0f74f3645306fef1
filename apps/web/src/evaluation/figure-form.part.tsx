import { Button, DatePicker, Form, InputNumber, type FormInstance } from 'antd';
import type { ReactElement } from 'react';

import { useFeedTitle } from '../client/feed-title.query.js';
import { useLanguage, useText } from '../frame/language.part.js';
import { countText, moneyText } from '../parts/format.rules.js';
import { MoneyField } from '../parts/money-field.part.js';
import { partsText } from '../parts/parts.text.js';
import type { RuleSetResult } from '../portrait/portrait.query.js';
import { evaluationText } from './evaluation.text.js';
import { groupsOf, type FigureGroup, type FigureValue, type RuleSetCode } from './figures.rules.js';
import { FlagField } from './flag-field.part.js';

type Figure = FigureGroup['figures'][number];
export type RecordedFigure = RuleSetResult['figures'][number];

/** Held for a typed amount that cannot be read: it must not pass for "not known". */
const unreadable = '?';
const countMax = 10_000_000;

interface FigureFormProps {
  readonly form: FormInstance;
  readonly ruleSet: RuleSetCode;
  readonly recorded: readonly RecordedFigure[];
  readonly busy: boolean;
  readonly start: object;
  readonly onChange: (all: object) => void;
  readonly onRun: () => void;
  readonly onReset: () => void;
}

/** Every figure that a rule asks for, filled in with what is on record; each says what that was and from where. */
export function FigureForm({ form, ruleSet, recorded, busy, start, ...on }: FigureFormProps) {
  const text = useText(evaluationText);
  return (
    <Form
      form={form}
      layout="vertical"
      requiredMark={false}
      initialValues={start}
      onValuesChange={(_changed, all: object) => on.onChange(all)}
      onFinish={on.onRun}
    >
      <Form.Item name="asOf" label={text('asOf')}>
        <DatePicker allowClear={false} />
      </Form.Item>
      {groupsOf(ruleSet).map(({ group, figures }) => (
        <fieldset key={group} className="figures-of">
          <legend>{text(`group.${group}`)}</legend>
          <div className="pair">
            {figures.map((figure) => (
              <FigureItem key={figure.name} figure={figure} recorded={recorded} />
            ))}
          </div>
        </fieldset>
      ))}
      <div className="page-actions">
        <Button type="primary" htmlType="submit" loading={busy}>
          {text('run')}
        </Button>
        <Button onClick={on.onReset}>{text('reset')}</Button>
      </div>
    </Form>
  );
}

function FigureItem({ figure, recorded }: { figure: Figure; recorded: readonly RecordedFigure[] }) {
  const text = useText(evaluationText);
  const wrong = useText(partsText)('money.invalid');
  const onRecord = useRecordWords();
  const label = text(`f.${figure.name}`);
  const readable = {
    validator: (_rule: unknown, value: unknown) => (value === unreadable ? Promise.reject(wrong) : Promise.resolve()),
  };
  return (
    <Form.Item
      name={figure.name}
      label={label}
      extra={onRecord(recorded.find(({ name }) => name === figure.name))}
      rules={[readable]}
    >
      <FigureInput figure={figure} label={label} />
    </Form.Item>
  );
}

/** The form hands value and change to whatever stands here, so that they are passed on as they come. */
function FigureInput({ figure: { name, kind }, label, ...held }: { figure: Figure; label: string }): ReactElement {
  const text = useText(evaluationText);
  if (kind === 'flag') return <FlagField label={label} {...held} />;
  if (kind === 'money') return <MoneyField unreadable={unreadable} {...held} />;
  const unit = name === 'class1Ip' || name === 'class2Ip' ? 'pieces' : 'heads';
  return <InputNumber {...held} min={0} max={countMax} precision={0} suffix={text(unit)} style={{ width: '100%' }} />;
}

function useRecordWords() {
  const text = useText(evaluationText);
  const { language } = useLanguage();
  const titleOf = useFeedTitle();
  const words = (name: string, value: NonNullable<FigureValue>): string => {
    if (typeof value === 'boolean') return text(value ? 'yes' : 'no');
    return name.endsWith('Fen') ? moneyText(String(value), language) : countText(Number(value));
  };
  return (figure: RecordedFigure | undefined): string => {
    if (!figure || figure.value === null) return text('recorded.none');
    const value = words(figure.name, figure.value);
    return figure.source === null
      ? text('recorded', { value })
      : text('recorded.of', { value, source: titleOf(figure.source) });
  };
}
