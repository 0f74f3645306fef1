/** How a topic lies on a bus that has partitions of its own. */
export interface TopicPlan {
  /** Keys are spread over so many lanes. Raising it moves keys between lanes: only on an empty topic. */
  partitions: number;
  /** A subscriber that was away for longer has to be rebuilt from the published views. Below the 14 days of inboxes. */
  retentionDays: number;
}

/** Eight lanes keep four copies of a service busy, two lanes each; a week covers a long holiday of an operator. */
const usual: TopicPlan = { partitions: 8, retentionDays: 7 };
/** What follows from every act of the market, and from every scoring. */
const busy: TopicPlan = { ...usual, partitions: 16 };

const others: Record<string, TopicPlan> = {
  // By far the most events, each only a nudge to read again: more lanes, and a shorter memory.
  'ingestion.records.changed.v1': { partitions: 32, retentionDays: 3 },
  'profiling.profile.updated.v1': busy,
  'marketplace.need.changed.v1': busy,
  'marketplace.grab.changed.v1': busy,
  'marketplace.offer.changed.v1': busy,
  'marketplace.disbursement.reported.v1': busy,
  // Few, and looked at after days; the letter itself stays in the service's table.
  'messaging.event.parked.v1': { partitions: 4, retentionDays: 13 },
};

/** The plan of a topic, by its name. */
export const topicPlanOf = (topic: string): TopicPlan => others[topic] ?? usual;
