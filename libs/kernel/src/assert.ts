/**
 * A promise that our own code made to itself and broke: never the fault of a caller, always worth a 500 and a look.
 */
export class BrokenInvariant extends Error {
  override readonly name = 'BrokenInvariant';
}

/** Gives `value` back without null and undefined; throws BrokenInvariant with `message` otherwise. */
export function must<T>(value: T, message: string): NonNullable<T> {
  if (value === null || value === undefined) throw new BrokenInvariant(message);
  return value;
}

/**
 * The last branch of an exhaustive switch: does not compile while a case is missing, and throws should data lie.
 */
export function never(value: never): never {
  throw new BrokenInvariant(`a case that should not exist: ${String(value)}`);
}
