import { App } from 'antd';
import { useState } from 'react';

import { useText } from '../frame/language.part.js';
import { ActWithNote } from '../parts/act-with-note.part.js';
import { useMappingEnd, type Mapping, type Wish } from './account.query.js';
import { accountText } from './account.text.js';
import { RecordsWish } from './records-wish.part.js';

interface EndAccountProps {
  readonly mapping: Mapping;
  readonly words: string;
}

/** An account that is nobody's any more: a hall stands empty, or it was never theirs. */
export function EndAccount({ mapping: { feed, account }, words }: EndAccountProps) {
  const text = useText(accountText);
  const { message } = App.useApp();
  const ending = useMappingEnd();
  const [records, wish] = useState<Wish>('STAY');
  const act = async (reason: string) => {
    await ending.mutateAsync({ feed, body: { accounts: [{ account }], reason, records } });
    message.success(text('end.done'));
  };
  return (
    <ActWithNote
      label={text('end')}
      what={
        <>
          <p>{text('end.what', { account: words })}</p>
          <RecordsWish value={records} onChange={wish} />
        </>
      }
      act={act}
      of={ending}
    />
  );
}
