import type { ChangeEvent } from '#shared/modules/changes/changes.contract.ts'
import { Subscribers } from './subscribers.ts'

/** What was changed, told to every window and seat once it is safe on disk. */
export class ChangeFeed extends Subscribers<ChangeEvent> {}
