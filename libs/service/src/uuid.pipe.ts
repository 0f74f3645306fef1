import { NotFound } from '@app/kernel';
import { Injectable, type PipeTransform } from '@nestjs/common';

const pattern = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

/** An id in a path: what cannot be an id of ours names nothing. */
@Injectable()
export class UuidPipe implements PipeTransform<string, string> {
  transform(value: string): string {
    if (!pattern.test(value)) throw new NotFound('thing');
    return value.toLowerCase();
  }
}
