import { safeStorage } from 'electron'
import type { DeviceKeychain } from '#core/kernel/deps.ts'

/**
 * The system's keychain as an extra slot for the data key. Absent where the system has none, or where it only scrambles
 * with a fixed word (`basic_text` on Linux): that would look like protection and be none.
 */
export function deviceKeychain(): DeviceKeychain | undefined {
  if (!safeStorage.isEncryptionAvailable()) return undefined
  if (process.platform === 'linux') {
    const backend = safeStorage.getSelectedStorageBackend()
    if (backend === 'basic_text' || backend === 'unknown') return undefined
  }
  return {
    seal: async (bytes) => new Uint8Array(safeStorage.encryptString(Buffer.from(bytes).toString('base64'))),
    unseal: async (bytes) => new Uint8Array(Buffer.from(safeStorage.decryptString(Buffer.from(bytes)), 'base64')),
  }
}
