import { AppError } from '@app/kernel';

export class TextOutdated extends AppError {
  override readonly code = 'CREDIT.TEXT_OUTDATED';
  constructor(version: string) {
    super('conflict', `the text of authorisations has changed to version ${version}: read it, then sign again`);
  }
}
