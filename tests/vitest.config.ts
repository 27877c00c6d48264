import { defineConfig } from 'vitest/config'

/** One project per layer, so that each level runs alone: `npx vitest run -c tests/vitest.config.ts --project rules`. */
const layer = (name: string, timeout = 20_000) => ({
  extends: true as const,
  test: { name, include: [`tests/${name}/**/*.test.{ts,tsx}`], testTimeout: timeout, hookTimeout: 60_000 },
})

export default defineConfig({
  root: new URL('..', import.meta.url).pathname,
  test: {
    environment: 'node',
    pool: 'forks',
    maxWorkers: 2,
    projects: [
      layer('rules'),
      layer('core'),
      layer('transport'),
      layer('migrations', 60_000),
      layer('documents', 60_000),
      layer('faults', 300_000),
      {
        extends: true as const,
        test: {
          name: 'renderer',
          include: ['tests/renderer/**/*.test.{ts,tsx}'],
          environment: 'jsdom',
          setupFiles: ['tests/renderer/setup.ts'],
          testTimeout: 20_000,
        },
      },
    ],
  },
})
