import { App } from 'antd';

import { useMe } from '../client/session.query.js';
import { useText } from '../frame/language.part.js';
import { ActWithNote } from '../parts/act-with-note.part.js';
import { useAllowedCode, type RowLook } from './set-aside.query.js';
import { stewardText } from './steward.text.js';

/** The code of a row whose check character is wrong and nothing else about it; null for any other row. */
export function codeToAllow({ cells }: RowLook): string | null {
  const cell = cells.find(({ field }) => field === 'uscc');
  return cell?.faults.some(({ code }) => code === 'USCC_CHECK_DIGIT') ? cell.value.trim().toUpperCase() : null;
}

/** The registry has given out codes with a wrong check character: an operator may let one pass, and says how that is known. */
export function AllowCode({ code }: { code: string }) {
  const text = useText(stewardText);
  const { data: me } = useMe();
  const { message } = App.useApp();
  const allowed = useAllowedCode();
  if (me?.organisation.kind !== 'operator') return null;
  const act = async (reason: string) => {
    await allowed.mutateAsync({ uscc: code, reason });
    message.success(text('allow.done'));
  };
  return <ActWithNote label={text('allow')} what={<p>{text('allow.what', { code })}</p>} act={act} of={allowed} />;
}
