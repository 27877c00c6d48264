/** One line of the result. Times in ms, memory in MB, rates in letters per second. */
export interface Figure {
  readonly key: string
  readonly label: string
  readonly value: number
  readonly unit: 'ms' | 's' | 'MB' | '/s'
  /** The bare thing beside it, in the same unit. */
  readonly bare?: number
  readonly ratio?: number
  /** What the ratio, or the value where there is none, must keep; null for a figure that is only told. */
  readonly target: string | null
  readonly met: boolean | null
  readonly more?: Readonly<Record<string, number>>
}

const round = (value: number, digits = 2) => Number(value.toFixed(digits))

export function figure(given: Omit<Figure, 'met' | 'target'> & { atMost?: number; atLeast?: number }): Figure {
  const { atMost, atLeast, ...rest } = given
  const judged = rest.ratio ?? rest.value
  const times = rest.ratio === undefined ? rest.unit : 'x'
  const target =
    atMost !== undefined ? `<= ${atMost} ${times}` : atLeast !== undefined ? `>= ${atLeast} ${times}` : null
  const met = atMost !== undefined ? judged <= atMost : atLeast !== undefined ? judged >= atLeast : null
  return {
    ...rest,
    value: round(rest.value),
    ...(rest.bare === undefined ? {} : { bare: round(rest.bare) }),
    ...(rest.ratio === undefined ? {} : { ratio: round(rest.ratio) }),
    ...(rest.more ? { more: Object.fromEntries(Object.entries(rest.more).map(([k, v]) => [k, round(v)])) } : {}),
    target,
    met,
  }
}

/** The figure as a line of the table. */
export function line(f: Figure): string {
  const number = (value: number | undefined, unit: string) => (value === undefined ? '' : `${value.toFixed(1)} ${unit}`)
  return [
    f.label.padEnd(52),
    number(f.value, f.unit).padStart(11),
    (f.bare === undefined ? '' : number(f.bare, f.unit)).padStart(11),
    (f.ratio === undefined ? '' : `${f.ratio.toFixed(2)} x`).padStart(9),
    (f.target ?? '').padStart(11),
    f.met === null ? '' : f.met ? '  met' : '  MISSED',
  ].join(' ')
}
