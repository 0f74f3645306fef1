import * as contracts from './index.js';

/** Inboxes remember for 14 days: a copy that the bus still has must be known as one. */
const inboxDays = 14;

const topics = Object.values<unknown>(contracts)
  .filter(
    (value): value is contracts.EventDefinition => typeof value === 'object' && value !== null && 'topic' in value,
  )
  .map(({ topic }) => topic);

describe('the plan of topics', () => {
  it('forgets every topic before inboxes forget its events', () => {
    const late = topics.filter((topic) => contracts.topicPlanOf(topic).retentionDays >= inboxDays);
    expect(late).toEqual([]);
  });

  it('is about topics that there are', () => {
    const special = ['ingestion.records.changed.v1', 'messaging.event.parked.v1'];
    expect(special.filter((topic) => !topics.includes(topic))).toEqual([]);
    expect(contracts.topicPlanOf('ingestion.records.changed.v1').partitions).toBe(32);
    expect(contracts.topicPlanOf('marketplace.need.changed.v1').partitions).toBe(16);
    expect(contracts.topicPlanOf('identity.person.suspended.v1').partitions).toBe(8);
  });
});
