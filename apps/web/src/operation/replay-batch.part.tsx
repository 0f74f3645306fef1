import { App } from 'antd';

import { useMe } from '../client/session.query.js';
import { useText } from '../frame/language.part.js';
import { ActWithNote } from '../parts/act-with-note.part.js';
import { useBatchReplay } from './run.query.js';
import { runText } from './run.text.js';

/** An operator applies the kept file of a delivery once more; nobody else has to agree, as nothing is doubled. */
export function ReplayBatch({ id }: { id: string }) {
  const text = useText(runText);
  const { message } = App.useApp();
  const { data: me } = useMe();
  const replay = useBatchReplay(id);
  if (me?.organisation.kind !== 'operator') return null;
  const act = async (reason: string) => {
    await replay.mutateAsync(reason);
    message.success(text('replay.done'));
  };
  return <ActWithNote label={text('replay')} what={<p>{text('replay.what')}</p>} act={act} of={replay} />;
}
