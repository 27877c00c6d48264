import { defineConfig } from 'vitest/config'

/**
 * One project per layer, so that each level runs alone: `npx vitest run -c tests/vitest.config.ts --project rules`.
 * A minute for each test: none is judged by how busy the machine is.
 */
const layer = (name: string, timeout = 60_000) => ({
  extends: true as const,
  test: { name, include: [`tests/${name}/**/*.test.{ts,tsx}`], testTimeout: timeout, hookTimeout: 120_000 },
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
      layer('migrations'),
      layer('documents'),
      layer('faults', 300_000),
      {
        extends: true as const,
        test: {
          name: 'renderer',
          include: ['tests/renderer/**/*.test.{ts,tsx}'],
          environment: 'jsdom',
          setupFiles: ['tests/renderer/setup.ts'],
          testTimeout: 60_000,
        },
      },
    ],
  },
})
