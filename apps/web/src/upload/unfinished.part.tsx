import { Button } from 'antd';
import { useId } from 'react';
import { Link } from 'react-router';

import { isGone } from '../client/problem.error.js';
import { useText } from '../frame/language.part.js';
import { FeedName } from '../parts/feed-name.part.js';
import { FilePick } from '../parts/file-pick.part.js';
import { ProblemView, Skeleton } from '../parts/states.part.js';
import type { KeptUpload } from './kept-upload.rules.js';
import { GiveUp, SentBar } from './sending.part.js';
import type { useTransfer } from './transfer.query.js';
import { useStanding } from './upload.query.js';
import { uploadText } from './upload.text.js';

type Of = ReturnType<typeof useTransfer>;

/** What was begun before the page was closed: a browser remembers which file it was, but not the file. */
export function Unfinished({ of }: { of: Of }) {
  const text = useText(uploadText);
  return (
    <section className="unfinished">
      <h3>{text('unfinished')}</h3>
      <p className="quiet">{text('unfinishedWhat')}</p>
      {of.kept.map((upload) => (
        <Kept key={upload.id} of={of} upload={upload} />
      ))}
    </section>
  );
}

function Kept({ of, upload }: { of: Of; upload: KeptUpload }) {
  const text = useText(uploadText);
  const standing = useStanding(upload.id);
  const { data, error } = standing;
  return (
    <div className="gap">
      <FeedName feed={upload.feed} below={<code className="broken">{upload.reference}</code>} />
      {data ? <SentBar name={upload.name} sent={data.offset} bytes={upload.bytes} /> : null}
      {data?.batch ? <Whole of={of} upload={upload} batch={data.batch.id} /> : null}
      {data && !data.batch ? <Resume of={of} upload={upload} /> : null}
      {error && isGone(error) ? (
        <p>
          {text('gone')} <Forget of={of} upload={upload} />
        </p>
      ) : null}
      {error && !isGone(error) ? <ProblemView error={error} again={() => void standing.refetch()} /> : null}
      {standing.isLoading ? <Skeleton rows={2} /> : null}
    </div>
  );
}

function Resume({ of, upload }: { of: Of; upload: KeptUpload }) {
  const text = useText(uploadText);
  const id = useId();
  return (
    <div className="stacked">
      <label htmlFor={id}>{text('choose', { name: upload.name })}</label>
      <div>
        <FilePick id={id} disabled={of.busy} once onFile={(file) => void (file && of.goOn(upload, file))} />
      </div>
      <p>
        <GiveUp of={of} id={upload.id} />
      </p>
    </div>
  );
}

function Whole({ of, upload, batch }: { of: Of; upload: KeptUpload; batch: string }) {
  const text = useText(uploadText);
  return (
    <p>
      {text('whole')} <Link to={`/operator/batches/${batch}`}>{text('see')}</Link> <Forget of={of} upload={upload} />
    </p>
  );
}

function Forget({ of, upload }: { of: Of; upload: KeptUpload }) {
  const text = useText(uploadText);
  return (
    <Button size="small" onClick={() => of.forget(upload.id)}>
      {text('remove')}
    </Button>
  );
}
