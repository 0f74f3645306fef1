import { integerSetting } from '@app/config';

/**
 * What is not kept is counted act by act, in time that grows with the city. A person waits so long and no longer, and
 * proxies give up after a minute; work that nobody waits for any more must not hold a connection and a core.
 */
export const countTimeoutMs = (): number => integerSetting('COUNT_TIMEOUT_MS', 15_000, { min: 100, max: 55_000 });
