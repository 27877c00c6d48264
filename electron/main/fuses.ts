import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'

/**
 * Electron's fuses: switches inside the packaged program that nobody can turn without breaking its signature. Every
 * fuse of the program's Electron must be named here, so that a new one is decided about and not overlooked. By place
 * on the wire.
 */
export const FUSES: readonly (readonly [name: string, on: boolean])[] = [
  ['RunAsNode', false],
  ['EnableCookieEncryption', true],
  ['EnableNodeOptionsEnvironmentVariable', false],
  ['EnableNodeCliInspectArguments', false],
  ['EnableEmbeddedAsarIntegrityValidation', true],
  ['OnlyLoadAppFromAsar', true],
  ['LoadBrowserProcessSpecificV8Snapshot', false],
  ['GrantFileProtocolExtraPrivileges', false],
  ['WasmTrapHandlers', true],
]

const SENTINEL = 'dL7pKGdnNz796PbbjQWNKmHXBZaB9tsX'
const STATES: Readonly<Record<number, boolean | 'removed'>> = { 0x30: false, 0x31: true, 0x72: 'removed' }
/** Older Electrons end here; they may serve tests and are never shipped. */
const OLDEST_WIRE = 8

export interface PackagedProgram {
  readonly appOutDir: string
  readonly electronPlatformName: string
  /** Its name without an ending. */
  readonly executable: string
}

/** The file of a packaged program that carries the fuses. */
export function fuseFile({ appOutDir, electronPlatformName, executable }: PackagedProgram): string {
  if (electronPlatformName === 'darwin' || electronPlatformName === 'mas') {
    const framework = 'Contents/Frameworks/Electron Framework.framework/Electron Framework'
    return join(appOutDir, `${executable}.app`, framework)
  }
  return join(appOutDir, electronPlatformName === 'win32' ? `${executable}.exe` : executable)
}

/** Sets every fuse as in the table; throws where the program has one that the table does not name. */
export async function setFuses(file: string): Promise<void> {
  const bytes = await readFile(file)
  for (const wire of wires(bytes, file)) {
    for (const [i, [, on]] of FUSES.slice(0, wire.length).entries()) bytes[wire.start + i] = on ? 0x31 : 0x30
  }
  await writeFile(file, bytes)
}

/** The fuses as they are, by name. */
export async function readFuses(file: string): Promise<Record<string, boolean | 'removed' | undefined>> {
  const bytes = await readFile(file)
  const [wire] = wires(bytes, file)
  if (!wire) return {}
  return Object.fromEntries(FUSES.slice(0, wire.length).map(([name], i) => [name, STATES[bytes[wire.start + i] ?? 0]]))
}

/** A universal program has two of them. */
function wires(bytes: Buffer, file: string): { start: number; length: number }[] {
  const found: { start: number; length: number }[] = []
  for (let at = bytes.indexOf(SENTINEL); at !== -1; at = bytes.indexOf(SENTINEL, at + 1)) {
    const version = bytes[at + SENTINEL.length]
    const length = bytes[at + SENTINEL.length + 1] ?? 0
    if (version !== 1 || length < OLDEST_WIRE || length > FUSES.length) {
      throw new Error(`${file}: fuses of version ${version}, ${length} of them; the table names ${FUSES.length}`)
    }
    found.push({ start: at + SENTINEL.length + 2, length })
  }
  if (found.length === 0) throw new Error(`${file} has no fuses`)
  return found
}
