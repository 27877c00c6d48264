import yauzl from 'yauzl'

/** The files of a zip in their order. */
export async function unzipFiles(bytes: Uint8Array): Promise<Map<string, Buffer>> {
  const parts = new Map<string, Buffer>()
  const zip = await yauzl.fromBufferPromise(Buffer.from(bytes), { lazyEntries: true })
  for await (const entry of zip.eachEntry()) {
    const chunks: Buffer[] = []
    for await (const chunk of await zip.openReadStreamPromise(entry)) chunks.push(chunk as Buffer)
    parts.set(entry.fileName, Buffer.concat(chunks))
  }
  return parts
}

/** The parts of a zip as texts. */
export async function unzip(bytes: Uint8Array): Promise<Map<string, string>> {
  return new Map([...(await unzipFiles(bytes))].map(([name, content]) => [name, content.toString('utf8')]))
}
