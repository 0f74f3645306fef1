import { type TopicTrouble, topicTroubleOf } from '@app/messaging';

/** What an operator reads on the page: what is wrong, and who can mend it. No word of secrets. */
const texts: Record<TopicTrouble, string> = {
  REFUSED:
    "the source's Kafka refused our name or password: compare the connector's settings with what the source gave",
  CERTIFICATE:
    "the certificate of the source's Kafka is not one that we trust: check the connector's ca, the host name and its days",
  NO_TLS: "the source's Kafka does not speak TLS at this address: check the port, or the connector's tls",
  FORBIDDEN: 'our account may not read the topic, or not under this group: the source has to allow it',
  NO_TOPIC: "the source's Kafka has no such topic, or does not show it to our account",
  AWAY: "no broker of the source's Kafka answers at the addresses that are set",
};

export const troubleText = (error: unknown): string => {
  const trouble = topicTroubleOf(error);
  return trouble ? texts[trouble] : 'the topic cannot be read right now';
};
