import type { Os } from '#core/rpc/implementer.ts'
import type { SessionService } from './session.service.ts'

/** Binds the entries of session. */
export function sessionRouter(os: Os['session'], service: SessionService) {
  return {
    status: os.status.handler(({ context }) => service.status(context)),
    logIn: os.logIn.handler(({ input, context }) => service.logIn(context, input)),
    resume: os.resume.handler(({ input, context }) => service.resume(context, input.token)),
    lock: os.lock.handler(({ context }) => service.end(context, 'lock')),
    logOut: os.logOut.handler(({ context }) => service.end(context, 'logOut')),
    touch: os.touch.handler(({ context }) => service.touch(context)),
    changePassword: os.changePassword.handler(({ input, context }) => service.changePassword(context, input)),
    redeemCode: os.redeemCode.handler(({ input, context }) => service.redeemCode(context, input)),
    recover: os.recover.handler(({ input, context }) => service.recover(context, input)),
    stepUp: os.stepUp.handler(({ input, context }) => service.stepUp(context, input.password)),
    renewRecovery: os.renewRecovery.handler(({ context }) => service.renewRecovery(context)),
    deviceUnlock: os.deviceUnlock.handler(() => service.deviceUnlock()),
    setDeviceUnlock: os.setDeviceUnlock.handler(({ input, context }) => service.setDeviceUnlock(context, input.on)),
  }
}
