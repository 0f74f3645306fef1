import { AppError } from '@app/kernel';

export class DeliveryNotFound extends AppError {
  override readonly code = 'NOTIFICATION.DELIVERY_NOT_FOUND';
  constructor() {
    super('not-found', 'there is no such delivery');
  }
}

export class NotParked extends AppError {
  override readonly code = 'NOTIFICATION.NOT_PARKED';
  constructor() {
    super('conflict', 'only what is parked can be sent again');
  }
}
