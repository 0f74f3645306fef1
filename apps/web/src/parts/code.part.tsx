import { CheckOutlined, CopyOutlined } from '@ant-design/icons';
import { useState } from 'react';

import { useText } from '../frame/language.part.js';
import { partsText } from './parts.text.js';

/** A code as it is, and a button that copies it. */
export function Code({ value }: { value: string }) {
  const text = useText(partsText);
  const [copied, setCopied] = useState(false);
  const copy = () => {
    copyText(value);
    setCopied(true);
    setTimeout(() => setCopied(false), 1_500);
  };
  return (
    <span className="code">
      <code>{value}</code>
      <button type="button" className="plain" onClick={copy} aria-label={text('code.copy', { code: value })}>
        {copied ? <CheckOutlined aria-hidden /> : <CopyOutlined aria-hidden />}
      </button>
      <span role="status" className="hidden">
        {copied ? text('code.copied') : ''}
      </span>
    </span>
  );
}

/** The clipboard API exists on https only; a bank's own network often has plain http. */
function copyText(value: string): void {
  if (navigator.clipboard) {
    void navigator.clipboard.writeText(value).catch(() => undefined);
    return;
  }
  const area = document.createElement('textarea');
  area.value = value;
  document.body.append(area);
  area.select();
  document.execCommand('copy');
  area.remove();
}
