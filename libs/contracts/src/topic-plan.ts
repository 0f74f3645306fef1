/** How a topic lies on a bus that has partitions of its own. */
export interface TopicPlan {
  /** Keys are spread over so many lanes. Raising it moves keys between lanes: only on an empty topic. */
  partitions: number;
  /** A subscriber that was away for longer has to be rebuilt from the published views. Below the 14 days of inboxes. */
  retentionDays: number;
}

/** 16 lanes keep the copies of a service busy up to a city; a week covers a long holiday of an operator. */
const usual: TopicPlan = { partitions: 16, retentionDays: 7 };

const others: Record<string, TopicPlan> = {
  // By far the most events, each only a nudge to read again: more lanes, and a shorter memory.
  'ingestion.records.changed.v1': { partitions: 32, retentionDays: 3 },
  // Few, and looked at after days; the letter itself stays in the service's table.
  'messaging.event.parked.v1': { partitions: 4, retentionDays: 13 },
};

/** The plan of a topic, by its name. */
export const topicPlanOf = (topic: string): TopicPlan => others[topic] ?? usual;
