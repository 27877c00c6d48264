/** Why a data file does not open; each has a sentence and a way out on the recovery screen. */
export type FaultKind =
  | 'missing'
  | 'empty'
  | 'truncated'
  | 'foreign'
  | 'newer'
  | 'wrong-key'
  | 'damaged'
  | 'rolled-back'
  | 'busy'
  | 'unsupported-place'

export class StoreFault extends Error {
  readonly kind: FaultKind
  /** For a newer file: how many migrations it has. */
  readonly fileVersion: string | null

  constructor(kind: FaultKind, options: { fileVersion?: string; cause?: unknown } = {}) {
    super(`the data file is ${kind}`, { cause: options.cause })
    this.name = 'StoreFault'
    this.kind = kind
    this.fileVersion = options.fileVersion ?? null
  }
}
