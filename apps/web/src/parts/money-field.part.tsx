import { Input } from 'antd';
import { useState } from 'react';

import { useLanguage } from '../frame/language.part.js';
import { fenOf, moneyUnit, typedOf } from './format.rules.js';

interface MoneyFieldProps {
  readonly id?: string;
  readonly value?: string | null | undefined;
  readonly onChange?: (fen: string | undefined) => void;
  readonly label?: string;
  readonly autoFocus?: boolean;
  /** Held for what is no amount, where nothing at all would be an answer of its own. */
  readonly unreadable?: string;
}

/** An amount typed in 万元 and held as whole fen; what is no amount is held as nothing and shown as wrong. */
export function MoneyField({ value, onChange, label, unreadable, ...rest }: MoneyFieldProps) {
  const { language } = useLanguage();
  const [typed, setTyped] = useState(() => (value ? typedOf(value, language) : ''));
  const heldOf = (words: string) => fenOf(words, language) ?? (words.trim() ? unreadable : undefined);
  const held = heldOf(typed);
  const shown = value && value !== held ? typedOf(value, language) : typed;
  const type = (words: string) => {
    setTyped(words);
    onChange?.(heldOf(words));
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
      status={typed && fenOf(typed, language) === null ? 'error' : ''}
      onChange={(event) => type(event.target.value)}
    />
  );
}
