import { Type } from 'class-transformer';
import { IsArray, IsInt, IsObject, IsOptional, IsString, ValidateIf, ValidateNested } from 'class-validator';

import { validationPipe } from './validation.js';

class PartRequest {
  @IsString()
  name: string;

  @IsOptional()
  @IsInt()
  size?: number;
}

class WholeRequest extends PartRequest {
  @IsOptional()
  @IsArray()
  @ValidateNested({ each: true })
  @Type(() => PartRequest)
  parts?: PartRequest[];

  @IsOptional()
  @IsObject()
  rule?: object;

  /** null ends something here: it says so itself. */
  @ValidateIf(({ until }: WholeRequest) => until !== null)
  @IsString()
  until: string | null;
}

const read = (body: object) => validationPipe().transform(body, { type: 'body', metatype: WholeRequest });

describe('a request as it is read', () => {
  it('does not tell an optional field that is null from one that is left out, however deep', async () => {
    const body = { name: 'a', size: null, parts: [{ name: 'b', size: null }], until: '2026' };
    expect(await read(body)).toStrictEqual(
      Object.assign(new WholeRequest(), {
        name: 'a',
        parts: [Object.assign(new PartRequest(), { name: 'b' })],
        until: '2026',
      }),
    );
  });

  it('keeps null where it has a meaning, and in what is data', async () => {
    const kept: unknown = await read({ name: 'a', rule: { value: null }, until: null });
    expect(kept).toMatchObject({ rule: { value: null }, until: null });
  });

  it('still wants what is not optional', async () => {
    await expect(read({ name: null, until: null })).rejects.toMatchObject({ errors: [{ pointer: '/name' }] });
  });
});
