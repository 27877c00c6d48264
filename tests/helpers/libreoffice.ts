import { execFile, execFileSync } from 'node:child_process'
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { promisify } from 'node:util'
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

/**
 * Opens a workbook in LibreOffice, which calculates every formula anew, saves it, and gives the values it came to, by
 * sheet. Each call has a profile of its own, so that tests may run side by side.
 */
export async function recalculate(bytes: Uint8Array): Promise<Map<string, string[][]>> {
  const folder = await mkdtemp(join(tmpdir(), 'yewutai-office-'))
  try {
    await writeFile(join(folder, 'in.xlsx'), bytes)
    await mkdir(join(folder, 'profile', 'user'), { recursive: true })
    await writeFile(join(folder, 'profile', 'user', 'registrymodifications.xcu'), SETTINGS)
    const args = [
      `-env:UserInstallation=${pathToFileURL(join(folder, 'profile')).href}`,
      '--headless',
      '--norestore',
      '--convert-to',
      'xlsx:Calc MS Excel 2007 XML',
      '--outdir',
      join(folder, 'out'),
      join(folder, 'in.xlsx'),
    ]
    await run('soffice', args, { timeout: 120_000 })
    const { sheets } = await readTable(new Uint8Array(await readFile(join(folder, 'out', 'in.xlsx'))), 'in.xlsx')
    return new Map(sheets.map(({ name, rows }) => [name, rows]))
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}
