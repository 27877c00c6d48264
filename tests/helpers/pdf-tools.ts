import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** True where poppler's tools are installed; what needs them says so when it is passed over. */
export function hasPoppler(): boolean {
  try {
    execFileSync('pdftotext', ['-v'], { stdio: 'ignore' })
    return true
  } catch {
    process.stderr.write('pdftotext is not installed: the check by a second reader is passed over\n')
    return false
  }
}

/** Runs one of poppler's tools on a PDF; `%` stands for its path. */
export function poppler(
  tool: 'pdftotext' | 'pdffonts' | 'pdfinfo',
  bytes: Uint8Array,
  args: readonly string[],
): string {
  const folder = mkdtempSync(join(tmpdir(), 'yewutai-pdf-'))
  try {
    const path = join(folder, 'a.pdf')
    writeFileSync(path, bytes)
    return execFileSync(
      tool,
      args.map((arg) => (arg === '%' ? path : arg)),
      { encoding: 'utf8', maxBuffer: 1e8 },
    )
  } finally {
    rmSync(folder, { recursive: true })
  }
}
