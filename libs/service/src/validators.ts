import { checkUscc, parseDay, parseFen } from '@app/kernel';
import { applyDecorators } from '@nestjs/common';
import { ApiProperty } from '@nestjs/swagger';
import { registerDecorator, type ValidationOptions } from 'class-validator';

type Check = (value: unknown) => boolean;

const validator =
  (name: string, message: string, validate: Check) =>
  (options?: ValidationOptions): PropertyDecorator =>
  (target, propertyName) =>
    registerDecorator({
      name,
      target: target.constructor,
      propertyName: String(propertyName),
      options: { message: `$property ${message}`, ...options },
      validator: { validate },
    });

/** A string of whole fen within bounds (both included), such as "500000000" for 500 万元. */
export const IsFen = (bounds: { min: bigint; max: bigint }): PropertyDecorator =>
  applyDecorators(
    ApiProperty({
      type: String,
      pattern: '^(0|[1-9][0-9]{0,17})$',
      example: '500000000',
      description: 'Whole fen.',
    }) as PropertyDecorator,
    validator('isFen', `must be a string of whole fen from ${bounds.min} to ${bounds.max}`, (value) => {
      const fen = typeof value === 'string' ? parseFen(value) : undefined;
      return fen !== undefined && fen >= bounds.min && fen <= bounds.max;
    })(),
  );

/** A real calendar day `YYYY-MM-DD`. */
export const IsDay = (): PropertyDecorator =>
  applyDecorators(
    ApiProperty({ type: String, format: 'date', example: '2026-11-23' }) as PropertyDecorator,
    validator(
      'isDay',
      'must be a real day written YYYY-MM-DD',
      (value) => typeof value === 'string' && /^\d{4}-\d{2}-\d{2}$/.test(value) && parseDay(value) !== undefined,
    )(),
  );

const instant = /^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d{1,9})?)?(Z|[+-]\d\d:\d\d)$/;

/** An instant with its offset. ISO 8601 knows weeks, days of the year and halves of hours as well, which no clock here reads. */
export const IsInstant = (): PropertyDecorator =>
  applyDecorators(
    ApiProperty({ type: String, format: 'date-time', example: '2026-03-01T08:00:00+08:00' }) as PropertyDecorator,
    validator(
      'isInstant',
      'must be an instant with its offset, such as 2026-03-01T08:00:00+08:00',
      (value) =>
        typeof value === 'string' &&
        instant.test(value) &&
        parseDay(value.slice(0, 10)) !== undefined &&
        !Number.isNaN(Date.parse(value)),
    )(),
  );

/** A valid unified social credit code (GB 32100-2015), as written or after normalisation. */
export const IsUscc = (): PropertyDecorator =>
  applyDecorators(
    ApiProperty({ type: String, minLength: 18, example: '91320505MA1XT00150' }) as PropertyDecorator,
    validator(
      'isUscc',
      'must be a unified social credit code of 18 characters whose check character is right',
      (value) => typeof value === 'string' && value.length <= 64 && checkUscc(value).valid,
    )(),
  );

/** Signs that turn the direction of what follows: a reader would see another text than the one that is kept. */
const turning = /[\u202a-\u202e\u2066-\u2069]/u;

/** Text with something to see in it, without control characters. */
export const IsPlainText = (minLength: number, maxLength: number): PropertyDecorator =>
  applyDecorators(
    ApiProperty({ type: String, minLength, maxLength }) as PropertyDecorator,
    validator(
      'isPlainText',
      `must be text of ${minLength} to ${maxLength} characters without control characters`,
      (value) => {
        if (typeof value !== 'string' || /\p{Cc}/u.test(value.replaceAll(/[\n\t]/g, ''))) return false;
        if (turning.test(value)) return false;
        const visible = Array.from(value.replaceAll(/[\p{Cf}\s]/gu, '')).length;
        return visible >= Math.min(minLength, 1) && isWithin(Array.from(value.trim()).length, minLength, maxLength);
      },
    )(),
  );

const isWithin = (length: number, min: number, max: number): boolean => length >= min && length <= max;
