import { realpathSync, statfsSync } from 'node:fs'
import { dirname, join, relative } from 'node:path'

const SYNC_ROOTS = [
  'onedrive',
  'icloud',
  'icloud drive',
  'iclouddrive',
  'com~apple~clouddocs',
  'mobile documents',
  'cloudstorage',
  'dropbox',
  'google drive',
  'googledrive',
  'my drive',
  'nutstore',
  'nutstore files',
  'baidunetdisk',
  'baidusyncdisk',
  'wpsdrive',
  'weiyun',
  '\u575A\u679C\u4E91',
  '\u767E\u5EA6\u7F51\u76D8',
  '\u6211\u7684\u575A\u679C\u4E91',
]

/** Linux magic numbers of NFS, SMB and CIFS; FUSE is left out, since containers stand on it. */
const NETWORK_TYPES = new Set([0x6969, 0x517b, 0xff534d42, 0xfe534d42])

/**
 * Whether the live data file may not lie here. A folder that something else synchronises, or one on the network, ends
 * in a torn file sooner or later; backups may lie there. `fsType` is the type number of Linux, where it is known.
 */
export function isUnsafePlace(path: string, fsType: number | null = null): boolean {
  const plain = path.normalize('NFC').toLowerCase().replaceAll('\\', '/')
  if (plain.startsWith('//')) return true
  if (fsType !== null && NETWORK_TYPES.has(fsType)) return true
  return plain.split('/').some((part) => SYNC_ROOTS.some((root) => part === root || part.startsWith(`${root} -`)))
}

/**
 * `isUnsafePlace` of a folder that may not exist yet, as it is named and as the disk has it: a link, a junction or a
 * mapped drive letter names a plain folder that lies with a synchroniser or on a server.
 */
export function isUnsafeFolder(path: string): boolean {
  const real = realPlace(path)
  return isUnsafePlace(path) || isUnsafePlace(real, fileSystemType(real))
}

/**
 * A path with every link in it followed, from its nearest folder that exists on. On Windows this also turns a mapped
 * or substituted drive letter into what stands behind it.
 */
export function realPlace(path: string): string {
  for (let at = path; ; at = dirname(at)) {
    try {
      return join(realpathSync.native(at), relative(at, path))
    } catch {
      if (at === dirname(at)) return path
    }
  }
}

/** The type number of the file system that holds a path, or its nearest folder that exists; null off Linux. */
export function fileSystemType(path: string): number | null {
  if (process.platform !== 'linux') return null
  for (let at = path; ; at = dirname(at)) {
    try {
      return statfsSync(at).type
    } catch {
      if (at === dirname(at)) return null
    }
  }
}
