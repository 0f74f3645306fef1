/** Of what kind a figure is, and so what it is typed into: yes, no or not known; a number of things; money in whole fen. */
export type FigureKind = 'flag' | 'count' | 'money';
export type FigureValue = string | number | boolean | null;

export interface FigureGroup {
  readonly group: 'people' | 'books' | 'rights' | 'conduct' | 'direct';
  readonly figures: readonly { readonly name: FigureName; readonly kind: FigureKind }[];
}

const of = <Kind extends FigureKind, Name extends string>(kind: Kind, ...names: Name[]) =>
  names.map((name) => ({ name, kind }));

const technologySme = {
  people: of('count', 'employees', 'rdStaff'),
  books: of('money', 'salesFen', 'costFen', 'rdFen', 'assetsFen'),
  rights: of('count', 'class1Ip', 'class2Ip'),
  conduct: of(
    'flag',
    'residentInChina',
    'prohibitedProducts',
    'majorAccidentOrOffence',
    'abnormalList',
    'seriousBreachList',
  ),
  direct: of(
    'flag',
    'direct.hitechCertValid',
    'direct.nationalAwardTop3In5y',
    'direct.provincialRdBody',
    'direct.ledStandardIn5y',
  ),
};

export type FigureName = (typeof technologySme)[keyof typeof technologySme][number]['name'];
export type Figures = Readonly<Partial<Record<FigureName, FigureValue>>>;

/** The figures that each official rule set asks for, in the order in which a person has them at hand. */
export const ruleSets = { 'technology-sme': technologySme } as const;
export type RuleSetCode = keyof typeof ruleSets;
export const ruleSetCodes = Object.keys(ruleSets) as RuleSetCode[];

export function groupsOf(ruleSet: RuleSetCode): FigureGroup[] {
  return Object.entries(ruleSets[ruleSet]).map(([group, figures]) => ({
    group: group as FigureGroup['group'],
    figures,
  }));
}

const namesOf = (ruleSet: RuleSetCode): FigureName[] =>
  groupsOf(ruleSet).flatMap(({ figures }) => figures.map(({ name }) => name));

/** Figures as the service takes them: what nobody filled in is not known, `direct.x` stands within `direct`. */
export function bodyOf(ruleSet: RuleSetCode, typed: Figures): Record<string, unknown> {
  const body: Record<string, unknown> = {};
  const direct: Record<string, FigureValue> = {};
  for (const name of namesOf(ruleSet)) {
    const value = typed[name] ?? null;
    if (name.startsWith('direct.')) direct[name.slice('direct.'.length)] = value;
    else body[name] = value;
  }
  return Object.keys(direct).length > 0 ? { ...body, direct } : body;
}

interface RecordFigure {
  readonly name: string;
  readonly value: FigureValue;
}

/** What the records say, for a form that is filled in already; names that the form does not ask for are left out. */
export function recordedOf(ruleSet: RuleSetCode, figures: readonly RecordFigure[]): Figures {
  const known = new Map(figures.map(({ name, value }) => [name, value]));
  return Object.fromEntries(namesOf(ruleSet).map((name) => [name, known.get(name) ?? null]));
}

/** The figures in which a person departs from the records, in the order of the form. */
export function differing(ruleSet: RuleSetCode, typed: Figures, recorded: Figures): FigureName[] {
  return namesOf(ruleSet).filter((name) => (typed[name] ?? null) !== (recorded[name] ?? null));
}
