/** Why somebody else's Kafka does not let us read, as far as a person can do something about it. */
export type TopicTrouble = 'REFUSED' | 'CERTIFICATE' | 'NO_TLS' | 'FORBIDDEN' | 'NO_TOPIC' | 'AWAY';

interface Fault {
  name?: unknown;
  code?: unknown;
  type?: unknown;
  cause?: unknown;
}

/** The client wraps what went wrong in what it did about it; deeper than this it never was. */
const depthMax = 6;
const certificate = /CERT|SELF_SIGNED|VERIFY|ALTNAME/;
const byType: Record<string, TopicTrouble> = {
  SASL_AUTHENTICATION_FAILED: 'REFUSED',
  TOPIC_AUTHORIZATION_FAILED: 'FORBIDDEN',
  GROUP_AUTHORIZATION_FAILED: 'FORBIDDEN',
  UNKNOWN_TOPIC_OR_PARTITION: 'NO_TOPIC',
};
const byName: Record<string, TopicTrouble> = {
  KafkaJSSASLAuthenticationError: 'REFUSED',
  KafkaJSTopicMetadataNotLoaded: 'NO_TOPIC',
  KafkaJSConnectionError: 'AWAY',
  KafkaJSConnectionClosedError: 'AWAY',
  KafkaJSBrokerNotFound: 'AWAY',
};

/** undefined: something else, which only the log can tell. */
export function topicTroubleOf(error: unknown): TopicTrouble | undefined {
  let fault = error as Fault | undefined;
  for (let depth = 0; depth < depthMax && typeof fault === 'object' && fault !== null; depth += 1) {
    const found = troubleOf(fault);
    if (found) return found;
    fault = fault.cause as Fault | undefined;
  }
  return undefined;
}

function troubleOf({ name, code, type }: Fault): TopicTrouble | undefined {
  const said = byType[String(type)] ?? byName[String(name)];
  if (said && said !== 'AWAY') return said;
  return (typeof code === 'string' ? byCode(code) : undefined) ?? said;
}

const byCode = (code: string): TopicTrouble | undefined => {
  if (certificate.test(code)) return 'CERTIFICATE';
  return code.startsWith('ERR_SSL') ? 'NO_TLS' : undefined;
};
