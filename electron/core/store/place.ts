const SYNC_ROOTS = [
  'onedrive',
  'icloud',
  'com~apple~clouddocs',
  'dropbox',
  'google drive',
  'googledrive',
  'nutstore',
  'baidunetdisk',
  'baidusyncdisk',
  '\u575A\u679C\u4E91',
  '\u767E\u5EA6\u7F51\u76D8',
]

/**
 * Whether the live data file may lie here. A folder that something else synchronises, or one on the network, ends in
 * a torn file sooner or later; backups may lie there.
 */
export function isUnsafePlace(path: string): boolean {
  const plain = path.normalize('NFC').toLowerCase().replaceAll('\\', '/')
  if (plain.startsWith('//')) return true
  return plain.split('/').some((part) => SYNC_ROOTS.some((root) => part === root || part.startsWith(`${root} -`)))
}
