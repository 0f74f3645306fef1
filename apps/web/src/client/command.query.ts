import { useMutation, useQueryClient, type UseMutationResult } from '@tanstack/react-query';
import { useState } from 'react';

import { Intention, isOpen, makeKey } from './intention.query.js';

interface Command<Input, Output> {
  /** Sends the command; the key must go along as `Idempotency-Key`. */
  readonly send: (input: Input, key: string) => Promise<Output>;
  /** First parts of the query keys that this command makes out of date. */
  readonly changes?: readonly string[];
  readonly onDone?: (output: Output, input: Input) => void;
}

/** A state-changing act: never optimistic, one key for one intention, a lost answer is asked for again with the same key. */
export function useCommand<Input, Output>(command: Command<Input, Output>): UseMutationResult<Output, Error, Input> {
  const client = useQueryClient();
  const [intention] = useState(() => new Intention(makeKey));
  return useMutation({
    mutationFn: (input: Input) => command.send(input, intention.keyFor(input)),
    retry: (failures, error) => failures < 3 && isOpen(error),
    retryDelay: (failures) => Math.min(600 * 2 ** failures, 5_000),
    onSettled: (_output, error) => intention.settle(error),
    onSuccess: async (output, input) => {
      await Promise.all((command.changes ?? []).map((key) => client.invalidateQueries({ queryKey: [key] })));
      command.onDone?.(output, input);
    },
  });
}
