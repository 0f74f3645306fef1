import { useText } from '../frame/language.part.js';
import type { Message, WebhookKind } from './webhook.query.js';
import { webhookText } from './webhook.text.js';

/** What a message is about; a test is no kind of notice. */
export function useKindWords() {
  const text = useText(webhookText);
  return ({ kind }: Message) => (kind === 'ping' ? text('message.ping') : text(`kind.${kind as WebhookKind}`));
}
