/** What an expression of PromQL speaks of: metrics with the labels that are asked of them, and labels it groups by. */
export interface Mentioned {
  metrics: { name: string; labels: string[] }[];
  /** In `by (…)`, `without (…)`, `on (…)` and the like: of any of the metrics. */
  grouping: string[];
}

const operators = new Set(['and', 'or', 'unless', 'bool', 'offset', 'inf', 'nan']);
const groupings = new Set(['by', 'without', 'on', 'ignoring', 'group_left', 'group_right']);
/** What a name is followed by when it is that of a function or an aggregation. */
const callMarks = new Set(['(', 'by', 'without']);

const token =
  /\s+|"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'|\[[^\]]*\]|[a-zA-Z_:][\w:]*|\d+(?:\.\d+)?(?:e[+-]?\d+)?|[{}(),]|[=!<>~+\-*/%^]+/y;

function tokensOf(expression: string): string[] {
  const found: string[] = [];
  token.lastIndex = 0;
  while (token.lastIndex < expression.length) {
    const at = token.lastIndex;
    const [text] = token.exec(expression) ?? [];
    if (text === undefined) throw new Error(`PromQL: cannot read "${expression.slice(at, at + 20)}"`);
    if (text.trim() !== '') found.push(text);
  }
  return found;
}

/** Names within the brackets that open at `from`, and where they close. Matchers are `name op "value"`. */
function namesWithin(tokens: string[], from: number, close: string): { names: string[]; end: number } {
  const end = tokens.indexOf(close, from);
  if (end < 0) throw new Error(`PromQL: ${close} is missing`);
  return { names: tokens.slice(from + 1, end).filter((text) => /^[a-zA-Z_]\w*$/.test(text)), end };
}

/**
 * Names only: whether the expression is right, and whether these are its names, is promtool's to say
 * (test/cluster/prometheus.e2e-spec.ts), which is not at hand wherever the names are compared with running services.
 */
export function mentionedBy(expression: string): Mentioned {
  const tokens = tokensOf(expression);
  const mentioned: Mentioned = { metrics: [], grouping: [] };
  for (let at = 0; at < tokens.length; at += 1) {
    const text = tokens[at]!;
    if (!/^[a-zA-Z_:]/.test(text) || operators.has(text)) continue;
    if (groupings.has(text)) {
      const { names, end } = namesWithin(tokens, at + 1, ')');
      mentioned.grouping.push(...names);
      at = end;
    } else if (callMarks.has(tokens[at + 1] ?? '')) continue;
    else if (tokens[at + 1] === '{') {
      const { names, end } = namesWithin(tokens, at + 1, '}');
      mentioned.metrics.push({ name: text, labels: names });
      at = end;
    } else mentioned.metrics.push({ name: text, labels: [] });
  }
  return mentioned;
}
