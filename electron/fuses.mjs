// Electron's fuses: switches inside the packaged program that nobody can turn without breaking its signature. Every fuse
// of the program's Electron must be named here, so that a new one is decided about and not overlooked.
import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'

/** By place on the wire. */
export const FUSES = [
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
const STATES = { 0x30: false, 0x31: true, 0x72: 'removed' }
/** Older Electrons end here; they may serve tests and are never shipped. */
const OLDEST_WIRE = 8

/** The file of a packaged program that carries the fuses. */
export function fuseFile({ appOutDir, electronPlatformName, executable }) {
  if (electronPlatformName === 'darwin' || electronPlatformName === 'mas') {
    const framework = 'Contents/Frameworks/Electron Framework.framework/Electron Framework'
    return join(appOutDir, `${executable}.app`, framework)
  }
  return join(appOutDir, electronPlatformName === 'win32' ? `${executable}.exe` : executable)
}

/** Sets every fuse as in the table; throws where the program has one that the table does not name. */
export async function setFuses(file) {
  const bytes = await readFile(file)
  for (const wire of wires(bytes, file)) {
    for (let i = 0; i < wire.length; i++) bytes[wire.start + i] = FUSES[i][1] ? 0x31 : 0x30
  }
  await writeFile(file, bytes)
}

/** The fuses as they are, by name. */
export async function readFuses(file) {
  const bytes = await readFile(file)
  const [wire] = wires(bytes, file)
  return Object.fromEntries(FUSES.slice(0, wire.length).map(([name], i) => [name, STATES[bytes[wire.start + i]]]))
}

/** A universal program has two of them. */
function wires(bytes, file) {
  const found = []
  for (let at = bytes.indexOf(SENTINEL); at !== -1; at = bytes.indexOf(SENTINEL, at + 1)) {
    const version = bytes[at + SENTINEL.length]
    const length = bytes[at + SENTINEL.length + 1]
    if (version !== 1 || length < OLDEST_WIRE || length > FUSES.length) {
      throw new Error(`${file}: fuses of version ${version}, ${length} of them; the table names ${FUSES.length}`)
    }
    found.push({ start: at + SENTINEL.length + 2, length })
  }
  if (found.length === 0) throw new Error(`${file} has no fuses`)
  return found
}
