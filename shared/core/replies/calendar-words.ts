/** Weekdays in English and Spanish without accents, Monday is 0. */
export const weekdays: ReadonlyMap<string, number> = byName([
  ['monday', 'mon', 'lunes'],
  ['tuesday', 'tues', 'tue', 'martes'],
  ['wednesday', 'wed', 'weds', 'miercoles'],
  ['thursday', 'thurs', 'thur', 'thu', 'jueves'],
  ['friday', 'fri', 'viernes', 'vier', 'firday', 'fryday', 'firday'],
  ['saturday', 'sat', 'sabado'],
  ['sunday', 'sun', 'domingo'],
]);

/** Months, January is 0. */
export const months: ReadonlyMap<string, number> = byName([
  ['january', 'jan', 'enero', 'ene'],
  ['february', 'feb', 'febrero'],
  ['march', 'mar', 'marzo'],
  ['april', 'apr', 'abril', 'abr'],
  ['may', 'mayo'],
  ['june', 'jun', 'junio'],
  ['july', 'jul', 'julio'],
  ['august', 'aug', 'agosto', 'ago'],
  ['september', 'sept', 'sep', 'septiembre', 'setiembre'],
  ['october', 'oct', 'octubre'],
  ['november', 'nov', 'noviembre'],
  ['december', 'dec', 'diciembre', 'dic'],
]);

/** Days from today by phrase; the longest that fits is taken. */
export const relativeDays: readonly (readonly [readonly string[], number])[] = [
  [['day', 'after', 'tomorrow'], 2],
  [['day', 'after', 'tmrw'], 2],
  [['pasado', 'manana'], 2],
  [['day', 'before', 'yesterday'], -2],
  [['antes', 'de', 'ayer'], -2],
  ...['today', 'tonight', 'tonite', 'tdy', '2day', 'hoy', 'todaytonight'].map((word) => [[word], 0] as const),
  ...[
    'tomorrow',
    'tmrw',
    'tmr',
    'tmw',
    'tommorow',
    'tomorow',
    'tommorrow',
    'tomoro',
    'tomorro',
    'tomrrow',
    'manana',
  ].map((word) => [[word], 1] as const),
  ...['yesterday', 'ystrday', 'yday', 'ayer', 'anoche'].map((word) => [[word], -1] as const),
  [['anteayer'], -2],
  [['antier'], -2],
];

export const lastWords = new Set(['last', 'past', 'pasado', 'pasada', 'previous', 'ultimo']);
export const nextWords = new Set(['next', 'nxt', 'proximo', 'prox', 'proxima']);

function byName(lists: readonly (readonly string[])[]): ReadonlyMap<string, number> {
  return new Map(lists.flatMap((names, index) => names.map((name) => [name, index] as const)));
}

/** The end of a month in words, and how many months later it is. */
export const monthEnds: readonly (readonly [readonly string[], number])[] = [
  [['end', 'of', 'next', 'month'], 1],
  [['fin', 'del', 'proximo', 'mes'], 1],
  [['fines', 'del', 'proximo', 'mes'], 1],
  [['fin', 'de', 'mes', 'proximo'], 1],
  [['end', 'of', 'the', 'month'], 0],
  [['end', 'of', 'this', 'month'], 0],
  [['end', 'of', 'month'], 0],
  [['end', 'of', 'da', 'month'], 0],
  [['last', 'day', 'of', 'the', 'month'], 0],
  [['last', 'of', 'the', 'month'], 0],
  [['months', 'end'], 0],
  [['month', 'end'], 0],
  [['monthend'], 0],
  [['eom'], 0],
  ...['fin', 'fines', 'final', 'finales'].flatMap((end) =>
    [['de', 'mes'], ['de', 'este', 'mes'], ['del', 'mes'], ['del', 'presente', 'mes']].map((rest) => [[end, ...rest], 0] as const),
  ),
  [['ultimo', 'dia', 'del', 'mes'], 0],
  [['ultimo', 'de', 'mes'], 0],
  [['ultimo', 'del', 'mes'], 0],
]; // prettier-ignore

/** All of them, so that none is taken for a misspelling of something else. */
export function calendarWords(): readonly string[] {
  return [
    ...weekdays.keys(),
    ...months.keys(),
    ...relativeDays.flatMap(([words]) => words),
    ...lastWords,
    ...nextWords,
  ];
}
