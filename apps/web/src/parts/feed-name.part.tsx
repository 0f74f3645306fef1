import type { ReactNode } from 'react';

import { useFeedTitle } from '../client/feed-title.query.js';

/** A feed as people call it, and below it its name, or what else says which part of it is meant. */
export function FeedName({ feed, below }: { feed: string; below?: ReactNode }) {
  const title = useFeedTitle()(feed);
  return (
    <>
      {title}
      <p className="quiet">{below ?? <code>{feed}</code>}</p>
    </>
  );
}
