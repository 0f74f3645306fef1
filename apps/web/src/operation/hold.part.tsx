import { App } from 'antd';

import { useListing, useText } from '../frame/language.part.js';
import { ActWithNote } from '../parts/act-with-note.part.js';
import { usePause, useResumption, type Hold } from './flow.query.js';
import { flowText } from './flow.text.js';

interface HoldActProps {
  readonly of: Pick<Hold, 'scope' | 'name'>;
  /** What it is called where people read. */
  readonly title: string;
  readonly paused: boolean;
}

/** Lets a feed or a source rest, or go on, with a reason that the source will read. */
export function HoldAct({ of, title, paused }: HoldActProps) {
  const text = useText(flowText);
  const listing = useListing();
  const { message } = App.useApp();
  const [pause, resumption] = [usePause(), useResumption()];
  const stop = async (reason: string) => {
    await pause.mutateAsync({ ...of, reason });
    message.success(text('pause.done'));
  };
  const goOn = async (reason: string) => {
    const { stillPaused } = await resumption.mutateAsync({ ...of, reason });
    if (stillPaused.length > 0) message.warning(text('resume.held', { feeds: listing(stillPaused) }));
    else message.success(text('resume.done'));
  };
  return paused ? (
    <ActWithNote
      label={text('resume')}
      what={<p>{text('resume.what', { name: title })}</p>}
      act={goOn}
      of={resumption}
    />
  ) : (
    <ActWithNote label={text('pause')} what={<p>{text('pause.what', { name: title })}</p>} act={stop} of={pause} />
  );
}
