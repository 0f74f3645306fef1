import { defineEvent, field } from './event-definition.js';

/** Who keeps something that follows from records, and says how far it is with making it anew: `<service>.<what it keeps>`. */
export const rebuildFollowers = [
  'marketplace.matches',
  'profiling.profiles',
  'profiling.search',
  'supervision.figures',
] as const;
export type RebuildFollower = (typeof rebuildFollowers)[number];

/** Its own topic has no order with those of the single enterprises: the count says when all of them were heard. */
export const rebuildTold = defineEvent(
  'ingestion.rebuild.told.v1',
  'A rebuild has told of all its records, or was stopped: so many events of ingestion.records.retold.v1 belong to it.',
  'runId',
  {
    runId: field.uuid(),
    feed: field.code(),
    events: field.integer(0),
    records: field.integer(0),
    /** Who agreed to it. */
    by: field.uuid(),
  },
);

const followed = (service: string) =>
  defineEvent(
    `${service}.rebuild.followed.v1`,
    'How far a follower of records is with a rebuild. Counts are sums since its beginning: the largest is the newest.',
    'runId',
    {
      runId: field.uuid(),
      follower: field.choice(...rebuildFollowers),
      /** Events of the rebuild that it took in. */
      heard: field.integer(0),
      /** Enterprises, documents or acts made anew. */
      done: field.integer(0),
      total: field.orNull(field.integer(0)),
      ended: field.flag(),
    },
  );

export const marketplaceFollowed = followed('marketplace');
export const profilingFollowed = followed('profiling');
export const supervisionFollowed = followed('supervision');
