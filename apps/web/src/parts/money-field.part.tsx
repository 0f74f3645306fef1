import { Input } from 'antd';
import { useState } from 'react';

import { useLanguage } from '../frame/language.part.js';
import { fenOf, moneyUnit, typedOf } from './format.rules.js';

interface MoneyFieldProps {
  readonly id?: string;
  readonly value?: string | undefined;
  readonly onChange?: (fen: string | undefined) => void;
  readonly label?: string;
  readonly autoFocus?: boolean;
}

/** An amount typed in 万元 and held as whole fen; what is no amount is held as nothing and shown as wrong. */
export function MoneyField({ value, onChange, label, ...rest }: MoneyFieldProps) {
  const { language } = useLanguage();
  const [typed, setTyped] = useState(() => (value ? typedOf(value, language) : ''));
  const held = fenOf(typed, language) ?? undefined;
  const shown = value !== undefined && value !== held ? typedOf(value, language) : typed;
  const type = (words: string) => {
    setTyped(words);
    onChange?.(fenOf(words, language) ?? undefined);
  };
  return (
    <Input
      {...rest}
      aria-label={label}
      inputMode="decimal"
      autoComplete="off"
      className="figure"
      value={shown}
      suffix={moneyUnit[language]}
      status={typed && !held ? 'error' : ''}
      onChange={(event) => type(event.target.value)}
    />
  );
}
