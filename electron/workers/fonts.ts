import { existsSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'

const REGULAR = 'NotoSansSC_400Regular.ttf'
const BOLD = 'NotoSansSC_700Bold.ttf'

/** Where the two weights lie: beside the resources in a package, in the font's npm package otherwise. */
export function fontFiles(resourcesDir: string): { regular: string; bold: string } {
  const packaged = join(resourcesDir, 'fonts', REGULAR)
  if (existsSync(packaged)) return { regular: packaged, bold: join(resourcesDir, 'fonts', BOLD) }
  const { resolve } = createRequire(import.meta.url)
  return {
    regular: resolve(`@expo-google-fonts/noto-sans-sc/400Regular/${REGULAR}`),
    bold: resolve(`@expo-google-fonts/noto-sans-sc/700Bold/${BOLD}`),
  }
}
