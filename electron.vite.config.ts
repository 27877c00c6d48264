import { fileURLToPath } from 'node:url'
import react from '@vitejs/plugin-react'
import { defineConfig } from 'electron-vite'
import { LOADED_PACKAGES } from './electron/loaded-packages.mjs'

/** The oldest runtime that the program must run in. */
const NODE = 'node20.18'
const CHROME = 'chrome130'

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url))

/**
 * The program's own addresses are deep (`/contracts/…`), and a reload at one of them must find the scripts: they stand
 * at the root. electron-vite makes a production base relative, whatever the config says, so it is put right after it.
 */
const rootBase = { name: 'root-base', enforce: 'post' as const, config: () => ({ base: '/' }) }

export default defineConfig({
  main: {
    build: {
      externalizeDeps: false,
      target: NODE,
      sourcemap: false,
      rolldownOptions: {
        external: LOADED_PACKAGES.flatMap((name) => [name, new RegExp(`^${name}/`)]),
        input: {
          main: 'electron/main/main.ts',
          'web-server': 'electron/core/hosts/web-server.ts',
          'documents.worker': 'electron/workers/documents.worker.ts',
          'spreadsheets.worker': 'electron/workers/spreadsheets.worker.ts',
          'drawings.worker': 'electron/workers/drawings.worker.ts',
        },
        output: { format: 'es', entryFileNames: '[name].js', chunkFileNames: 'chunks/[name]-[hash].js' },
      },
    },
  },
  preload: {
    build: {
      externalizeDeps: false,
      target: NODE,
      sourcemap: false,
      rolldownOptions: {
        input: { preload: 'electron/preload/preload.ts' },
        // A sandboxed preload is CommonJS and one file.
        output: { format: 'cjs', entryFileNames: '[name].cjs' },
      },
    },
  },
  renderer: {
    root: here('renderer'),
    publicDir: false,
    plugins: [react(), rootBase],
    server: { host: '127.0.0.1', strictPort: true, port: 5173, hmr: { protocol: 'ws', host: '127.0.0.1', port: 5173 } },
    build: {
      target: CHROME,
      minify: true,
      sourcemap: false,
      // A data: font or script would need a wider content security policy.
      assetsInlineLimit: 0,
      modulePreload: { polyfill: false },
      chunkSizeWarningLimit: 4000,
      rolldownOptions: { input: here('renderer/index.html') },
    },
  },
})
