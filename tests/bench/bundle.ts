import { build } from 'vite'

const ROOT = new URL('../../', import.meta.url).pathname

/**
 * The core of the bench and its threads as the package has them: bundled. From sources, every thread of Node would carry
 * a compiler of its own along, which no office has. Gives the address of the core's script.
 */
export async function bundledCore(): Promise<URL> {
  const packages = new URL('../../electron/loaded-packages.mjs', import.meta.url).href
  const { LOADED_PACKAGES } = (await import(packages)) as { LOADED_PACKAGES: string[] }
  await build({
    root: ROOT,
    configFile: false,
    logLevel: 'warn',
    publicDir: false,
    ssr: { noExternal: true, external: LOADED_PACKAGES },
    build: {
      ssr: true,
      outDir: '.cache/bench',
      emptyOutDir: true,
      target: 'node20.18',
      rolldownOptions: {
        external: LOADED_PACKAGES.flatMap((name) => [name, new RegExp(`^${name}/`)]),
        input: {
          'core-process': 'tests/bench/core-process.ts',
          'documents.worker': 'electron/workers/documents.worker.ts',
          'spreadsheets.worker': 'electron/workers/spreadsheets.worker.ts',
          'drawings.worker': 'electron/workers/drawings.worker.ts',
        },
        output: { format: 'es', entryFileNames: '[name].js', chunkFileNames: '[name]-[hash].js' },
      },
    },
  })
  return new URL('../../.cache/bench/core-process.js', import.meta.url)
}
