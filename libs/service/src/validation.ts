import { type InputFault, InvalidInput } from '@app/kernel';
import { type ArgumentMetadata, type Type, ValidationPipe } from '@nestjs/common';
import { getMetadataStorage, type ValidationError } from 'class-validator';

/** Checks bodies and queries against their request classes; unknown fields are faults, not silently dropped. */
export const validationPipe = (): ValidationPipe =>
  new CheckingPipe({
    whitelist: true,
    forbidNonWhitelisted: true,
    forbidUnknownValues: true,
    transform: true,
    stopAtFirstError: true,
    exceptionFactory: (errors) => new InvalidInput(errors.flatMap((error) => faultsOf(error, ''))),
  });

/** Optional fields may be left out or be null, which says the same: who reads a request meets the absent field only. */
class CheckingPipe extends ValidationPipe {
  override async transform(value: unknown, metadata: ArgumentMetadata): Promise<unknown> {
    const checked: unknown = await super.transform(value, metadata);
    // What is no request of ours, such as a file on its way, comes back as it is.
    if (checked !== value) dropNulls(checked);
    return checked;
  }
}

function dropNulls(checked: unknown): void {
  if (Array.isArray(checked)) return checked.forEach(dropNulls);
  // What is of no class of ours was taken as it is: rules as data keep their nulls.
  if (typeof checked !== 'object' || checked === null || checked.constructor === Object) return;
  const optional = optionalFieldsOf(checked.constructor as Type);
  for (const [name, value] of Object.entries(checked)) {
    if (value !== null) dropNulls(value);
    else if (optional.has(name)) Reflect.deleteProperty(checked, name);
  }
}

const known = new Map<Type, ReadonlySet<string>>();

/** Names of the fields with `@IsOptional`, looked up once for each request class. */
function optionalFieldsOf(request: Type): ReadonlySet<string> {
  const found = known.get(request);
  if (found) return found;
  const rules = getMetadataStorage().getTargetValidationMetadatas(request, '', true, false);
  const names = new Set(rules.filter(({ name }) => name === 'isOptional').map(({ propertyName }) => propertyName));
  known.set(request, names);
  return names;
}

function faultsOf(error: ValidationError, above: string): InputFault[] {
  const pointer = `${above}/${error.property.replaceAll('~', '~0').replaceAll('/', '~1')}`;
  const own = Object.values(error.constraints ?? {}).map((detail) => ({ pointer, detail }));
  return [...own, ...(error.children ?? []).flatMap((child) => faultsOf(child, pointer))];
}
