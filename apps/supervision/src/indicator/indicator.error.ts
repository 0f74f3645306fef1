import { AppError } from '@app/kernel';

export class TooMuchToCount extends AppError {
  override readonly code = 'SUPERVISION.TOO_MUCH_TO_COUNT';
  constructor(limitMs: number) {
    super(
      'invalid',
      `these figures are not kept and counting them took more than ${limitMs / 1_000} s: ask for a shorter period, or ` +
        'for whole months with one filter and no more',
    );
  }
}
