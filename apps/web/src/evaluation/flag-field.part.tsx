import { Radio } from 'antd';

import { useText } from '../frame/language.part.js';
import { evaluationText } from './evaluation.text.js';

interface FlagFieldProps {
  readonly label: string;
  readonly id?: string;
  readonly value?: boolean | null;
  readonly onChange?: (value: boolean | null) => void;
}

/** Yes, no, or not known: silence is an answer of its own, and never a yes. */
export function FlagField({ label, id, value, onChange }: FlagFieldProps) {
  const text = useText(evaluationText);
  const choices = { yes: true, no: false, unknown: null } as const;
  const chosen = value === true ? 'yes' : value === false ? 'no' : 'unknown';
  return (
    <Radio.Group
      id={id}
      aria-label={label}
      size="small"
      optionType="button"
      value={chosen}
      options={(['yes', 'no', 'unknown'] as const).map((name) => ({ value: name, label: text(name) }))}
      onChange={({ target }) => onChange?.(choices[target.value as keyof typeof choices])}
    />
  );
}
