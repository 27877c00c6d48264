import { parseArgs } from 'node:util'

export const USAGE = `usage: npm run demo -- --out DIR [--customers N] [--instalments N]

Fills a firm in a temporary encrypted file and writes its documents and manifest.json to DIR.

  --out DIR        where the documents go; made where it is missing
  --customers N    how many customers the firm has in all: 100 to 200000; without it 60, or a tenth of the instalments
  --instalments N  how many instalments the firm has in all: 1000 to 2000000; without it those of the sample, or ten to
                   a customer
  --help           shows this

In a larger firm the letters are those of the sample's own customers; the workbook counts everything.
`

/** How large the whole firm shall be, the sample in it included. */
export interface FirmSize {
  readonly customers: number
  readonly instalments: number
}

export type DemoArguments =
  | { readonly run: 'help' }
  | { readonly run: 'demo'; readonly out: string; readonly size: FirmSize | null }
  | { readonly run: 'nothing'; readonly problem: string }

/** The lower ends hold the sample firm and leave something to add; the upper ones are twice what lists are measured at. */
const LIMITS = { customers: [100, 200_000], instalments: [1000, 2_000_000] } as const
const INSTALMENTS_EACH = 10

/** What the command line asks for; `problem` is a sentence for whoever typed it. */
export function demoArguments(args: readonly string[]): DemoArguments {
  const text = { type: 'string' } as const
  try {
    const { values } = parseArgs({
      args: [...args],
      options: { out: text, customers: text, instalments: text, help: { type: 'boolean', short: 'h' } },
    })
    if (values.help) return { run: 'help' }
    if (!values.out) return { run: 'nothing', problem: '--out is missing: name the folder for the documents.' }
    const customers = wholeNumber('customers', values.customers)
    const instalments = wholeNumber('instalments', values.instalments)
    return { run: 'demo', out: values.out, size: sizeOf(customers, instalments) }
  } catch (error) {
    return { run: 'nothing', problem: error instanceof Error ? error.message : String(error) }
  }
}

function sizeOf(customers: number | null, instalments: number | null): FirmSize | null {
  if (customers !== null)
    return { customers, instalments: instalments ?? within('instalments', customers * INSTALMENTS_EACH) }
  if (instalments !== null) return { customers: within('customers', instalments / INSTALMENTS_EACH), instalments }
  return null
}

function within(what: keyof FirmSize, wanted: number): number {
  const [least, most] = LIMITS[what]
  return Math.min(most, Math.max(least, Math.ceil(wanted)))
}

function wholeNumber(what: keyof FirmSize, text: string | undefined): number | null {
  if (text === undefined) return null
  const [least, most] = LIMITS[what]
  const value = /^\d{1,9}$/.test(text) ? Number(text) : Number.NaN
  if (value >= least && value <= most) return value
  throw new Error(`--${what} must be a whole number from ${least} to ${most}, not '${text}'.`)
}
