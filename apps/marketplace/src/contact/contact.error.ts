import { InvalidInput } from '@app/kernel';

/** A stated time that cannot be: before the case began, or not yet. */
export class ImpossibleTime extends InvalidInput {
  override readonly code = 'MARKETPLACE.IMPOSSIBLE_TIME';
  constructor(pointer: string) {
    super([{ pointer, detail: 'must lie between the grab and now' }]);
  }
}
