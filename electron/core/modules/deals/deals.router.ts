import type { Os } from '#core/rpc/implementer.ts'
import type { createDealFigures } from './deals.figures.ts'
import type { createDealMoves } from './deals.moves.ts'
import type { createDealsService } from './deals.service.ts'

/** Binds the entries of deals. */
export function dealsRouter(
  os: Os['deals'],
  service: ReturnType<typeof createDealsService>,
  moves: ReturnType<typeof createDealMoves>,
  figures: ReturnType<typeof createDealFigures>,
) {
  return {
    list: os.list.handler(({ input, context }) => service.list(context.call, input)),
    summary: os.summary.handler(({ input, context }) => service.summary(context.call, input)),
    board: os.board.handler(({ input, context }) => service.board(context.call, input)),
    get: os.get.handler(({ input, context }) => service.get(context.call, input.id)),
    create: os.create.handler(({ input, context }) => service.create(context.call, input)),
    update: os.update.handler(({ input, context }) => service.update(context.call, input)),
    move: os.move.handler(({ input, context }) => moves.move(context.call, input)),
    win: os.win.handler(({ input, context }) => moves.win(context.call, input)),
    lose: os.lose.handler(({ input, context }) => moves.lose(context.call, input)),
    reopen: os.reopen.handler(({ input, context }) => moves.reopen(context.call, input)),
    remove: os.remove.handler(({ input, context }) => service.remove(context.call, input)),
    forecast: os.forecast.handler(({ input, context }) => figures.forecast(context.call, input)),
    forecastRows: os.forecastRows.handler(({ input, context }) => figures.forecastRows(context.call, input)),
    movement: os.movement.handler(({ input, context }) => figures.movement(context.call, input)),
    movementRows: os.movementRows.handler(({ input, context }) => figures.movementRows(context.call, input)),
    losses: os.losses.handler(({ input, context }) => figures.losses(context.call, input)),
    exportRows: os.exportRows.handler(({ input, context }) => service.exportRows(context.call, input)),
    policy: {
      read: os.policy.read.handler(() => service.policy()),
      save: os.policy.save.handler(({ input, context }) => service.savePolicy(context.call, input)),
    },
  }
}
