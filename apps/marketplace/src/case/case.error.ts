import { InvalidInput } from '@app/kernel';

export class OwnerAlready extends InvalidInput {
  override readonly code = 'MARKETPLACE.OWNER_ALREADY';
  constructor() {
    super([{ pointer: '/personId', detail: 'has this case already' }]);
  }
}
