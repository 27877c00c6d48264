import { execFile, execFileSync } from 'node:child_process'
import { existsSync, realpathSync } from 'node:fs'
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { promisify } from 'node:util'
import { onPath } from '#main/programs.ts'
import { readTable } from '#workers/read-table.ts'

const run = promisify(execFile)

/** By itself LibreOffice trusts the stored values of a workbook; 0 means: calculate always. */
const SETTINGS = `<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
<item oor:path="/org.openoffice.Office.Calc/Formula/Load"><prop oor:name="OOXMLRecalcMode" oor:op="fuse"><value>0</value></prop></item>
</oor:items>`
let found: boolean | undefined

/** True where LibreOffice is installed; says why a check is passed over where it is not. */
export function hasLibreOffice(): boolean {
  if (found === undefined) {
    try {
      execFileSync('soffice', ['--version'], { stdio: 'ignore' })
      found = true
    } catch {
      found = false
      process.stderr.write('LibreOffice (soffice) is not installed: recalculation by a second program is passed over\n')
    }
  }
  return found
}

/** True where its part for texts is there too; Debian has it in a package of its own. */
export function hasWriter(): boolean {
  const program = hasLibreOffice() ? onPath('soffice') : null
  if (program === null) return false
  const folder = dirname(realpathSync(program))
  if (existsSync(join(folder, 'libswlo.so')) || process.platform !== 'linux') return true
  process.stderr.write('LibreOffice Writer is not installed: what Word would show is passed over\n')
  return false
}

/** Opens documents of Word in LibreOffice, all in one go, and gives what it makes of each, in their order. */
export function openedInWriter(files: readonly Uint8Array[], as: 'pdf' | 'txt'): Promise<Uint8Array[]> {
  return inFolder(async (folder) => {
    const paths = files.map((_, i) => join(folder, `${i}.docx`))
    await Promise.all(files.map((bytes, i) => writeFile(paths[i] as string, bytes)))
    await convert(folder, as === 'pdf' ? 'pdf' : 'txt:Text (encoded):UTF8', paths)
    return Promise.all(files.map(async (_, i) => new Uint8Array(await readFile(join(folder, 'out', `${i}.${as}`)))))
  })
}

/**
 * Opens a workbook in LibreOffice, which calculates every formula anew, saves it, and gives the values it came to, by
 * sheet. It runs in the time zone of this process.
 */
export function recalculate(bytes: Uint8Array): Promise<Map<string, string[][]>> {
  return inFolder(async (folder) => {
    await writeFile(join(folder, 'in.xlsx'), bytes)
    await convert(folder, 'xlsx:Calc MS Excel 2007 XML', [join(folder, 'in.xlsx')])
    const { sheets } = await readTable(new Uint8Array(await readFile(join(folder, 'out', 'in.xlsx'))), 'in.xlsx')
    return new Map(sheets.map(({ name, rows }) => [name, rows]))
  })
}

/** In a folder with a profile of its own, so that tests may run side by side. */
async function inFolder<T>(work: (folder: string) => Promise<T>): Promise<T> {
  const folder = await mkdtemp(join(tmpdir(), 'yewutai-office-'))
  try {
    await mkdir(join(folder, 'profile', 'user'), { recursive: true })
    await writeFile(join(folder, 'profile', 'user', 'registrymodifications.xcu'), SETTINGS)
    return await work(folder)
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

async function convert(folder: string, to: string, paths: readonly string[]): Promise<void> {
  const profile = `-env:UserInstallation=${pathToFileURL(join(folder, 'profile')).href}`
  const args = [profile, '--headless', '--norestore', '--convert-to', to, '--outdir', join(folder, 'out'), ...paths]
  await run('soffice', args, { timeout: 120_000 })
}
