import { refuse } from '#shared/kernel/app-error.ts'
import type { CoreDeps } from '#core/kernel/deps.ts'
import { newId } from '#core/kernel/ids.ts'
import type { CoreClient } from '#core/rpc/client-type.ts'
import type { Connection, HandlerContext } from '#core/rpc/context.ts'
import type { LiveSessions } from '#core/modules/session/session.api.ts'
import { fillSampleFirm, SAMPLE_SEED, SAMPLE_STEPS } from './sample-firm.ts'

const WEIGHTS: Readonly<Record<(typeof SAMPLE_STEPS)[number], number>> = {
  people: 2,
  customers: 1,
  contracts: 3,
  receipts: 3,
  visits: 1,
}

/** Fills a firm that was just made with sample records; works at a seat of its own, so that a lock does not stop it. */
export function createSampleJob(
  deps: CoreDeps,
  registry: LiveSessions,
  clientFor: (connection: Connection) => CoreClient,
) {
  return async (context: HandlerContext): Promise<string> => {
    const userId = context.connection.token === null ? null : registry.userOf(context.connection.token)
    if (userId === null) throw refuse('UNAUTHENTICATED')
    const { jobId } = deps.jobs.start(
      { ...context.call, actor: { ...context.call.actor, userId } },
      {
        kind: 'office.sample',
        steps: SAMPLE_STEPS.map((step) => ({ key: sampleStepKey(step), weight: WEIGHTS[step] })),
        async run(job) {
          const token = registry.start(userId, null)
          const client = clientFor({ id: newId(), host: 'local', device: 'sample', token, locale: context.call.locale })
          try {
            await fillSampleFirm(client, {
              resourcesDir: deps.config.resourcesDir,
              today: deps.clock.today(),
              seed: SAMPLE_SEED,
              store: deps.store,
              signal: job.signal,
              onProgress: (step, done, total) => job.step(`office:sample.${step}`, done, total),
            })
          } finally {
            registry.end(token)
          }
          return null
        },
      },
    )
    return jobId
  }
}

/** The words of a step, for the job tray. */
function sampleStepKey(step: (typeof SAMPLE_STEPS)[number]): string {
  return `office:sample.${step}`
}
