import type { Os } from '#core/rpc/implementer.ts'
import type { BackupsService } from './backups.service.ts'
import type { RecoveryService } from './recovery.service.ts'

/** Binds the entries of backups. */
export function backupsRouter(os: Os['backups'], backups: BackupsService, recovery: RecoveryService) {
  return {
    status: os.status.handler(() => backups.status()),
    list: os.list.handler(() => backups.list()),
    create: os.create.handler(({ context }) => backups.create(context.call)),
    verify: os.verify.handler(({ input, context }) => backups.verify(context.call, input)),
    restore: os.restore.handler(({ input, context }) => backups.restore(context.call, input)),
    setFolder: os.setFolder.handler(({ input, context }) => backups.setFolder(context.call, input)),
    recoveryList: os.recoveryList.handler(({ input }) => recovery.list(input)),
    recoveryRestore: os.recoveryRestore.handler(({ input, context }) => recovery.restore(context.call, input)),
    recoveryKeys: os.recoveryKeys.handler(({ input, context }) => recovery.keys(context.call, input)),
    recoveryAccept: os.recoveryAccept.handler(({ input, context }) => recovery.accept(context.call, input.secret)),
    recoverySalvage: os.recoverySalvage.handler(({ input, context }) => recovery.salvage(context.call, input.secret)),
    recoverySupportCopy: os.recoverySupportCopy.handler(() => recovery.supportCopy()),
    recoveryRetry: os.recoveryRetry.handler(() => recovery.retry()),
  }
}
