import type { Os } from '#core/rpc/implementer.ts'
import type { createHomeService } from './home.service.ts'

/** Binds the entries of home. */
export function homeRouter(os: Os['home'], service: ReturnType<typeof createHomeService>) {
  return { overview: os.overview.handler(({ context }) => service.overview(context.call)) }
}
