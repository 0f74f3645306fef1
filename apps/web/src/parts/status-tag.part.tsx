import {
  CheckCircleFilled,
  ClockCircleOutlined,
  CloseCircleFilled,
  ExclamationCircleFilled,
  MinusCircleOutlined,
} from '@ant-design/icons';
import type { ReactNode } from 'react';

export type Tone = 'good' | 'busy' | 'warn' | 'bad' | 'still';

const icons: Record<Tone, ReactNode> = {
  good: <CheckCircleFilled aria-hidden />,
  busy: <ClockCircleOutlined aria-hidden />,
  warn: <ExclamationCircleFilled aria-hidden />,
  bad: <CloseCircleFilled aria-hidden />,
  still: <MinusCircleOutlined aria-hidden />,
};

/** A state as sign and word; the colour only repeats what both say. */
export function StatusTag({ tone, children }: { tone: Tone; children: ReactNode }) {
  return (
    <span className={`status ${tone}`}>
      {icons[tone]}
      {children}
    </span>
  );
}
