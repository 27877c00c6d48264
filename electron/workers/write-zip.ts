import PizZip from 'pizzip'

export interface ZipInput {
  readonly entries: readonly { readonly path: string; readonly bytes: Uint8Array }[]
}

/** One archive of these files, in their order; the names are UTF-8, so that Chinese ones stay what they are. */
export function writeZip({ entries }: ZipInput): Uint8Array {
  const zip = new PizZip()
  for (const { path, bytes } of entries) zip.file(path, bytes, { binary: true, createFolders: false })
  return zip.generate({ type: 'uint8array', compression: 'STORE', platform: 'DOS' })
}
